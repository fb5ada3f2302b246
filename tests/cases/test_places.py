"""A city the gazetteer knows brings its degrees; what the authors give comes first."""

import pytest
from django.test import Client

from cases.actions import save_case
from cases.actions.places import with_place
from cases.models import CasePage, CatalogueEntry
from tests.cases.conftest import NOW, Make

LONDON = 2643743
pytestmark = pytest.mark.django_db


def test_a_known_city_brings_its_number_and_its_degrees() -> None:
    words = with_place(page=CasePage(), content={"country": "GB", "city": "Londres"})
    assert words["geoname_id"] == LONDON
    assert (round(words["latitude"]), round(words["longitude"])) == (52, 0)
    assert words["city"] == "Londres"


def test_the_degrees_of_the_authors_come_first() -> None:
    words = with_place(
        page=CasePage(), content={"country": "GB", "city": "Londres", "latitude": 51.6, "longitude": 0.2}
    )
    assert (words["latitude"], words["longitude"]) == (51.6, 0.2)


def test_another_city_takes_the_place_of_the_degrees_the_form_only_repeated() -> None:
    page = CasePage(country="GB", city="Londres", geoname_id=LONDON, latitude=51.5, longitude=-0.1)
    sent = {"country": "FR", "city": "Rennes", "geoname_id": None, "latitude": 51.5, "longitude": -0.1}
    words = with_place(page=page, content=sent)
    assert round(words["latitude"]) == 48


def test_a_city_nobody_knows_keeps_its_name_and_has_no_point() -> None:
    words = with_place(page=CasePage(), content={"country": "FR", "city": "Rivemont-les-Essais"})
    assert (words["city"], words["geoname_id"], words["latitude"]) == ("Rivemont-les-Essais", None, None)


def test_what_does_not_speak_of_the_place_leaves_it_alone() -> None:
    page = CasePage(country="GB", city="Londres", geoname_id=LONDON, latitude=51.6, longitude=0.2)
    assert with_place(page=page, content={"title": "Autre", "city": "Londres"}) == {"title": "Autre", "city": "Londres"}


def test_each_reader_sees_the_city_as_they_call_it_and_finds_it_by_either_name(client: Client, published: Make) -> None:
    page = published("Une ligne de bus", country="GB", city="Londres")
    assert "Londres" in client.get(page.url).content.decode()
    english = client.get(f"/en/cases/{page.number}/", follow=True).content.decode()
    assert "London" in english
    assert "Londres" not in english.partition("<main")[2]
    for name in ("londres", "london"):
        assert CatalogueEntry.objects.search(name).filter(number=page.number).exists()


def test_the_number_of_a_city_is_not_a_change_of_its_own(draft: Make) -> None:
    page = draft("Un cas", country="GB", city="Londres")
    saved = save_case(actor=None, page=page, content={"geoname_id": LONDON}, based_on=page.latest_revision_id, now=NOW)
    assert saved.latest_revision_id == page.latest_revision_id
