"""What a reader asks of the board, read from an address and written back into one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django_countries import countries

from coalition.challenges.enums import Instrument, Phase, Sought
from coalition.core.text import has_hidden_characters, one_line
from coalition.core.vocabularies import is_key

LONGEST_TEXT = 200
MOST_VALUES = 60


def _is_city(value: str) -> bool:
    """ "TG:Lomé": a country we know, then a name."""
    country, colon, name = value.partition(":")
    return (
        bool(colon and name) and country in countries.countries and len(name) <= 120 and not has_hidden_characters(name)
    )


KNOWN: dict[str, Callable[[str], bool]] = {
    "phase": frozenset(Phase.values).__contains__,
    "theme": is_key,
    "sought": frozenset(Sought.values).__contains__,
    "instrument": frozenset(Instrument.values).__contains__,
    "country": lambda code: code in countries.countries,
    "city": _is_city,
}
"""Facets by the name an address gives them, and which values each takes."""
PARAMETERS = frozenset({"q", *KNOWN})


@dataclass(frozen=True, slots=True)
class Selection:
    """Words and facets; several values of one facet are alternatives. What nobody knows was dropped."""

    q: str = ""
    phase: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    city: tuple[str, ...] = ()

    def of(self, name: str) -> tuple[str, ...]:
        """The values chosen of one facet."""
        values: tuple[str, ...] = getattr(self, name)
        return values

    def without(self, name: str, value: str = "") -> "Selection":
        """The same selection with one filter off, or one value of it."""
        changes: dict[str, Any] = {name: ""}
        if name != "q":
            changes = {name: tuple(item for item in self.of(name) if value and item != value)}
        return replace(self, **changes)

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values as an address holds them."""
        words = [("q", self.q)] if self.q else []
        return [*words, *((name, value) for name in KNOWN for value in self.of(name))]

    def query(self) -> str:
        """ "?sought=data&q=eau", or "" when there is nothing to say."""
        pairs = self.pairs()
        return f"?{urlencode(pairs)}" if pairs else ""


def read_selection(query: QueryDict) -> Selection:
    """The selection an address asks for: known values, each once, at most MOST_VALUES of a facet. Never raises."""
    chosen: dict[str, Any] = {
        name: tuple(dict.fromkeys(filter(knows, query.getlist(name))))[:MOST_VALUES] for name, knows in KNOWN.items()
    }
    return Selection(q=one_line(query.get("q", ""))[:LONGEST_TEXT].strip(), **chosen)


def unknown_parameters(query: QueryDict, *, besides: frozenset[str] = frozenset()) -> list[str]:
    """What an address asks that a strict reader (the API) does not offer: names first, then "name=value" pairs."""
    strange = sorted(set(query) - PARAMETERS - besides)
    for name, knows in KNOWN.items():
        strange += [f"{name}={value}" for value in query.getlist(name) if not knows(value)]
    return strange
