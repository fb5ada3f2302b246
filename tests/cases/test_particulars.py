"""What stands beside the story: each part when there is something, none when there is not; few queries."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from cases.actions import publish_case, save_case, translate_case
from cases.models import CasePage, CatalogueEntry
from cases.models.particulars import translation_words
from coalition.core import references
from coalition.core.references import Reference
from members.models import User
from tests.cases.conftest import NOW, Make, World

FULL: dict[str, Any] = {
    "priorities": ["economy", "inclusion"],
    "layer": "data",
    "instruments": ["hackathon"],
    "responsibility": "have_done",
    "scope": "district",
    "cost_band": "under_10k",
    "person_days": 40,
    "connectivity": "voice_sms",
    "licences": "AGPL-3.0",
    "ongoing": True,
    "redo": "Trois étapes.",
    "included": "Un guichet.",
    "partners": [{"name": "Union des femmes", "role": "relais", "side": "use", "url": "https://example.org/"}],
    "evidence": [
        {
            "kind": "link", "title": "Le rapport", "url": "https://example.org/r",
            "archive_url": "https://archive.example.org/r", "archived_on": date(2026, 1, 2),
        }
    ],
    "indicators": [{"label": "Attente", "unit": "min", "baseline": Decimal(112), "value": Decimal(65)}],
    "updates": [
        {"happened_on": date(2026, 5, 1), "text": "Un quartier de plus."},
        {"happened_on": date(2026, 7, 1), "text": "Toute la ville."},
    ],
}  # fmt: skip
HEADINGS = ("Repères", "En images", "Depuis", "Ce que l’on a mesuré", "Comment le refaire")


@pytest.fixture
def articles() -> Any:
    """A charter that names one article."""
    known = [Reference("partage", "2. Partager", "/fr/charte/#partage")]

    class Source:
        def offered(self) -> list[Reference]:
            return known

        def resolve(self, keys: Any) -> list[Reference]:
            return [each for each in known if each.key in set(keys)]

    before = list(references._sources)
    references._sources[:] = [Source()]
    yield
    references._sources[:] = before


def test_everything_told_is_shown(client: Client, published: Make, articles: None) -> None:
    text = client.get(published("Complet", principles=["partage", "disparu"], **FULL).url).content.decode()
    for words in (
        "Développer l’économie", "Données et cartes", "Hackathon", "Faire faire", "Quartier", "Moins de 10",
        "40 jours", "Voix et SMS", "AGPL-3.0", "toujours en cours", "Trois étapes.", "Un guichet.",
        "Union des femmes", "Le rapport", "copie archivée", "2. Partager", "Toute la ville.",
    ):  # fmt: skip
        assert words in text, words
    assert text.index("Toute la ville.") < text.index("Un quartier de plus.")
    assert "disparu" not in text
    assert "/fr/cas/lexique-des-champs/#layer-data" in text


def test_what_is_not_told_is_left_out(client: Client, published: Make) -> None:
    text = client.get(published("Presque vide").url).content.decode()
    for heading in HEADINGS:
        assert heading not in text


def test_a_full_page_costs_no_more_than_ten_queries(
    client: Client, published: Make, articles: None, django_assert_max_num_queries: Any
) -> None:
    page = published("Complet", principles=["partage"], **FULL)
    client.get(page.url)
    with django_assert_max_num_queries(10):
        client.get(page.url)


def test_the_api_and_the_catalogue_say_the_same(client: Client, published: Make) -> None:
    page = published("Complet", failed="Le dimanche.", **FULL)
    body = client.get(f"/api/v1/cases/{page.number}/").json()
    assert (body["priorities"], body["cost_band"], body["person_days"]) == (["economy", "inclusion"], "under_10k", 40)
    assert (body["has_indicators"], body["is_failed_or_stopped"], body["languages"]) == (True, True, ["fr"])
    assert body["parts"]["indicators"][0]["value"] == "65"
    assert body["parts"]["partners"][0]["name"] == "Union des femmes"
    entry = CatalogueEntry.objects.get()
    assert (entry.scope, entry.layer, entry.organisation_kind, entry.reproductions) == (
        "district", "data", "authority", 0
    )  # fmt: skip
    table = client.get("/fr/cas/cas.csv").getvalue().decode()
    assert "economy inclusion" in table


def test_a_translation_says_where_it_comes_from_and_when_it_is_behind(
    client: Client, world: World, published: Make
) -> None:
    page = published("Un tour")
    copy = translate_case(actor=None, page=page, language="en", now=NOW)
    copy = publish_case(actor=None, page=copy, now=NOW + timedelta(days=1), announce=False)
    entries = list(CatalogueEntry.objects.all())
    assert {entry.language: entry.languages for entry in entries} == {"fr": ["en", "fr"], "en": ["en", "fr"]}
    assert translation_words(copy, entries).endswith("à jour.")
    saved = save_case(actor=None, page=page, content={"title": "Deux tours"}, based_on=page.latest_revision_id, now=NOW)
    publish_case(actor=None, page=saved, now=NOW + timedelta(days=2), announce=False)
    assert translation_words(copy, list(CatalogueEntry.objects.all())).endswith("qui a changé depuis.")
    assert translation_words(page, entries) == ""


def test_organisers_edit_every_word_in_wagtails_editor(
    world: World, published: Make, signed_in: Callable[[User], Client]
) -> None:
    page = published("Dans l’administration", **FULL)
    world.organiser.is_superuser = world.organiser.is_staff = True
    world.organiser.save()
    answer = signed_in(world.organiser).get(f"/admin/pages/{page.pk}/edit/")
    text = answer.content.decode()
    assert answer.status_code == 200
    for name in ("priorities", "layer", "redo", "partners-0-name", "indicators-0-value", "evidence-0-url"):
        assert f'name="{name}"' in text, name
    assert CasePage.objects.get(pk=page.pk).title == "Dans l’administration"
