"""The map of the list: circles that lead to their cases, and what is beside it."""

from django.test import Client

from tests.cases.conftest import Make

PARIS, LILLE, LOME, MONTREAL = (48.85, 2.35), (50.63, 3.06), (6.13, 1.22), (45.5, -73.6)


def put(published: Make, title: str, where: tuple[float, float], city: str, country: str) -> None:
    published(title, city=city, country=country, latitude=where[0], longitude=where[1])


def test_near_cities_are_one_circle_that_leads_to_as_many_cases_as_it_says(client: Client, published: Make) -> None:
    put(published, "Un", PARIS, "Paris", "FR")
    put(published, "Deux", PARIS, "Paris", "FR")
    put(published, "Trois", LILLE, "Lille", "FR")
    put(published, "Quatre", LOME, "Lomé", "TG")
    places = client.get("/fr/cas/").context["places"]
    assert [(place["name"], place["count"], place["more"]) for place in places] == [("Paris", 3, 1), ("Lomé", 1, 0)]
    for place in places:
        there = client.get(place["url"])
        assert there.context["counts"].found == place["count"]
        assert there.context["map_close"]
    assert [place["name"] for place in client.get(places[0]["url"]).context["places"]] == ["Paris", "Lille"]


def test_circles_count_the_cases_found_and_keep_the_question(client: Client, published: Make) -> None:
    put(published, "Un vélo", PARIS, "Paris", "FR")
    put(published, "Un bus", PARIS, "Paris", "FR")
    (place,) = client.get("/fr/cas/?q=velo").context["places"]
    assert place["count"] == 1
    assert place["url"].startswith("/fr/cas/?q=velo&square=")


def test_what_the_map_cannot_draw_is_counted_and_listed(client: Client, published: Make) -> None:
    put(published, "Un", MONTREAL, "Montréal", "CA")
    published("Deux", city="")
    answer = client.get("/fr/cas/")
    assert [(row["name"], row["count"]) for row in answer.context["outside"]] == [("Canada", 1)]
    assert answer.context["unplaced"] == 1
    for address in (answer.context["outside"][0]["url"], answer.context["unplaced_url"]):
        assert client.get(address).context["counts"].found == 1
    assert "0 cas en 0 endroit" in answer.context["map_label"]


def test_a_place_without_a_city_is_called_by_its_country(client: Client, published: Make) -> None:
    put(published, "Un", LOME, "", "TG")
    put(published, "Deux", PARIS, "", "")
    assert {place["name"] for place in client.get("/fr/cas/").context["places"]} == {"Togo", "C2"}
