from typing import Any

from coalition.pages.models import HomePage, StandardPage
from tests.world import World


def test_the_front_page_of_each_language_stands_at_its_root(on_paper: World) -> None:
    assert HomePage.objects.first().translated_urls() == {"fr": "/fr/", "en": "/en/"}


def test_a_page_of_text_shows_its_markdown_and_its_crumbs(on_paper: World, client: Any) -> None:
    page = StandardPage.objects.get(slug="mentions-legales")
    response = client.get("/fr/mentions-legales/")
    assert response.context["crumbs"][-1]["label"] == page.title
    assert "<h2>" in response.content.decode()
    assert page.translated_urls() == {"fr": "/fr/mentions-legales/", "en": "/en/legal-notice/"}
