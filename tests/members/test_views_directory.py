"""The directory: what is found, what is counted, and what it costs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.actions import request_organisation
from members.enums import Kind
from members.models import Organisation, User
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
URL = "/fr/organisations/"


def test_everybody_finds_confirmed_organisations_and_only_those(
    client: Client, make_organisation: Make, make_account: Make
) -> None:
    make_organisation(name="Ville de Lomé", country="TG")
    request_organisation(actor=make_account(), name="Ville cachée", country="TG", kind=Kind.AUTHORITY, now=NOW)
    page = client.get(URL).content.decode()
    assert "Ville de Lomé" in page
    assert "Ville cachée" not in page
    assert "1 organisation" in page


def test_the_search_folds_accents_and_reads_names_acronyms_and_cities(client: Client, make_organisation: Make) -> None:
    make_organisation(name="Région Île-de-France", country="FR", acronym="RIDF", city="Saint-Ouen")
    make_organisation(name="Autre chose")
    for words in ("ile de FRANCE", "ridf", "saint-ouen", "région ouen"):
        assert client.get(URL, {"q": words}).context["count"] == 1, words


def test_a_facet_counts_what_each_choice_would_find(client: Client, make_organisation: Make) -> None:
    for country, kind in (("TG", Kind.AUTHORITY), ("TG", Kind.NGO), ("FR", Kind.NGO)):
        make_organisation(country=country, kind=kind)
    context = client.get(URL, {"country": "TG"}).context
    kinds, countries = context["facets"]
    assert {option["value"]: option["count"] for option in kinds["options"]} == {"authority": 1, "ngo": 1}
    assert {option["value"]: option["count"] for option in countries["options"]} == {"TG": 2, "FR": 1}
    assert context["count"] == 2
    assert [chip["label"] for chip in context["chips"]] == ["Togo"]


@pytest.mark.parametrize("query", ["?kind=zz", "?country=%27", "?page=999999999999", "?page=x", "?q=" + "a" * 500])
def test_what_makes_no_sense_is_ignored(client: Client, make_organisation: Make, query: str) -> None:
    make_organisation()
    assert client.get(URL + query).status_code == 200


def test_an_unreadable_address_is_refused_clearly(client: Client) -> None:
    assert client.get(URL + "?q=%00").status_code == 400


def test_no_result_says_what_to_do(client: Client) -> None:
    assert "Aucune organisation ne correspond" in client.get(URL, {"q": "introuvable"}).content.decode()


def test_the_page_costs_the_same_queries_at_three_and_at_sixty(client: Client, make_organisation: Make) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(URL).status_code == 200
        return len(queries)

    for number in range(3):
        make_organisation(city=f"Ville {number}", latitude=10.0 + number, longitude=1.0)
    cost()
    few = cost()
    for number in range(57):
        make_organisation(city=f"Cité {number}", latitude=20.0 + number / 10, longitude=2.0)
    assert cost() == few <= 10


def test_an_anonymous_reader_gets_no_cookie(client: Client, make_organisation: Make) -> None:
    make_organisation()
    response = client.get(URL)
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert Organisation.objects.count() == 1
    assert User.objects.count() == 0
