"""The index and SQL give one answer; an answer costs the same for twelve cases and for two thousand."""

from collections import Counter
from itertools import cycle, islice
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Func
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings, strategies as st

from cases.enums import SQUARE, YES, Facet, Stage
from cases.models import CatalogueEntry
from cases.querysets.catalogue import COLUMNS
from cases.search import Selection, asking
from tests.cases.conftest import NOW, Make, World

CHOICES: dict[str, list[str]] = {
    Facet.STAGE: ["idea", "pilot", "stopped"],
    Facet.DOMAIN: ["services", "economy"],
    Facet.COUNTRY: ["FR", "TG", "BJ"],
    Facet.PRIORITY: ["inclusion", "data"],
    Facet.INSTRUMENT: ["tender", "prize"],
    Facet.ORGANISATION_KIND: ["ngo", "authority"],
    Facet.COST_BAND: ["low", "high"],
    Facet.READ_IN: ["fr", "en"],
    Facet.HAS_INDICATORS: [YES],
    Facet.FAILED_OR_STOPPED: [YES],
    SQUARE: ["C2", "C2ab", "D4", "outside", "unplaced"],
}


def some(name: str) -> Any:
    return st.lists(st.sampled_from(CHOICES[name]), unique=True, max_size=2)


selections = st.builds(
    lambda facets, q, city: Selection(q=q, facets=asking(**facets), city=city),
    facets=st.fixed_dictionaries({}, optional={name: some(name) for name in CHOICES}),
    q=st.sampled_from(["", "", "velo", "bus nuit", "zzz", "…"]),
    city=st.sampled_from(["", "", "Lomé"]),
)
rows = st.lists(
    st.fixed_dictionaries(
        {name: st.sampled_from([*CHOICES[name], CHOICES[name][0]]) for name in ("stage", "domain", "organisation_kind")}
        | {"country": st.sampled_from(["", *CHOICES["country"]]), "cost_band": st.sampled_from(["", "low", "high"])}
        | {"priorities": some("priority"), "instruments": some("instrument"), "languages": some("read_in")}
        | {"has_indicators": st.booleans(), "is_failed_or_stopped": st.booleans()}
        | {"cell": st.sampled_from(["", "outside", "C2aba", "C2bbb", "D4aaa"])}
        | {"city": st.sampled_from(["", "Lomé", "Évry"]), "shown_in": st.sampled_from([["fr"], ["fr", "en"], ["en"]])}
        | {"title": st.sampled_from(["Le vélo", "Le bus de nuit", "Autre chose"])}
    ),
    max_size=12,
)


def fill(drawn: list[dict[str, Any]], world: World) -> None:
    """Rows of the catalogue written without their pages, whose keys are checked when a transaction ends."""
    CatalogueEntry.objects.all().delete()
    CatalogueEntry.objects.bulk_create(
        CatalogueEntry(
            page_id=number, number=number, language="fr", translation_key=f"{number:032}", organisation_id=1,
            summary="",
            folded_title=values["title"].lower().replace("é", "e"), folded_summary="", folded_body="", kind="study",
            folded_city={"Lomé": "lome", "Évry": "evry"}.get(values["city"], ""), published_at=NOW, updated_at=NOW,
            checked_at=NOW,
            **values,
        )
        for number, values in enumerate(drawn, start=1)
    )  # fmt: skip


def by_sql(selection: Selection, name: str) -> Counter[str]:
    """What each value of a facet would give, counted by the database."""
    left = CatalogueEntry.objects.shown_in("fr").matching(selection, besides=name)
    if name in (Facet.HAS_INDICATORS, Facet.FAILED_OR_STOPPED):
        column = "has_indicators" if name == Facet.HAS_INDICATORS else "is_failed_or_stopped"
        return Counter(YES for _row in left.filter(**{column: True}))
    column, _sign, how = COLUMNS[name].partition("__")
    value = Func(F(column), function="unnest") if how == "overlap" else F(column)
    return Counter(str(each) for each in left.values_list(value, flat=True) if each)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=rows, selection=selections)
def test_every_figure_is_the_one_sql_would_count(
    world: World, drawn: list[dict[str, Any]], selection: Selection
) -> None:
    fill(drawn, world)
    answer = CatalogueEntry.objects.answer(selection, "fr")
    shown = CatalogueEntry.objects.shown_in("fr")
    counts = answer.counts()
    assert sorted(answer.ids) == sorted(shown.matching(selection).values_list("page_id", flat=True))
    assert counts.total == shown.count()
    for name in Facet:
        assert counts.facets[name] == by_sql(selection, name), name
    for name in (*Facet, SQUARE):
        wider = selection.without(name)
        assert answer.how_many(wider) == shown.matching(wider).count()
    assert [entry.pk for entry in answer.each()] == [entry.pk for entry in answer[:50]]
    CatalogueEntry.objects.all().delete()


@pytest.fixture
def many(world: World) -> Any:
    """Writes rows up to a number, of every kind."""

    def write(size: int) -> None:
        stages, countries = cycle(Stage.values), cycle(["FR", "TG", "US", ""])
        drawn = [
            {"stage": stage, "domain": "services", "organisation_kind": "ngo", "country": country, "cost_band": "low",
             "priorities": ["data"], "instruments": ["tender"], "languages": ["fr"], "has_indicators": number % 2 == 0,
             "is_failed_or_stopped": stage == "stopped", "cell": f"C{number % 8 + 1}ab", "x": 200.0 + number % 90,
             "y": 100.0 + number % 300, "square": "C2", "city": "Lomé", "shown_in": ["fr"], "title": f"Vélo {number}",
             "path": f"/fr/cas/{number}/"}
            for number, stage, country in zip(range(size), stages, countries, strict=False)
        ]  # fmt: skip
        fill(list(islice(drawn, size)), world)

    return write


QUESTIONS = (
    "/fr/cas/", "/fr/cas/?stage=pilot&country=US&has_indicators=1", "/fr/cas/?q=velo",
    "/fr/cas/?q=velo&page=2&country=TG",
    "/fr/cas/?sort=title&page=99", "/fr/cas/?square=C2", "/fr/cas/?q=zzz&stage=idea", "/api/v1/cases/?q=velo&limit=5",
    "/fr/cas/cas.csv?stage=pilot", "/fr/cas/cas.geojson", "/fr/cas/cas.atom",
)  # fmt: skip


def test_two_thousand_cases_cost_as_many_queries_as_twelve(client: Client, many: Any) -> None:
    costs = []
    for size in (12, 2_000):
        many(size)
        costs.append({address: cost(client, address) for address in QUESTIONS})
    CatalogueEntry.objects.all().delete()
    assert costs[0] == costs[1]
    assert max(costs[1].values()) <= 10


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).getvalue()
    return len(queries)


def test_the_best_candidates_come_first_and_no_page_repeats_another(
    world: World, published: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.querysets.answers.RANKED", 3)
    for number in range(5):
        published(f"Autre {number}", context="On y parle de vélo.")
    published("Le vélo", summary="Rien.")
    answer = CatalogueEntry.objects.answer(Selection(q="vélo"), "fr")
    whole = [entry.title for entry in answer[:20]]
    assert whole[0] == "Le vélo" and len(set(whole)) == 6
    pages = [entry.title for start in range(0, 6, 2) for entry in answer[start : start + 2]]
    assert pages == whole


def test_words_keep_an_order_that_was_asked(world: World, published: Make) -> None:
    published("Beta vélo")
    published("Alpha", context="vélo")
    titles = [entry.title for entry in CatalogueEntry.objects.answer(Selection(q="vélo", sort="title"), "fr")[:5]]
    assert titles == ["Alpha", "Beta vélo"]
