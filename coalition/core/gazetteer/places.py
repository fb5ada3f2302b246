"""Places read from the gazetteer, one country at a time.

In memory stay the header, the index (numbers and countries as packed arrays, about 0.4 MB) and the countries used
last: a country takes 0.1 to 2 MB and a few milliseconds to read, so eight of them are kept. Nothing is read before
somebody asks.
"""

import gzip
import json
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

from coalition.core.gazetteer.names import name_key

FILE = Path(__file__).with_name("places.tsv.gz")
INDEX = "index"
KEPT_COUNTRIES = 8
LONGEST_HEADER = 20_000


class GazetteerDamaged(RuntimeError):
    """The file of the gazetteer is missing, cut or altered: make it again (see build.py)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A town of GeoNames.

    `name` is as GeoNames writes it, accents included; `french` and `english` as those readers call it (the same where
    there is no other name); `region` and `french_region` its first-level region, "" when unknown. Degrees;
    inhabitants. `keys` holds its names as they are compared: "|name|french|english||other|other|".
    """

    geonames_id: int
    name: str
    french: str
    english: str
    country: str
    region: str
    french_region: str
    latitude: float
    longitude: float
    population: int
    keys: str

    def label(self, language: str) -> str:
        """What readers of `language` ("fr", "en"; others get GeoNames' own) call it: "Londres", "London"."""
        return {"fr": self.french, "en": self.english}.get(language, self.name)

    def region_label(self, language: str) -> str:
        """Its region in the reader's language; "" when unknown or when it has the name of the place itself."""
        region = self.french_region if language == "fr" else self.region
        return "" if region == self.label(language) else region

    def is_called(self, key: str) -> bool:
        """Whether one of its names, whatever the language, compares equal to `key` (of `name_key`)."""
        return f"|{key}|" in self.keys

    def is_mainly_called(self, key: str) -> bool:
        """The same for its own, French and English names only."""
        return f"|{key}|" in self.keys[: self.keys.index("||") + 1]


@dataclass(frozen=True)
class _Index:
    """What is known without reading any country."""

    numbers: "array[int]"
    countries: str
    names: Mapping[int, tuple[str, str]]

    def country_of(self, geonames_id: int) -> str:
        at = bisect_left(self.numbers, geonames_id)
        found = at < len(self.numbers) and self.numbers[at] == geonames_id
        return self.countries[2 * at : 2 * at + 2] if found else ""


def _damaged(fault: Exception) -> GazetteerDamaged:
    return GazetteerDamaged(f"{FILE.name} cannot be read: {fault!r:.120}")


@cache
def _header() -> tuple[int, Mapping[str, tuple[int, int]], str]:
    """Where the members begin, the span of each, and whom to credit."""
    try:
        with FILE.open("rb") as file:
            start = file.read(LONGEST_HEADER)
        reader = zlib.decompressobj(wbits=31)
        facts = json.loads(reader.decompress(start).removeprefix(b"# "))
        spans = {str(name): (int(begin), int(end)) for name, (begin, end) in facts["members"].items()}
        return len(start) - len(reader.unused_data), spans, str(facts["credit"])
    except (OSError, zlib.error, ValueError, KeyError, TypeError) as fault:
        raise _damaged(fault) from fault


def _member(name: str) -> str:
    """The text of one member; its checksum is verified by gzip."""
    base, spans, _credit = _header()
    begin, end = spans[name]
    try:
        with FILE.open("rb") as file:
            file.seek(base + begin)
            return gzip.decompress(file.read(end - begin)).decode().rstrip("\n")
    except (OSError, EOFError, zlib.error, ValueError) as fault:
        raise _damaged(fault) from fault


@cache
def _index() -> _Index:
    steps, countries, *lines = _member(INDEX).split("\n")
    rows = (line.split("\t") for line in lines)
    return _Index(
        numbers=array("I", accumulate(map(int, steps.split()))),
        countries=countries,
        names={int(number): (french, english) for number, french, english in rows},
    )


@lru_cache(maxsize=KEPT_COUNTRIES)
def _places(country: str) -> tuple[Place, ...]:
    return tuple(_place(country, line) for line in _member(country).split("\n"))


def _place(country: str, line: str) -> Place:
    number, name, french, english, region, french_region, latitude, longitude, population, other = line.split("\t")
    french, english = french or name, english or name
    keys = "|".join(dict.fromkeys(map(name_key, (name, french, english))))
    return Place(
        geonames_id=int(number),
        name=name,
        french=french,
        english=english,
        country=country,
        region=region,
        french_region=french_region or region,
        latitude=float(latitude),
        longitude=float(longitude),
        population=int(population),
        keys=f"|{keys}||{other}|",
    )


def has_places(country: str) -> bool:
    """Whether the gazetteer holds any town of this country."""
    return country in _header()[1] and country != INDEX


def places_of(country: str) -> tuple[Place, ...]:
    """The places of a country (ISO 3166-1, two letters), larger first; none for a country without towns."""
    return _places(country) if has_places(country) else ()


def place_by_id(geonames_id: int | None) -> Place | None:
    """The place with this number of GeoNames; None when the gazetteer does not hold it."""
    country = _index().country_of(geonames_id) if geonames_id and 0 < geonames_id < 2**32 else ""
    return next((place for place in places_of(country) if place.geonames_id == geonames_id), None)


def names_that_change() -> Mapping[int, tuple[str, str]]:
    """Number -> (French name, English name), for the places that are not called alike in all languages."""
    return _index().names


def credit() -> str:
    """Whom the gazetteer is owed to."""
    return _header()[2]
