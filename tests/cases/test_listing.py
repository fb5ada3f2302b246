"""What the page of the list is given to draw."""

from django.test import RequestFactory
from django.utils.translation import override

from cases.models import CatalogueEntry
from cases.models.listing import list_context
from tests.cases.conftest import Make, World


def context(address: str) -> dict:
    return list_context(CatalogueEntry.objects.all(), RequestFactory().get(address))


def test_each_small_form_carries_what_the_others_asked(world: World) -> None:
    kept = context("/?q=a&stage=pilot&city=Rennes&sort=city")["kept"]
    names = {form: [pair["name"] for pair in pairs] for form, pairs in kept.items()}
    assert names == {
        "seek": ["stage", "city", "sort"],
        "facets": ["q", "city", "sort"],
        "sort": ["q", "stage", "city"],
    }


def test_relevance_is_offered_with_words_only(world: World) -> None:
    assert "relevance" not in [sort["value"] for sort in context("/")["sorts"]]
    assert [sort["value"] for sort in context("/?q=a")["sorts"] if sort["chosen"]] == ["relevance"]


def test_exports_and_tally_keep_the_question(published: Make) -> None:
    published(stage="idea")
    shown = context("/?q=tour")
    assert shown["exports"]["csv"].endswith("cas.csv?q=tour")
    assert shown["tally_rows"][0]["url"].endswith("?q=tour&stage=idea")
    assert shown["tally_rows"][1]["url"] == ""


def test_an_english_reader_is_told_which_cases_are_in_french(published: Make) -> None:
    published()
    with override("en"):
        row = context("/")["results"][0]
        assert (row.lang, row.url) == ("fr", f"/en/cases/{row.number}/") or row.url.startswith("/en/")
        assert len(row.meta) == 1
