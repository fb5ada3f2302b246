"""What a reader asks of the list of cases, read from an address, and written back into one."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language_info, gettext as _
from django_countries import countries

from cases.enums import FACET_VOCABULARIES, SQUARE, YES, Facet, Sort, Stage
from coalition.core.geo import OUTSIDE, UNPLACED, is_cell
from coalition.core.languages import reader_language
from coalition.core.text import one_line
from members.enums import Kind as OrganisationKind

LONGEST_TEXT = 200
LONGEST_CITY = 120
MOST_VALUES = 60
KEY = re.compile(r"[a-z0-9_-]{1,40}")

KNOWN: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(FACET_VOCABULARIES, KEY.fullmatch),
    Facet.STAGE: frozenset(Stage.values).__contains__,
    Facet.COUNTRY: lambda code: code in countries.countries,
    Facet.ORGANISATION_KIND: frozenset(OrganisationKind.values).__contains__,
    Facet.READ_IN: frozenset(code for code, _name in settings.LANGUAGES).__contains__,
    Facet.HAS_INDICATORS: YES.__eq__,
    Facet.FAILED_OR_STOPPED: YES.__eq__,
    SQUARE: lambda name: name in (OUTSIDE, UNPLACED) or is_cell(name),
}
"""Which values each facet knows; keys of terms only by their form, where the vocabulary was not read."""
FACETS: tuple[str, ...] = (*Facet, SQUARE)
PARAMETERS = frozenset({"q", "city", "sort", *FACETS})
"""The names an address may hold; the API answers 400 to any other."""

Vocabularies = Mapping[str, Collection[str]]
"""Facet -> keys of its terms."""


def in_language(code: str) -> str:
    """« en français », « en anglais »: the language a text is in, said in the reader's."""
    name = str(get_language_info(code)["name_translated"])
    return _("en %(language)s") % {"language": name if reader_language() == "en" else name.lower()}


@dataclass(frozen=True, slots=True)
class Selection:
    """Words, facets, city and order. Several values of one facet are alternatives.

    `facets` holds (name, values) for the facets asked, in the order of FACETS. Values nobody knows were dropped: an
    old or mistyped address still shows a list.
    """

    q: str = ""
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    city: str = ""
    sort: str = ""

    @property
    def order(self) -> str:
        """The order asked; relevance when words are searched and nothing else was asked."""
        if self.sort and (self.sort != Sort.RELEVANCE or self.q):
            return self.sort
        return Sort.RELEVANCE if self.q else Sort.UPDATED

    def of(self, name: str) -> tuple[str, ...]:
        """The values asked of one facet."""
        return dict(self.facets).get(name, ())

    def only(self, name: str, *values: str) -> "Selection":
        """The same selection with these values, and no other, of one facet."""
        asked = {**dict(self.facets), name: values}
        return replace(self, facets=tuple((each, asked[each]) for each in FACETS if asked.get(each)))

    def without(self, name: str, value: str = "") -> "Selection":
        """The same selection with one filter off (`name` as in an address), or one value of it."""
        if name in FACETS:
            return self.only(name, *(item for item in self.of(name) if value and item != value))
        changes: dict[str, Any] = {name: ""}
        return replace(self, **changes)

    def with_city(self, city: str) -> "Selection":
        """The same selection in one city."""
        return replace(self, city=city)

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values as an address holds them."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name, values in self.facets for value in values]
        pairs += [("city", self.city)] if self.city else []
        return [*pairs, ("sort", self.sort)] if self.sort else pairs

    def query(self) -> str:
        """ "?stage=pilot&q=mairie", or "" when there is nothing to say."""
        pairs = self.pairs()
        return f"?{urlencode(pairs)}" if pairs else ""


def asking(**facets: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The `facets` of a selection, written by name: `asking(stage=["pilot"])`."""
    return tuple((name, tuple(facets[name])) for name in FACETS if facets.get(name))


def _words(text: str, longest: int) -> str:
    return one_line(text)[:longest].strip()


def _asked(query: QueryDict, name: str) -> list[str]:
    return [value.upper() if name == Facet.COUNTRY else value for value in query.getlist(name)]


def _knows(name: str, value: str, terms: Vocabularies | None) -> bool:
    if terms is not None and name in FACET_VOCABULARIES:
        return value in terms[name]
    return bool(KNOWN[name](value))


def read_selection(query: QueryDict, *, terms: Vocabularies | None = None) -> Selection:
    """The selection an address asks for. Texts lose control characters and what exceeds their length; never raises.

    `terms`: the keys of the vocabularies by facet, where the caller has them.
    """
    sort = query.get("sort", "")
    facets = {name: dict.fromkeys(v for v in _asked(query, name) if _knows(name, v, terms)) for name in FACETS}
    return Selection(
        q=_words(query.get("q", ""), LONGEST_TEXT),
        facets=tuple((name, tuple(values)[:MOST_VALUES]) for name, values in facets.items() if values),
        city=_words(query.get("city", ""), LONGEST_CITY),
        sort=sort if sort in Sort.values else "",
    )


def unknown_parameters(query: QueryDict, *, terms: Vocabularies, besides: frozenset[str] = frozenset()) -> list[str]:
    """What an address asks that a strict reader (the API) does not offer: names first, then "name=value" pairs.

    `terms`: the keys of the vocabularies by facet.
    """
    strange = sorted(set(query) - PARAMETERS - besides)
    for name in FACETS:
        strange += [f"{name}={value}" for value in _asked(query, name) if not _knows(name, value, terms)]
    return strange + [f"sort={value}" for value in query.getlist("sort") if value not in Sort.values]
