"""The list of cases as readers question it."""

from io import StringIO
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.actions import translate_case
from cases.models import CatalogueEntry
from cases.querysets.text import text_query
from cases.search import Selection
from coalition.core.middleware import MAX_QUERY
from tests.cases.conftest import NOW, Make, World


def titles(words: str, language: str = "fr") -> list[str]:
    return [entry.title for entry in CatalogueEntry.objects.answer(Selection(q=words), language)[:50]]


@pytest.mark.parametrize(
    "words",
    ["hôpital", "hopital", "HOPITAUX", "hôpitaux", "hopital rénnes", "hop", "rénové", '"file d’attente"', "france"],
)
def test_words_find_a_case_whatever_their_accents_number_or_case(published: Make, words: str) -> None:
    published("Le hall de l’hôpital rénové", summary="La file d’attente a disparu.", city="Rennes")
    published("Un marché de nuit", summary="Rien à voir.", city="Lomé", country="TG")
    assert titles(words) == ["Le hall de l’hôpital rénové"]


@pytest.mark.parametrize("words", ["zzz", "marché de nuit", "-hopital zzz", "☃", "'", "\\", "& | !", ":*", "(", '"'])
def test_words_that_find_nothing_raise_nothing(published: Make, words: str) -> None:
    published("Le hall de l’hôpital", summary="Rien d’autre.")
    assert titles(words) == []


def test_no_words_find_everything_and_minus_takes_away(published: Make) -> None:
    published("Le bus de nuit", summary="Tard.")
    published("Le bus de jour", summary="Tôt.")
    assert len(titles("")) == 2
    assert titles("bus -nuit") == ["Le bus de jour"]


def test_a_title_counts_more_than_a_body(published: Make) -> None:
    published("Autre chose", summary="Rien.", context="On y parle de vélo.")
    published("Le vélo", summary="Rien.")
    assert titles("vélo") == ["Le vélo", "Autre chose"]


def test_only_marks_make_no_query() -> None:
    assert text_query("!?…") is None
    assert text_query("mot") is not None


@pytest.fixture
def five(world: World, published: Make) -> None:
    published("Un", stage="pilot", domain="services", city="Rennes")
    published("Deux", stage="pilot", domain="economy", city="Rennes")
    published("Trois", stage="stopped", domain="economy", city="Lomé", country="TG", organisation=world.other_city)
    published("Quatre", stage="scaled", domain="democracy", city="", country="")
    published("Cinq", stage="idea", domain="planning", city="Évry", country="FR")


def test_facets_count_what_each_value_would_give_under_the_other_filters(client: Client, five: None) -> None:
    counts = client.get("/fr/cas/?stage=pilot&country=FR").context["counts"]
    assert (counts.found, counts.total) == (2, 5)
    assert counts.facets["stage"] == {"pilot": 2, "idea": 1}
    assert counts.facets["domain"] == {"services": 1, "economy": 1}
    assert counts.facets["country"] == {"FR": 2}
    assert counts.tally == {"pilot": 2}


def test_the_page_says_how_many_offers_to_remove_each_filter_and_keeps_the_rest(client: Client, five: None) -> None:
    answer = client.get("/fr/cas/?q=deux&stage=pilot&stage=idea&sort=title")
    assert "1 cas sur 5" in answer.content.decode()
    removed = {chip["label"]: chip["url"] for chip in answer.context["chips"]}
    assert removed["Pilote"] == "/fr/cas/?q=deux&stage=idea&sort=title"
    assert removed["«\u202fdeux\u202f»"] == "/fr/cas/?stage=pilot&stage=idea&sort=title"


def test_an_empty_answer_says_what_to_take_off(client: Client, five: None) -> None:
    answer = client.get("/fr/cas/?stage=stopped&country=FR")
    assert [(less["url"], less["count"]) for less in answer.context["relax"]] == [
        ("/fr/cas/?country=FR", 3),
        ("/fr/cas/?stage=stopped", 1),
    ]
    assert "Voir tous les cas" in answer.content.decode()


def test_an_empty_catalogue_invites_to_write_the_first_case(client: Client, world: World) -> None:
    answer = client.get("/fr/cas/")
    assert "Le premier peut être le vôtre" in answer.content.decode()


def test_a_city_is_asked_without_its_accents(client: Client, five: None) -> None:
    assert client.get("/fr/cas/?city=RÉNNES").context["counts"].found == 2
    assert client.get("/fr/cas/?city=evry").context["counts"].found == 1


@pytest.mark.parametrize(
    "query",
    ["stage=nope", "country=XX", "sort=price", "page=abc", "page=-3", "page=99999999999999999999", "q=" + "x" * 3000,
     "stage=pilot%27--", "city=%F0%9F%92%A9", "q=%27%3B%20DROP", "domain=&domain=", "unknown=1"],
)  # fmt: skip
def test_values_nobody_knows_are_ignored(client: Client, five: None, query: str) -> None:
    answer = client.get(f"/fr/cas/?{query}")
    assert answer.status_code == 200
    assert answer.context["counts"].total == 5


@pytest.mark.parametrize("query", ["q=%00", "city=a%00b", "q=%FF%FE", "stage=%00", "q=" + "x" * MAX_QUERY])
def test_what_cannot_be_read_is_refused_with_a_sentence(client: Client, world: World, query: str) -> None:
    answer = client.get(f"/fr/cas/?{query}")
    assert answer.status_code == 400
    assert "Rien n’a été enregistré" in answer.content.decode()


def test_sorts_put_nameless_cities_last(client: Client, five: None) -> None:
    by_city = [entry.title for entry in client.get("/fr/cas/?sort=city").context["results"]]
    assert by_city[0] == "Cinq"
    assert by_city[-1] == "Quatre"
    by_title = [entry.title for entry in client.get("/fr/cas/?sort=title").context["results"]]
    assert by_title == ["Cinq", "Deux", "Quatre", "Trois", "Un"]


def test_twenty_a_page_and_no_case_twice(client: Client, published: Make) -> None:
    for number in range(23):
        published(f"Cas {number}")
    pages = [client.get(f"/fr/cas/?page={number}").context["results"] for number in (1, 2)]
    seen = [entry.title for page in pages for entry in page]
    assert (len(pages[0]), len(pages[1]), len(set(seen))) == (20, 3, 23)


def test_the_list_and_a_case_cost_at_most_ten_queries(client: Client, five: None) -> None:
    case = CatalogueEntry.objects.get(title="Un")
    for address in (
        "/fr/cas/",
        "/fr/cas/?q=un&stage=pilot",
        "/fr/cas/?q=rien&stage=idea",
        case.path,
        "/fr/cas/cas.csv",
    ):
        client.get(address)
        assert _cost(client, address) <= 10, address


def test_a_number_leads_to_the_case_in_the_readers_language(client: Client, world: World, published: Make) -> None:
    page = published("Un tour par SMS", context="Le *contexte*.")
    assert client.get(f"/fr/cas/{page.number}/")["Location"] == page.url
    abroad = client.get(f"/en/cases/{page.number}/")
    text = abroad.content.decode()
    assert abroad.status_code == 200
    assert '<html lang="en">' in text
    assert '<div lang="fr"><h1>Un tour par SMS</h1>' in text
    english = translate_case(actor=None, page=page, language="en", now=NOW)
    english.latest_revision.publish()
    assert client.get(f"/en/cases/{page.number}/")["Location"] == english.url
    assert client.get("/fr/cas/999999/").status_code == 404


def test_the_language_switch_leads_to_the_same_question_and_to_the_other_text(
    client: Client, world: World, published: Make
) -> None:
    page = published("Un tour")
    links = {link["code"]: link["url"] for link in client.get("/fr/cas/?stage=pilot").context["language_links"]}
    assert links["en"].endswith("?stage=pilot")
    links = {link["code"]: link["url"] for link in client.get(page.url).context["language_links"]}
    assert links == {"fr": page.url, "en": f"/en/cases/{page.number}/"}


def test_a_row_says_its_language_only_to_those_who_read_another(published: Make) -> None:
    published()
    row = CatalogueEntry.objects.get()
    assert (row.lang, row.meta, row.url) == ("", [], row.path)
    assert str(row) == row.title


def test_anonymous_pages_carry_no_cookie_and_no_token(client: Client, published: Make) -> None:
    page = published()
    for address in ("/fr/cas/", page.url):
        answer = client.get(address)
        assert not answer.cookies
        assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_only_reading_is_possible_on_public_addresses(client: Client, published: Make) -> None:
    page = published()
    for address in (
        "/fr/cas/",
        f"/fr/cas/{page.number}/",
        "/fr/cas/cas.csv",
        "/fr/cas/cas.geojson",
        "/fr/cas/cas.atom",
    ):
        assert client.post(address).status_code == 405


def test_the_six_hundred_real_cases_cost_no_more_queries_than_twenty(
    client: Client, world: World, real_data: Any, tmp_path: Any
) -> None:
    source = real_data / "cases" / "beta_gouv.jsonl"
    if not source.exists():
        pytest.skip("cases/beta_gouv.jsonl is not in the real data")
    few = tmp_path / "twenty.jsonl"
    few.write_bytes(b"".join(source.read_bytes().splitlines(keepends=True)[:20]))
    counts = []
    for file, expected in ((few, 20), (source, 662)):
        call_command("import_cases", str(file), "--organisation-from-row", stdout=StringIO(), stderr=StringIO())
        assert CatalogueEntry.objects.count() == expected
        counts.append([_cost(client, f"/fr/cas/{query}") for query in ("", "?q=ecologie", "?stage=stopped&page=2")])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 10
    found = client.get("/fr/cas/?q=arbre").context["results"]
    assert "1 Jeune 1 Arbre" in [entry.title for entry in found]
    detail = client.get(found[0].url, follow=True)
    assert detail.status_code == 200
    assert found[0].title in detail.content.decode()


def _cost(client: Client, address: str) -> int:
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
