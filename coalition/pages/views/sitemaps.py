"""Public objects for crawlers, beside the pages of the site."""

from datetime import datetime
from typing import Any

from wagtail.contrib.sitemaps.sitemap_generator import Sitemap as PagesSitemap

from coalition.challenges.views.sitemap import ChallengeSitemap
from coalition.core.sitemaps import PublicSitemap
from coalition.pages.models import Event


class EventSitemap(PublicSitemap):
    """Every public event."""

    def items(self) -> Any:
        """Those anybody may read, the latest first."""
        return Event.objects.public().order_by("-starts_at", "-pk")

    def lastmod(self, event: Any) -> datetime:
        """When what it says last changed."""
        moment: datetime = event.changed_at
        return moment


SITEMAPS: dict[str, Any] = {"wagtail": PagesSitemap, "events": EventSitemap, "challenges": ChallengeSitemap}
