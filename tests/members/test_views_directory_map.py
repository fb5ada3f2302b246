"""The map of the directory: circles for near cities, the list that says the same, and what stands beside."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
URL = "/fr/organisations/"
PLACES = {
    "Lomé": ("TG", 6.13, 1.22),
    "Cotonou": ("BJ", 6.37, 2.43),
    "Lille": ("FR", 50.63, 3.06),
    "Montréal": ("CA", 45.5, -73.6),
    "Antananarivo": ("MG", -18.88, 47.52),
}


@pytest.fixture
def settle(make_organisation: Make) -> Callable[..., None]:
    """So many organisations in each city."""

    def make(**numbers: int) -> None:
        for city, number in numbers.items():
            country, latitude, longitude = PLACES[city]
            for _each in range(number):
                make_organisation(country=country, city=city, latitude=latitude, longitude=longitude)

    return make


def test_near_cities_make_one_circle_named_after_the_largest_which_leads_to_all_of_them(
    client: Client, settle: Make
) -> None:
    settle(Lomé=3, Cotonou=1, Lille=2)
    places = {place["name"]: place for place in client.get(URL).context["places"]}
    assert {name: place["count"] for name, place in places.items()} == {"Lomé": 4, "Lille": 2}
    assert places["Lomé"]["title"] == "Lomé et 1 ville voisine\u00a0: 4 organisations"
    assert places["Lille"]["title"] == "Lille\u00a0: 2 organisations"
    there = client.get(places["Lomé"]["url"]).context
    assert there["figures"].found == 4
    assert {organisation.city for organisation in there["page"]} == {"Lomé", "Cotonou"}


def test_a_circle_is_as_large_as_its_number_and_can_be_followed_by_pointer_only(client: Client, settle: Make) -> None:
    settle(Lomé=4, Lille=1)
    page = client.get(URL).content.decode()
    radii = sorted(
        float(radius) for radius in re.findall(r'<a href="[^"]*" tabindex="-1"><circle [^>]* r="([\d.]+)"', page)
    )
    assert radii == [3.1, 6.2]
    assert '<svg viewBox="0 0 600 800" role="group"' in page


def test_the_list_beside_the_map_has_every_circle_with_its_square_and_its_way(client: Client, settle: Make) -> None:
    settle(Lomé=1, Lille=1, Antananarivo=1)
    response = client.get(URL)
    index = response.context["index"]
    assert [(place["name"], place["square"]) for place in index] == [
        ("Antananarivo", "F7"),
        ("Lille", "C2"),
        ("Lomé", "B5"),
    ]
    page = response.content.decode()
    for place in index:
        assert page.count(place["url"].replace("&", "&amp;")) >= 2


def test_what_the_map_cannot_draw_is_said_counted_and_reachable(
    client: Client, settle: Make, make_organisation: Make
) -> None:
    settle(Lomé=1, Montréal=2)
    make_organisation(name="Sans lieu")
    response = client.get(URL)
    page = response.content.decode()
    assert "2 organisations sont hors de cette carte" in page
    assert "1 organisation sans lieu indiqué" in page
    (canada,) = response.context["outside"]
    assert (canada["name"], canada["count"]) == ("Canada", 2)
    assert client.get(canada["url"]).context["figures"].found == 2
    unplaced = client.get(response.context["unplaced_url"]).context
    assert [organisation.name for organisation in unplaced["page"]] == ["Sans lieu"]
    assert [chip["label"] for chip in unplaced["chips"]] == ["Sans lieu indiqué"]
    assert not unplaced["places"]


def test_a_part_of_the_map_is_drawn_closer_and_its_chip_leads_back(client: Client, settle: Make) -> None:
    settle(Lomé=1, Cotonou=1, Lille=1)
    context = client.get(URL, {"square": "B5"}).context
    assert context["map_close"]
    assert context["figures"].found == 2
    (chip,) = context["chips"]
    assert (chip["label"], chip["url"]) == ("Carte\u00a0: B5", URL)
    assert client.get(URL, {"square": ["B5", "C2"]}).context["figures"].found == 3


def test_the_map_follows_the_other_filters(client: Client, settle: Make) -> None:
    settle(Lomé=1, Lille=1)
    context = client.get(URL, {"country": "FR"}).context
    assert [place["name"] for place in context["places"]] == ["Lille"]
    assert context["places"][0]["url"].startswith(f"{URL}?country=FR&square=C2")


def test_cities_are_named_in_the_readers_language(client: Client, make_organisation: Make) -> None:
    london = make_organisation(country="GB", city="London", latitude=51.5, longitude=-0.12)
    london.geoname_id = 2643743
    london.save()
    assert client.get(URL).context["places"][0]["name"] == "Londres"
    assert client.get("/en/organisations/").context["places"][0]["name"] == "London"


def test_the_same_organisations_always_make_the_same_map(client: Client, settle: Make) -> None:
    settle(Lomé=2, Cotonou=2, Lille=2)
    first = client.get(URL).context["places"]
    assert client.get(URL).context["places"] == first
    assert first[0]["name"] in ("Cotonou", "Lille", "Lomé")
