"""The directory as files: the same question, public data only, and nothing a spreadsheet would compute."""

import csv
import io
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.actions import request_organisation
from members.enums import Kind
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
BASE = "/fr/organisations/organisations"
ATOM = "{http://www.w3.org/2005/Atom}"


def _table(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_table_holds_what_was_found_and_its_cells_are_text(client: Client, make_organisation: Make) -> None:
    city = make_organisation(name="=1+1 Ville", country="TG", city="Lomé", latitude=6.13, longitude=1.22)
    city.offers = ["data", "people"]
    city.save()
    make_organisation(name="Ailleurs", country="FR")
    (row,) = _table(client.get(f"{BASE}.csv", {"country": "TG"}))
    assert row["name"] == "'=1+1 Ville"
    assert (row["offers"], row["standing"], row["cases"], row["latitude"]) == ("data people", "neither", "0", "6.13")
    assert row["url"].endswith(city.get_absolute_url())
    assert len(_table(client.get(f"{BASE}.csv"))) == 2


def test_the_map_has_longitude_first_and_only_what_has_a_place(client: Client, make_organisation: Make) -> None:
    make_organisation(name="Ici", country="TG", city="Lomé", latitude=6.13, longitude=1.22)
    make_organisation(name="Nulle part")
    response = client.get(f"{BASE}.geojson")
    assert response["Content-Type"] == "application/geo+json"
    (feature,) = response.json()["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [1.22, 6.13]}
    assert feature["properties"]["name"] == "Ici"


def test_the_feed_tells_the_latest_arrivals_once_in_both_languages(client: Client, make_organisation: Make) -> None:
    make_organisation(name="Ville d’ici", summary_fr="Nous cherchons.")
    make_organisation(name="Université", kind=Kind.UNIVERSITY)
    entries = {}
    for language in ("fr", "en"):
        root = ElementTree.fromstring(client.get(f"/{language}/organisations/organisations.atom").content)
        entries[language] = root.findall(f"{ATOM}entry")
    ids = {language: [entry.findtext(f"{ATOM}id") for entry in found] for language, found in entries.items()}
    assert ids["fr"] == ids["en"]
    assert entries["fr"][1].findtext(f"{ATOM}summary") == "Nous cherchons."
    only = client.get(f"{BASE}.atom", {"kind": "university"}).content.decode()
    assert "Ville d’ici" not in only
    assert "Université" in only


def test_what_waits_to_be_confirmed_is_in_none_of_them(client: Client, make_account: Make) -> None:
    request_organisation(actor=make_account(), name="Cachée", country="SN", kind=Kind.NGO, now=NOW)
    for kind in ("csv", "geojson", "atom"):
        assert "Cachée" not in client.get(f"{BASE}.{kind}").content.decode()


def test_they_cost_the_same_queries_at_three_and_at_thirty(client: Client, make_organisation: Make) -> None:
    def costs() -> list[int]:
        counted = []
        for kind in ("csv", "geojson", "atom"):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{BASE}.{kind}")
            counted.append(len(queries))
        return counted

    for _each in range(3):
        make_organisation(latitude=6.1, longitude=1.2)
    few = costs()
    for _each in range(27):
        make_organisation(latitude=6.1, longitude=1.2)
    assert costs() == few


def test_nothing_is_written_through_them(client: Client) -> None:
    for kind in ("csv", "geojson", "atom"):
        assert client.post(f"{BASE}.{kind}").status_code == 405
