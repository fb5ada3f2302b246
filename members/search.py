"""By what an organisation is found: its keys, and what a reader asks of the directory, read from an address and written
back into one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django_countries import countries

from coalition.core.geo import OUTSIDE, UNPLACED, is_cell
from coalition.core.text import one_line
from members.enums import Commitment, DirectorySort, Kind, Resource, Side, Standing
from members.merge import name_key, web_domain

__all__ = ["KNOWN", "PARAMETERS", "Selection", "name_key", "read_selection", "unknown_parameters", "web_domain"]

LONGEST_TEXT = 200
MOST_VALUES = 60

KNOWN: dict[str, Callable[[str], bool]] = {
    "kind": frozenset(Kind.values).__contains__,
    "side": frozenset(Side.values).__contains__,
    "country": lambda code: code in countries.countries,
    "offers": frozenset(Resource.values).__contains__,
    "seeks": frozenset(Resource.values).__contains__,
    "commitment": frozenset(Commitment.values).__contains__,
    "standing": frozenset(Standing.values).__contains__,
    "square": lambda name: name in (OUTSIDE, UNPLACED) or is_cell(name),
}
"""Facets by the name an address gives them, and which values each knows."""
PARAMETERS = frozenset({"q", "sort", *KNOWN})


@dataclass(frozen=True, slots=True)
class Selection:
    """Words, facets (several values of one are alternatives) and order. What nobody knows was dropped."""

    q: str = ""
    kind: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()
    commitment: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    square: tuple[str, ...] = ()
    sort: str = ""

    @property
    def order(self) -> str:
        """The order asked, by name when none is."""
        return self.sort or DirectorySort.NAME

    def of(self, name: str) -> tuple[str, ...]:
        """The values chosen of one facet."""
        values: tuple[str, ...] = getattr(self, name)
        return values

    def without(self, name: str, value: str = "") -> "Selection":
        """The same selection with one filter off, or one value of it."""
        if name not in KNOWN:
            return self._with(name, "")
        return self._with(name, tuple(item for item in self.of(name) if value and item != value))

    def only(self, name: str, *values: str) -> "Selection":
        """The same selection with these values, and no other, of one facet."""
        return self._with(name, values)

    def _with(self, name: str, value: Any) -> "Selection":
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values as an address holds them."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name in KNOWN for value in self.of(name)]
        return [*pairs, ("sort", self.sort)] if self.sort else pairs

    def query(self) -> str:
        """ "?kind=ngo&q=mairie", or "" when there is nothing to say."""
        pairs = self.pairs()
        return f"?{urlencode(pairs)}" if pairs else ""


def _values(query: QueryDict, name: str) -> list[str]:
    return [value.upper() if name == "country" else value for value in query.getlist(name)]


def read_selection(query: QueryDict) -> Selection:
    """The selection an address asks for: known values, each once, at most MOST_VALUES of a facet. Never raises."""
    sort = query.get("sort", "")
    chosen: dict[str, Any] = {
        name: tuple(dict.fromkeys(filter(knows, _values(query, name))))[:MOST_VALUES] for name, knows in KNOWN.items()
    }
    words = one_line(query.get("q", ""))[:LONGEST_TEXT].strip()
    return Selection(q=words, sort=sort if sort in DirectorySort.values else "", **chosen)


def unknown_parameters(query: QueryDict, *, besides: frozenset[str] = frozenset()) -> list[str]:
    """What an address asks that a strict reader (the API) does not offer: names first, then "name=value" pairs."""
    strange = sorted(set(query) - PARAMETERS - besides)
    for name, knows in KNOWN.items():
        strange += [f"{name}={value}" for value in _values(query, name) if not knows(value)]
    return strange + [f"sort={value}" for value in query.getlist("sort") if value not in DirectorySort.values]
