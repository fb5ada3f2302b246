"""Public challenges in the map of the site; the site gives them with its other pages."""

from datetime import datetime
from typing import Any

from coalition.challenges.models import Challenge
from coalition.core.sitemaps import PublicSitemap


class ChallengeSitemap(PublicSitemap):
    """Each public challenge."""

    def items(self) -> Any:
        return Challenge.objects.public().order_by("pk").only("slug", "updated_at")

    def lastmod(self, item: Any) -> datetime:
        moment: datetime = item.updated_at
        return moment
