"""Table, map and feed: the same cases as the list, and nothing a spreadsheet would compute."""

import csv
import json
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cases.conftest import Make, World


@pytest.fixture
def two(published: Make) -> None:
    published("=2+5", summary="@SUM(A1)", city="Rennes", latitude=48.11, longitude=-1.68, stage="stopped")
    published("Le second", summary="Sans lieu, « accentué ».", city="")


def table(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(client.get(address).getvalue().decode("utf-8-sig").splitlines()))


def test_the_table_holds_what_the_filters_leave_and_no_formula(client: Client, two: None) -> None:
    rows = table(client, "/fr/cas/cas.csv")
    assert {row["title"] for row in rows} == {"'=2+5", "Le second"}
    assert {row["summary"] for row in rows} == {"'@SUM(A1)", "Sans lieu, « accentué »."}
    assert [row["stage"] for row in table(client, "/fr/cas/cas.csv?stage=stopped")] == ["stopped"]
    assert client.get(rows[0]["url"].removeprefix("http://testserver")).status_code == 302


def test_the_map_puts_longitude_first_and_leaves_out_what_has_no_place(client: Client, two: None) -> None:
    answer = client.get("/fr/cas/cas.geojson")
    collection = json.loads(answer.getvalue())
    assert answer["Content-Type"] == "application/geo+json"
    assert [feature["geometry"]["coordinates"] for feature in collection["features"]] == [[-1.68, 48.11]]
    assert collection["features"][0]["properties"]["organisation"] == "Rennes"


def test_the_feed_follows_a_question(client: Client, two: None) -> None:
    atom = {"a": "http://www.w3.org/2005/Atom"}
    feed = ElementTree.fromstring(client.get("/fr/cas/cas.atom?q=second").content)
    assert [title.text for title in feed.findall("a:entry/a:title", atom)] == ["Le second"]
    assert feed.find("a:link[@rel='self']", atom).get("href").endswith("/fr/cas/cas.atom?q=second")  # type: ignore[union-attr]


def test_an_empty_catalogue_still_answers(client: Client, world: World) -> None:
    assert table(client, "/fr/cas/cas.csv") == []
    assert json.loads(client.get("/fr/cas/cas.geojson").getvalue())["features"] == []
    assert client.get("/fr/cas/cas.atom").status_code == 200


def test_an_export_is_one_query_however_many_cases_and_keeps_the_order_asked(client: Client, published: Make) -> None:
    costs = []
    for number in range(6):
        published(f"Cas {9 - number}", city="Rennes", latitude=48.0, longitude=-1.0)
        if number in (1, 5):
            with CaptureQueriesContext(connection) as queries:
                titles = [row["title"] for row in table(client, "/fr/cas/cas.csv?sort=title")]
            costs.append(len(queries))
    assert titles == sorted(titles) and len(titles) == 6
    assert costs[0] == costs[1] <= 5
    assert len(json.loads(client.get("/fr/cas/cas.geojson").getvalue())["features"]) == 6
