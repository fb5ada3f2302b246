"""The map of the site names its own address."""

from pytest_django import Settings

from coalition.core.sitemaps import PublicSitemap


def test_the_address_is_that_of_the_site_whatever_the_request_says(settings: Settings) -> None:
    settings.BASE_URL = "https://coalition.example:8443"
    assert (PublicSitemap().get_protocol("http"), PublicSitemap().get_domain()) == ("https", "coalition.example:8443")
