"""Pages that bring several apps together; those of events have modules of their own."""

from coalition.pages.views.site import (
    changes_feed,
    coalition,
    coalition_by_number,
    delivery_health,
    desk,
    health,
    journal,
    privacy,
    robots,
)
from coalition.pages.views.sitemaps import SITEMAPS

__all__ = [
    "SITEMAPS",
    "changes_feed",
    "coalition",
    "coalition_by_number",
    "delivery_health",
    "desk",
    "health",
    "journal",
    "privacy",
    "robots",
]
