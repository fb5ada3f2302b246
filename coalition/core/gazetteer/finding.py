"""Finding a place from what a person writes."""

from collections.abc import Iterator
from difflib import get_close_matches

from coalition.core.gazetteer.names import name_key
from coalition.core.gazetteer.places import Place, names_that_change, place_by_id, places_of

CLEARLY_LARGER = 5
CLOSE = 0.78
LONGEST_MISSPELLING = 40


def find_places(country: str, text: str, limit: int = 20) -> list[Place]:
    """Places of `country` that a person writing `text` may mean, at most `limit`.

    In order: those called exactly so, those whose name (own, French or English) begins so, those with a word that
    begins so, those with another name that begins so, those with a name that holds it; larger cities first in each.
    """
    key = name_key(text)
    if not key or limit < 1:
        return []
    ranked = ((rank, place) for place in places_of(country) if (rank := _rank(place, key)) is not None)
    return [place for _rank, place in sorted(ranked, key=lambda found: found[0])[:limit]]


def _rank(place: Place, key: str) -> int | None:
    """How well the names of a place answer, 0 best, as `find_places` orders them; None not at all."""
    if key not in place.keys:
        return None
    main, _other = place.keys.split("||", 1)
    wanted = ((f"|{key}|", f"{main}|"), (f"|{key}", main), (f" {key}", main), (f"|{key}", place.keys))
    return next((rank for rank, (part, names) in enumerate(wanted) if part in names), len(wanted))


def places_called(country: str, name: str) -> list[Place]:
    """Places of `country` called exactly `name`, larger first.

    A name in a third language counts only where no place is called so in its own, in French or in English.
    """
    key = name_key(name)
    called = [place for place in places_of(country) if key and place.is_called(key)]
    return [place for place in called if place.is_mainly_called(key)] or called


def recognise_city(country: str, name: str) -> Place | None:
    """The place of `country` that `name` means without a doubt: the only one, or five times larger than the next.

    None when no place is called so, or when a person has to choose.
    """
    called = places_called(country, name)
    if len(called) > 1 and called[0].population < CLEARLY_LARGER * max(called[1].population, 1):
        return None
    return called[0] if called else None


def close_places(country: str, name: str, limit: int = 10) -> list[Place]:
    """Places of `country` whose own, French or English name is spelt almost like `name`, closest first."""
    key = name_key(name)
    if not key or len(key) > LONGEST_MISSPELLING:
        return []
    by_key: dict[str, Place] = {}
    for place in places_of(country):
        for own in _main_keys(place):
            by_key.setdefault(own, place)
    near = get_close_matches(key, by_key, n=limit, cutoff=CLOSE)
    return list(dict.fromkeys(by_key[own] for own in near))


def _main_keys(place: Place) -> Iterator[str]:
    yield from place.keys[1 : place.keys.index("||")].split("|")


def city_name(geonames_id: int | None, fallback: str, language: str) -> str:
    """What readers of `language` call a city: its name in that language, or `fallback`, as it was written.

    Costs no reading of a country, except for a place without `fallback`, which is then called as GeoNames does.
    """
    if not geonames_id:
        return fallback
    names = names_that_change().get(geonames_id)
    if names is not None:
        return names[1] if language == "en" else names[0]
    if fallback:
        return fallback
    place = place_by_id(geonames_id)
    return place.label(language) if place else ""
