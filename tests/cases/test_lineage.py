"""The neighbourhood of a case as data."""

from django.test import Client
from django.urls import reverse

from cases.models.lineage import lineage_of
from tests.cases.conftest import Make
from tests.cases.test_reproductions import link


def test_the_api_lists_links_in_both_directions(client: Client, published: Make) -> None:
    first, second = published("Un"), published("Deux")
    link(first, second)
    (row,) = client.get(reverse("api_reproductions")).json()["results"]
    assert (row["original"], row["redo"], row["outcome"]) == (first.number, second.number, "better")
    assert row["original_url"] == f"http://testserver/fr/cas/{first.number}/"
    for page in (first, second):
        assert client.get(reverse("api_case", args=[page.number])).json()["links"] == [row]
    assert client.get(reverse("api_case", args=[first.number])).json()["reproductions"] == 1


def test_without_links_there_is_nothing_to_draw(published: Make) -> None:
    assert lineage_of(published().number) == {"lineage": None}


def test_a_place_without_city_is_called_by_its_country_or_its_organisation(published: Make) -> None:
    first = published("Un", city="", country="SN")
    second = published("Deux", city="", country="")
    link(first, second)
    lineage = lineage_of(first.number)["lineage"]
    assert [node["label"] for node in lineage["drawing"]["nodes"]] == ["Sénégal", "Rennes"]
