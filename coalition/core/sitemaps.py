"""What every part of the map of the site shares: each object in both languages, under the site's own address."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap


class PublicSitemap(Sitemap):
    """Public objects of one kind; whoever declares one gives `items` and `lastmod`."""

    i18n = True
    alternates = True

    def get_domain(self, site: Any = None) -> str:
        """The site's own, whatever the request says."""
        return urlsplit(settings.BASE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        """The site's own, whatever the request says."""
        return urlsplit(settings.BASE_URL).scheme
