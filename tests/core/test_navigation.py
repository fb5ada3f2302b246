"""The menu and the footer lead somewhere, in both languages."""

from typing import Any

import pytest
from django.core.cache import caches
from django.urls import Resolver404, resolve
from django.utils import translation
from wagtail.models import Locale, Page, PageViewRestriction

from coalition.core.navigation import footer_columns, main_menu


def below_home(title: str, slug: str, **more: object) -> Page:
    """A page right below a home page, in the menus."""
    locale = Locale.objects.get_or_create(language_code="fr")[0]
    home = Page.objects.filter(depth=2).first()
    assert home is not None
    page: Page = home.add_child(instance=Page(title=title, slug=slug, locale=locale, show_in_menus=True, **more))
    return page


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.django_db
def test_every_link_leads_to_an_address_of_the_site(language: str) -> None:
    with translation.override(language):
        links = [*main_menu(), *(link for column in footer_columns(None) for link in column["links"])]
        for link in links:
            try:
                resolve(link["url"])
            except Resolver404:
                pytest.fail(f"{link['label']} leads nowhere: {link['url']}")
        assert {link["url"].split("/")[1] for link in links} <= {language, "api"}


@pytest.mark.django_db
def test_the_footer_lists_public_pages_in_the_menu_and_no_other() -> None:
    below_home("Visible", "visible")
    below_home("Brouillon", "brouillon", live=False)
    kept = below_home("Réservée", "reservee")
    PageViewRestriction.objects.create(page=kept, restriction_type=PageViewRestriction.LOGIN)
    with translation.override("fr"):
        labels = [link["label"] for link in footer_columns(None)[-1]["links"]]
    assert "Visible" in labels
    assert not {"Brouillon", "Réservée"} & set(labels)


@pytest.mark.django_db
def test_the_footer_of_one_generation_is_read_once(settings: Any, django_assert_num_queries: Any) -> None:
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["pages"].clear()
    first = footer_columns("one_generation")
    with django_assert_num_queries(0):
        assert footer_columns("one_generation") == first
    caches["pages"].clear()
