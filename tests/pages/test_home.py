from typing import Any

from cases.models import CatalogueEntry
from coalition.pages.querysets.home import home_context
from tests.world import World


def test_the_front_page_counts_what_the_public_may_see(on_paper: World) -> None:
    context = home_context()
    figures = {figure["label"]: figure["value"] for figure in context["facts"]}
    assert figures["Cas publiés"] == context["case_count"] == 2
    assert figures["Amendements ouverts"] == 7  # two of them hidden, which stay open
    assert figures["Charte"] == 2


def test_the_index_names_each_city_once_in_order(on_paper: World) -> None:
    index = home_context()["index"]
    assert [(city["name"], city["count"]) for city in index] == [("Rennes", 2)]
    assert index[0]["url"].endswith("?city=Rennes")


def test_the_front_page_leads_to_the_first_article(on_paper: World) -> None:
    moments = home_context()["moments"]
    assert [moment["minutes"] for moment in moments] == [2, 10, 30]
    assert moments[0]["url"].endswith("#ouverture") and "Article ouverture" in moments[0]["text"]


def test_the_front_page_counts_the_case_of_a_whole_country_too(on_paper: World) -> None:
    entry = CatalogueEntry.objects.earliest("pk")
    CatalogueEntry.objects.filter(pk=entry.pk).update(city="", folded_city="", geoname_id=None)
    context = home_context()
    [found] = [figure for figure in context["facts"] if figure["label"] == "Cas publiés"]
    assert (found["value"], found["note"]) == (2, "dans 1 ville")
    assert "1 cas dans 1 ville." in context["map_label"]


def test_the_front_page_reads_in_four_queries(on_paper: World, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        home_context()
