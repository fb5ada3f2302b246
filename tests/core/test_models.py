"""Shared tables."""

import pytest
from django.test import RequestFactory
from wagtail.models import Locale, Page, Site

from coalition.core.models import AuditLine, OneTimeToken, Picture
from coalition.pages.models import HomePage, StandardPage


@pytest.mark.django_db
def test_a_page_tells_the_language_switch_where_its_published_translations_are() -> None:
    root = Page.objects.get(depth=1)
    french, english = (Locale.objects.get_or_create(language_code=code)[0] for code in ("fr", "en"))
    home = root.add_child(instance=HomePage(title="Accueil", slug="accueil", headline="Un", lede="Un.", locale=french))
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home, "hostname": "localhost"})
    home.copy_for_translation(english)
    page = home.add_child(instance=StandardPage(title="Mentions", slug="mentions", body="Texte.", locale=french))
    page.copy_for_translation(english)
    page.get_translations().update(live=False)
    request = RequestFactory().get("/fr/mentions/")
    page.get_context(request)
    assert list(request.translated_urls) == ["fr"]  # type: ignore[attr-defined]
    page.get_translations().update(live=True)
    page.get_context(request)
    assert request.translated_urls["en"].startswith("/en/mentions")  # type: ignore[attr-defined]


def test_lines_and_tokens_name_themselves_without_telling_a_secret() -> None:
    assert str(AuditLine(action="case.publish", label="Un cas")) == "case.publish Un cas"
    assert str(OneTimeToken(pk=3, purpose="mail", digest="abc", address="ana@ville.example")) == "mail 3"


def test_a_picture_asks_for_its_credit_and_its_alternative() -> None:
    assert {"credit", "alternative"} <= set(Picture.admin_form_fields)
