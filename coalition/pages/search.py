"""What an address asks of the list of events, and what it finds: two queries, whatever the number of events."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.apps import apps
from django.http import QueryDict

from coalition.pages.enums import EventKind, When, Where

FACETS = ("when", "kind", "where", "coalition", "country", "city")
LONGEST_VALUE = 120
MOST_VALUES = 30


class Line(NamedTuple):
    """What is known of each public event to count and sort it."""

    pk: int
    kind: str
    coalition: int | None
    country: str
    city: str
    geoname_id: int | None
    online_url: str
    starts_at: datetime
    ends_at: datetime

    def values(self, facet: str, now: datetime) -> tuple[str, ...]:
        """What this event is, for one facet."""
        if facet == "when":
            return (When.PAST if self.ends_at <= now else When.COMING,)
        if facet == "where":
            both = ((Where.PLACE, self.city), (Where.ONLINE, self.online_url))
            return tuple(value for value, there in both if there)
        found = str(getattr(self, facet) or "")
        return (found,) if found else ()


@dataclass(frozen=True, slots=True)
class EventSelection:
    """The filters of an address, each a tuple of values; several values of one facet are alternatives."""

    when: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    coalition: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    city: tuple[str, ...] = ()

    def of(self, facet: str) -> tuple[str, ...]:
        """The values chosen of one facet."""
        values: tuple[str, ...] = getattr(self, facet)
        return values

    def pairs(self) -> list[tuple[str, str]]:
        """As the address holds them."""
        return [(facet, value) for facet in FACETS for value in self.of(facet)]

    def query(self) -> str:
        """With its question mark; "" for everything."""
        return f"?{urlencode(self.pairs())}" if self.pairs() else ""

    def without(self, facet: str, value: str = "") -> "EventSelection":
        """Less one value, or less the whole facet."""
        kept = tuple(one for one in self.of(facet) if value and one != value)
        return replace(self, **{facet: kept})

    def takes(self, line: Line, now: datetime, besides: str = "") -> bool:
        """Whether the event answers every facet, but for `besides`."""
        return all(
            set(self.of(facet)) & set(line.values(facet, now))
            for facet in FACETS
            if facet != besides and self.of(facet)
        )


KNOWN = {"when": When.values, "kind": EventKind.values, "where": Where.values}


def read_event_selection(query: QueryDict) -> EventSelection:
    """The filters an address holds; values that cannot be are left out."""
    return EventSelection(**{facet: _values(facet, query.getlist(facet)) for facet in FACETS})


def _values(facet: str, asked: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(value.strip() for value in asked)
    return tuple(value for value in found if _may_be(facet, value))[:MOST_VALUES]


def _may_be(facet: str, value: str) -> bool:
    """Whether a value of this facet can look like this."""
    if facet in KNOWN:
        return value in KNOWN[facet]
    if facet == "coalition":
        return value.isascii() and value.isdigit() and len(value) < 10
    return 0 < len(value) <= LONGEST_VALUE and "\x00" not in value


@dataclass(frozen=True, slots=True)
class Found:
    """The events found, in order (to come first, then past ones, the last first); counts of each facet's values."""

    total: int
    keys: list[int]
    facets: dict[str, Counter[str]]
    cities: dict[str, int | None]


def find_events(selection: EventSelection, now: datetime) -> Found:
    """Which public events answer, and how many each value of each facet would give. One query."""
    columns = ("kind", "coalition__number", "country", "city", "geoname_id", "online_url", "starts_at", "ends_at")
    rows = apps.get_model("pages", "Event").objects.public().order_by("starts_at", "pk").values_list("pk", *columns)
    lines = [Line(*row) for row in rows]
    return Found(
        total=len(lines),
        keys=_in_order([line for line in lines if selection.takes(line, now)], now),
        facets={facet: _counted(lines, selection, facet, now) for facet in FACETS},
        cities={line.city: line.geoname_id for line in lines if line.city},
    )


def _in_order(lines: list[Line], now: datetime) -> list[int]:
    """Those to come, the first to begin first; then the past ones, the last first."""
    coming = [line.pk for line in lines if line.ends_at > now]
    return coming + [line.pk for line in reversed(lines) if line.ends_at <= now]


def _counted(lines: list[Line], selection: EventSelection, facet: str, now: datetime) -> Counter[str]:
    """What each value of the facet would give beside the other facets."""
    return Counter(value for line in lines if selection.takes(line, now, facet) for value in line.values(facet, now))


def read_in_order(keys: list[int]) -> list[Any]:
    """These events, with who holds them, in the order of the keys. One query."""
    rows = {one.pk: one for one in apps.get_model("pages", "Event").objects.whole().filter(pk__in=keys)}
    return [rows[key] for key in keys if key in rows]
