"""How two organisations are compared, before any is looked for."""

from typing import Any

import pytest

from coalition.core.gazetteer import places_called
from members.merge import (
    Keys,
    Likeness,
    compare,
    is_open_to_anybody,
    mail_domain,
    name_key,
    resembling_pairs,
    scripts,
    web_domain,
)


def keys(name: str, pk: int = 1, country: str = "TG", **facts: Any) -> Keys:
    return Keys(pk, name, country, **facts)


def reasons(one: Keys, other: Keys) -> tuple[str, ...]:
    found = compare(one, other)
    return found.reasons if found else ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ville de Lom\u00e9", "Mairie de LOME"),
        ("Commune de Lom\u00e9", "Lom\u00e9 City Council"),
        ("Ayuntamiento de Santander", "Municipality of Santander"),
        ("Ville de P\u0430ris", "Mairie de Paris"),
    ],
)
def test_the_words_every_city_has_do_not_tell_names_apart(one: str, other: str) -> None:
    assert reasons(keys(one), keys(other, 2)) == (Likeness.NAME,)


@pytest.mark.parametrize(
    ("one", "other", "city", "country"),
    [
        ("Ville de Lom\u00e9", "Universit\u00e9 de Lom\u00e9", "Lom\u00e9", "TG"),
        ("M\u00e9tropole de Lyon", "Ville de Lyon", "Lyon", "FR"),
        ("Yaound\u00e9 VI", "Yaound\u00e9 6", "Yaound\u00e9", "CM"),
        ("Code for Ghana", "Ghana Tech Lab", "Accra", "GH"),
    ],
)
def test_what_differs_by_a_telling_word_is_another(one: str, other: str, city: str, country: str) -> None:
    place = {"city": city, "country": country}
    assert reasons(keys(one, **place), keys(other, 2, **place)) == ()


def test_a_city_is_known_by_its_name_in_any_language() -> None:
    ghent = {"country": "BE", "city": "Gand", "geoname_id": places_called("BE", "Gent")[0].geonames_id}
    assert reasons(keys("Ville de Gand", **ghent), keys("Stad Gent", 2, **ghent)) == (Likeness.NAME,)
    assert reasons(keys("Ville de Gand", **ghent), keys("Universiteit Gent", 2, **ghent)) == ()
    assert {"gand", "gent", "ghent"} <= keys("City of Ghent", **ghent).name_keys
    assert keys("Ville de Gand", country="BE").name_keys == {"gand"}


def test_namesakes_of_two_countries_or_two_cities_are_two() -> None:
    assert reasons(keys("Ministry of Finance", country="EE"), keys("Ministry of Finance", 2, "AT")) == ()
    here = keys(
        "Ville de Saint-Denis", country="FR", latitude=48.93, longitude=2.35, geoname_id=2980916, city="Saint-Denis"
    )
    there = keys("Saint-Denis", 2, "FR", latitude=44.0, longitude=3.0, geoname_id=5, city="Saint-Denis")
    assert reasons(here, there) == ()


def test_a_web_site_counts_unless_anybody_may_have_a_page_there() -> None:
    assert reasons(keys("Un", domain="lome.tg"), keys("Deux", 2, domain="lome.tg")) == (Likeness.DOMAIN,)
    for shared in ("facebook.com", "sites.google.com", "ville.github.io", "linkedin.com"):
        assert reasons(keys("Un", domain=shared), keys("Deux", 2, domain=shared)) == ()


def test_a_web_site_of_a_network_with_many_branches_does_not_count() -> None:
    branches = [
        keys(name, number, domain="jokkolabs.net") for number, name in enumerate(("Alpha", "Beta", "Gamma", "Delta"), 1)
    ]
    assert resembling_pairs(branches) == []
    assert len(resembling_pairs(branches[:3])) == 3


def test_an_acronym_is_known_by_itself_in_brackets_or_by_initials() -> None:
    full = "Agence nationale de la coh\u00e9sion des territoires"
    for short in (keys("ANCT", 2, "FR"), keys("Autre nom", 2, "FR", acronym="ANCT"), keys("Cohésion (ANCT)", 2, "FR")):
        assert Likeness.ACRONYM in reasons(keys(full, country="FR"), short)
    assert reasons(keys("FAO", country="FR"), keys("OMS", 2, "FR")) == ()


def test_in_one_city_names_spelt_almost_alike_are_close() -> None:
    place = {"country": "DZ", "city": "Alger", "latitude": 36.75, "longitude": 3.04}
    assert Likeness.CITY in reasons(keys("IncubeMe Algeria", **place), keys("Incubme Algeria", 2, **place))
    assert Likeness.CITY in reasons(keys("Ice Alex", **place), keys("IceAlex", 2, **place))


def test_a_long_name_with_a_slip_or_its_acronym_is_close_and_with_a_word_more_is_another() -> None:
    province = reasons(keys("Provinde of South Holland", country="NL"), keys("Province of South Holland", 2, "NL"))
    assert province == (Likeness.SPELLING,)
    office = "Finnish Patent and Registration Office"
    assert reasons(keys(office, country="FI"), keys(f"{office} PRH", 2, "FI")) == (Likeness.SPELLING,)
    direction = "Direction d\u00e9partementale des territoires et de la mer"
    assert reasons(keys(direction, country="FR"), keys(f"{direction} du Gard", 2, "FR")) == ()


def test_pairs_are_found_once_and_the_most_alike_first() -> None:
    every = [
        keys("Ville de Lom\u00e9", 3, domain="lome.tg"),
        keys("Mairie de Lom\u00e9", 1, domain="lome.tg"),
        keys("Lom\u00e9 (commune)", 2),
        keys("Tout autre chose", 4),
    ]
    pairs = resembling_pairs(every)
    assert (pairs[0].first, pairs[0].second) == (1, 3)
    assert {(pair.first, pair.second) for pair in pairs} == {(1, 2), (1, 3), (2, 3)}


def test_addresses_of_sites_and_of_mail() -> None:
    assert web_domain("https://www.Lome.tg/x") == "lome.tg"
    assert web_domain("http://[bad") == ""
    assert mail_domain("awa@Lome.tg.") == "lome.tg"
    assert mail_domain("pas un domaine") == ""
    assert [is_open_to_anybody(name) for name in ("gmail.com", "asso.fr", "x.github.io", "lome.tg")] == [True] * 3 + [
        False
    ]


def test_a_name_that_mixes_writings_says_which() -> None:
    assert scripts("Ville de P\u0430ris") == ("Cyrillic", "Latin")
    assert scripts("Ville de Lom\u00e9 no 2") == ()
    assert scripts("\u041a\u0438\u0457\u0432") == ()
    assert scripts("\u6771\u4eac\u30d7\u30ec\u30b9") == ()


def test_a_name_without_telling_words_is_compared_whole() -> None:
    assert name_key("La Ville") == "la ville"
    assert name_key("Mairie de la Ville de Lom\u00e9") == "lome"
