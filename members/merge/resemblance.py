"""Which organisations may be one, and why.

Plain functions over `Keys`; nothing here reads the database. The thresholds were set on 2,050 real organisations: see
docs/features/organisations.md.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from itertools import combinations

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coalition.core.gazetteer import Place, city_name, name_key as place_key, place_by_id
from coalition.core.text import fold
from members.merge.words import GENERIC, KIND_WORDS, WORD, country_stems, is_shared_host, name_key

WORDS = re.compile(r"\w+")
IN_BRACKETS = re.compile(r"\(([^()]{2,15})\)")
COUNTED = frozenset({"ville", "commune", "mairie", "association", "foundation", "fondation", "council", "municipal"})
"""Generic words whose first letter acronyms keep."""
NEXT_DOOR = 15.0
"""Kilometres up to which two places may be one city."""
CROWD = 3
"""A web site that more organisations than this share is a network's."""
CLOSE = 0.88
NEARLY_EQUAL = 0.93
MOST_OF = 0.6
LONG_NAME = 12
LONGEST_CITY = 5
EARTH = 6_371.0


class Likeness(TextChoices):
    """Why two organisations may be one, the strongest reason first."""

    NAME = "name", _("même nom, à des mots courants près")
    DOMAIN = "domain", _("même site web")
    ACRONYM = "acronym", _("même sigle")
    SPELLING = "spelling", _("même pays, nom presque identique")
    CITY = "city", _("même ville, mots du nom en commun")


WEIGHTS = {Likeness.NAME: 8, Likeness.DOMAIN: 5, Likeness.ACRONYM: 3, Likeness.SPELLING: 4, Likeness.CITY: 2}


@dataclass(frozen=True)
class Keys:
    """What an organisation is recognised by. Degrees are WGS 84; `pk` is 0 for one that does not exist yet."""

    pk: int
    name: str
    country: str
    acronym: str = ""
    domain: str = ""
    city: str = ""
    geoname_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None

    @cached_property
    def folded(self) -> str:
        return fold(self.name)

    @cached_property
    def key(self) -> str:
        return name_key(self.name)

    @cached_property
    def words(self) -> frozenset[str]:
        """The telling words."""
        return frozenset(self.key.split())

    @cached_property
    def place(self) -> Place | None:
        """Its city in the gazetteer."""
        return place_by_id(self.geoname_id)

    @cached_property
    def is_its_city(self) -> bool:
        """Whether its name says no more than its city, in any language: "Comune di Milano" for Milan."""
        telling = [word for word in WORD.findall(self.folded) if word not in GENERIC]
        if not 0 < len(telling) <= LONGEST_CITY or self.place is None:
            return False
        return self.place.is_called(place_key(" ".join(telling)))

    @cached_property
    def name_keys(self) -> frozenset[str]:
        """The keys under which it may be kept: that of its name; those of all names of its city when it is that."""
        if not self.is_its_city or self.place is None:
            return frozenset({self.key})
        return frozenset({self.key, *(name_key(name) for name in self.place.keys.split("|") if name)})

    @cached_property
    def own_words(self) -> tuple[str, ...]:
        """The words of the name that neither every body of its sort nor its place has, in their order."""
        cities = {self.city, *(city_name(self.geoname_id, self.city, code) for code, _label in settings.LANGUAGES)}
        common = {*GENERIC, *KIND_WORDS, *WORD.findall(fold(" ".join(cities)))}
        country = country_stems(self.country)
        told = dict.fromkeys(WORD.findall(self.folded))
        return tuple(word for word in told if word not in common and not word.startswith(country))

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The words it writes in capitals among others that are not: most often its acronym."""
        words = WORDS.findall(self.name)
        found = {fold(word) for word in words if len(word) > 1 and word.isupper()}
        return frozenset(found) if len(found) < len(words) else frozenset()

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """What it is called for short: its acronym, one given in brackets, a one-word name in capitals."""
        bare = self.name.strip()
        found = {fold(self.acronym)}
        found |= {fold(inside) for inside in IN_BRACKETS.findall(bare) if inside.isupper() and " " not in inside}
        if bare.isupper() and len(bare.split()) == 1:
            found.add(fold(bare))
        return frozenset(short for short in found if 2 < len(short) <= 15)

    @cached_property
    def initials(self) -> str:
        """The first letters of the words that count, as acronyms are made: "anct"; "" below four."""
        counted = [word for word in WORD.findall(self.folded) if word not in GENERIC or word in COUNTED]
        letters = "".join(word[0] for word in counted if word.isalpha())
        return letters if 3 < len(letters) <= 10 else ""

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Beginnings of its four longest own words (of any telling word when it has none), to look for others by."""
        words = sorted(self.own_words or tuple(self.words), key=len, reverse=True)
        return tuple(dict.fromkeys(word[:5] for word in words if len(word) > 2))[:4]

    def kilometres_to(self, latitude: float, longitude: float) -> float | None:
        """The distance to a place in degrees, on a sphere (haversine); None when the organisation has no place."""
        if self.latitude is None or self.longitude is None:
            return None
        north, south = math.radians(self.latitude), math.radians(latitude)
        east = math.radians(longitude - self.longitude)
        half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
        return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Two organisations that may be one, and why. `score` only ranks."""

    first: int
    second: int
    reasons: tuple[Likeness, ...]
    score: float = field(compare=False)


def kilometres(one: Keys, other: Keys) -> float | None:
    """The distance between two organisations; None when one of them has no place."""
    if other.latitude is None or other.longitude is None:
        return None
    return one.kilometres_to(other.latitude, other.longitude)


def _in_two_cities(one: Keys, other: Keys) -> bool:
    """Whether they are known to be of two cities: by their numbers in GeoNames, their names, or the distance."""
    distance = kilometres(one, other)
    if distance is not None:
        return distance > NEXT_DOOR
    if one.geoname_id and other.geoname_id:
        return one.geoname_id != other.geoname_id
    return bool(one.city and other.city) and fold(one.city) != fold(other.city)


def _in_one_city(one: Keys, other: Keys) -> bool:
    """Whether they are known to be of one city."""
    located = (one.city or one.latitude is not None) and (other.city or other.latitude is not None)
    return bool(located) and not _in_two_cities(one, other)


def _figures(keys: Keys) -> set[str]:
    return {word for word in keys.words if word.isdigit()}


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two lists of words are when written one after the other, 0 to 1."""
    return SequenceMatcher(None, "".join(one), "".join(other), autojunk=False).ratio()


def _share_words(one: Keys, other: Keys) -> bool:
    """Whether the own words of one are those of the other, or spelt almost so."""
    mine, theirs = set(one.own_words), set(other.own_words)
    if not mine or not theirs:
        return bool(one.words) and one.words == other.words
    smaller, larger = sorted(sum(map(len, words)) for words in (mine, theirs))
    if (mine <= theirs or theirs <= mine) and smaller > MOST_OF * larger:
        return smaller > 3
    return _alike(one.own_words, other.own_words) >= CLOSE


def _only_spelt_otherwise(one: Keys, other: Keys) -> bool:
    """Whether two long names that are almost equal differ by letters or an acronym, and not by a word more."""
    if min(len(one.key), len(other.key)) < LONG_NAME:
        return False
    if one.words < other.words or other.words < one.words:
        return (one.words ^ other.words) <= (one.capitals | other.capitals)
    return True


def _acronym_meets(one: Keys, other: Keys) -> bool:
    if one.acronyms & other.acronyms:
        return True
    return bool(({one.initials} & other.acronyms) or ({other.initials} & one.acronyms))


def compare(one: Keys, other: Keys, *, crowded: frozenset[str] = frozenset()) -> Resemblance | None:
    """Why two organisations may be one, or None. `crowded`: web sites that too many organisations share to count.

    Rule: of one country, not of two cities, with the same figures in their names. Then any of: the same telling words;
    the same web site; the same acronym, given or made of the initials; in one city, the same own words or almost;
    anywhere, a long name almost equal.
    """
    if not _comparable(one, other):
        return None
    likeness = _alike(sorted(one.words), sorted(other.words))
    reasons = _reasons(one, other, crowded, likeness)
    if not reasons:
        return None
    first, second = sorted((one.pk, other.pk))
    return Resemblance(first, second, reasons, sum(WEIGHTS[reason] for reason in reasons) + likeness)


def _reasons(one: Keys, other: Keys, crowded: frozenset[str], likeness: float) -> tuple[Likeness, ...]:
    same_name = one.key == other.key or _are_one_city(one, other)
    tests = {
        Likeness.NAME: same_name,
        Likeness.DOMAIN: _share_site(one, other, crowded),
        Likeness.ACRONYM: _acronym_meets(one, other),
        Likeness.SPELLING: not same_name and likeness >= NEARLY_EQUAL and _only_spelt_otherwise(one, other),
        Likeness.CITY: not same_name and _in_one_city(one, other) and _share_words(one, other),
    }
    return tuple(reason for reason, holds in tests.items() if holds)


def _are_one_city(one: Keys, other: Keys) -> bool:
    """Whether both names say no more than the same city, each in its language."""
    return one.geoname_id is not None and one.geoname_id == other.geoname_id and one.is_its_city and other.is_its_city


def _comparable(one: Keys, other: Keys) -> bool:
    return one.country == other.country and _figures(one) == _figures(other) and not _in_two_cities(one, other)


def _share_site(one: Keys, other: Keys, crowded: frozenset[str]) -> bool:
    return bool(one.domain) and one.domain == other.domain and not (is_shared_host(one.domain) or one.domain in crowded)


def resembling_pairs(every: Iterable[Keys]) -> list[Resemblance]:
    """The pairs that may be one organisation, the most alike first; only those that share a key are compared."""
    known = list(every)
    crowd = Counter(keys.domain for keys in known)
    crowded = frozenset(domain for domain, holders in crowd.items() if holders > CROWD)
    compared = (compare(one, other, crowded=crowded) for one, other in _neighbours(known))
    alike = [resemblance for resemblance in compared if resemblance is not None]
    return sorted(alike, key=lambda resemblance: (-resemblance.score, resemblance.first, resemblance.second))


def _neighbours(known: Iterable[Keys]) -> Iterator[tuple[Keys, Keys]]:
    """Each two that share a drawer, once."""
    blocks: dict[tuple[str, str], list[Keys]] = defaultdict(list)
    for keys in known:
        for block in _blocks(keys):
            blocks[block].append(keys)
    seen = set()
    for drawer in blocks.values():
        for one, other in combinations(drawer, 2):
            pair = (one.pk, other.pk) if one.pk < other.pk else (other.pk, one.pk)
            if pair not in seen:
                seen.add(pair)
                yield one, other


def _blocks(keys: Keys) -> Iterator[tuple[str, str]]:
    """The drawers an organisation lies in: two that share none are never compared."""
    yield "name", f"{keys.country} {keys.key}"
    if keys.is_its_city:
        yield "city", str(keys.geoname_id)
    if keys.domain:
        yield "domain", keys.domain
    for short in {*keys.acronyms, keys.initials} - {""}:
        yield "acronym", f"{keys.country} {short}"
    for stem in keys.stems:
        yield "stem", f"{keys.country} {stem}"
