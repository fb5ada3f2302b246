"""Cases like another one: what they share, and what is never proposed."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.actions import translate_case
from cases.actions.projection import withdraw_case
from cases.models import CasePage, CatalogueEntry
from cases.querysets import similar
from cases.querysets.similar import Rarity, marks_of, similar_cases, words_that_mark
from tests.cases.conftest import NOW, Make, World


def like(page: CasePage, language: str = "fr") -> list[str]:
    caches["parts"].clear()
    entries = CatalogueEntry.objects.all()
    return [entry.title for entry in similar_cases(entries, entries.get(page_id=page.pk), language)]


@pytest.fixture
def town(published: Make) -> CasePage:
    """A case about noise, beside one like it and many that are not."""
    page = published("Des capteurs de bruit", summary="Mesurer le vacarme nocturne.", domain="planning", city="Lomé")
    published("Le bruit mesuré par des capteurs", summary="Vacarme et sommeil.", domain="planning", city="Nantes")
    for number, words in enumerate(("Cantine bio", "Bail solidaire", "Archives ouvertes", "Guichet unique", "Potager")):
        published(f"{words} {number}", summary=f"{words} pour tous.", city=f"Ville {number}", domain="economy")
    return page


def test_cases_that_share_words_and_domain_are_alike(town: CasePage) -> None:
    assert like(town) == ["Le bruit mesuré par des capteurs"]


def test_the_sheet_shows_them_as_cards_with_a_link(client: Client, town: CasePage) -> None:
    text = client.get(town.url).content.decode()
    assert "Des cas proches" in text
    assert "Le bruit mesuré par des capteurs" in text[text.index("Des cas proches") :]
    other = CasePage.objects.get(title__startswith="Potager")
    assert "Des cas proches" not in client.get(other.url).content.decode()


def test_more_shared_marks_come_first_and_four_at_most_are_shown(published: Make) -> None:
    page = published("Capteurs de bruit", summary="Nuit blanche.", instruments=["hackathon"], city="Lomé")
    for rank in range(4):
        published(f"Bruit {rank}", summary="Rien.", instruments=["hackathon"], city="Nantes")
    published("Capteurs de bruit ailleurs", summary="Nuit.", instruments=["hackathon"], city="Lomé")
    for rank in range(12):
        published(f"Sujet{'abcdefgh'[rank % 8]}{'abcdefgh'[rank // 8]}", summary="Vide.", domain="economy", city="")
    found = like(page)
    assert found[0] == "Capteurs de bruit ailleurs"
    assert len(found) == 4


def test_neither_a_draft_nor_a_withdrawn_case_nor_a_translation_is_proposed(
    world: World, town: CasePage, draft: Make
) -> None:
    draft("Capteurs de bruit en brouillon", summary="Vacarme nocturne.", domain="planning", city="Lomé")
    english = translate_case(actor=None, page=town, language="en", now=NOW)
    english.latest_revision.publish()
    assert like(town) == ["Le bruit mesuré par des capteurs"]
    withdraw_case(page=CasePage.objects.get(title="Le bruit mesuré par des capteurs"))
    assert like(town) == []


def test_a_case_written_in_two_languages_is_proposed_once_in_the_readers(world: World, town: CasePage) -> None:
    other = CasePage.objects.get(title="Le bruit mesuré par des capteurs")
    english = translate_case(actor=None, page=other, language="en", now=NOW)
    english.latest_revision.publish()
    assert like(town) == ["Le bruit mesuré par des capteurs"]
    assert len(like(town, "en")) <= 1


def test_it_costs_the_same_queries_among_few_and_many(client: Client, town: CasePage, published: Make) -> None:
    def cost() -> int:
        caches["parts"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(town.url).status_code == 200
        return len(queries)

    cost()
    few = cost()
    for rank in range(15):
        published(f"Encore du bruit et des capteurs {rank}", summary="Vacarme.", domain="planning", city="Lomé")
    assert cost() == few <= 10


def test_the_words_of_the_title_mark_first_and_empty_words_never() -> None:
    words = words_that_mark(
        title="Des capteurs pour la ville", summary="Capteurs 2024", body="bruit bruit bruit bruit air"
    )
    assert words == ["capteur", "bruit", "ville"]
    assert len(words_that_mark(title="", summary="", body=" ".join("mot" + chr(97 + n) * 3 for n in range(26)))) == 16
    assert marks_of(words=["bruit"], vocabulary={"instruments": ["a", ""], "domain": ["b"]}, city="Lomé") == [
        "bruit", "instruments:a", "domain:b", "city:lome",
    ]  # fmt: skip
    assert marks_of(words=[], vocabulary={}, city="") == []


def test_the_marks_looked_for_lead_to_few_rows_whatever_the_catalogue() -> None:
    counts: dict[str, Any] = {"commun": 900, "rare": 2, "moyen": 30, "autre": 40}
    rarity = Rarity(1_000, counts)
    assert rarity.leads(["commun", "autre", "rare", "moyen", "seul"]) == ["seul", "rare", "moyen"]
    assert rarity.leads(["commun"]) == ["commun"]
    assert rarity.weight("commun") < rarity.weight("moyen") < rarity.weight("seul")


def test_a_case_without_marks_has_no_like(world: World) -> None:
    assert similar_cases(CatalogueEntry.objects.all(), CatalogueEntry(marks=[]), "fr") == []
    assert similar.SHOWN == 4
