"""Every address of the site, and the line of doors.csv it answers to."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.matrix import FOLDER, Key
from tests.world import World

HOLE = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Door:
    """One address pattern as the resolver knows it."""

    route: str
    name: str

    @property
    def is_plain(self) -> bool:
        """Written with path(), so that an address can be made from it."""
        return not re.search(r"[\^$()\\]", self.route)


@dataclass(frozen=True)
class Line:
    """A line of doors.csv: a name, a prefix of names ending in *, or a prefix of addresses beginning with /."""

    door: str
    methods: frozenset[str]
    row: Key

    def fits(self, door: Door) -> int:
        """How well: 0 not at all, more for a longer match; an exact name beats any prefix."""
        if self.door == door.name:
            return 1_000
        if self.door.startswith("/"):
            return len(self.door) if f"/{door.route}".startswith(self.door) else 0
        prefix = self.door.removesuffix("*")
        return len(prefix) if self.door.endswith("*") and door.name.startswith(prefix) else 0


def _walk(patterns: Any, before: str, spaces: tuple[str, ...]) -> Iterator[Door]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from _walk(pattern.url_patterns, route, (*spaces, *space))
        elif isinstance(pattern, URLPattern):
            name = pattern.name or getattr(pattern.callback, "__name__", "")
            yield Door(route, ":".join((*spaces, name)))


@cache
def doors() -> tuple[Door, ...]:
    """Every address pattern, in French."""
    return tuple(_walk(get_resolver().url_patterns, "", ()))


@cache
def lines() -> tuple[Line, ...]:
    """doors.csv."""
    with (FOLDER / "doors.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Line(one["door"], frozenset(one["methods"].split()), (one["object"], one["state"], one["action"]))
            for one in csv.DictReader(file)
        )


def line_of(door: Door) -> Line | None:
    """The line that fits best."""
    best = max(lines(), key=lambda line: line.fits(door))
    return best if best.fits(door) else None


def address_of(door: Door, world: World) -> str | None:
    """An address of this pattern that leads to something in the world; None for a pattern written as an expression."""
    if not door.is_plain:
        return None
    known = {
        "slug": world.organisations["own"].slug,
        "key": "preuve",
        "kind": "odt",
        "number": "1",
        "old": "1",
        "new": "2",
        "token": world.secrets["awaiting"],
    }
    if door.name.startswith("cosponsorship"):
        known["pk"] = str(world.acts["submitted"].pk)
    if door.name.startswith("version_draft"):
        known["pk"] = str(world.drafts["ready"].pk)
    if door.name in ("amendment_draft", "amendment_coauthors"):
        known["pk"] = str(world.amendments["draft_member_own"].pk)
    if door.name == "event" or door.name.startswith(("event_", "api_event")):
        known["slug"] = world.events["published"].slug
    if door.name in ("discussion", "discussion_feed", "comment_new", "remark_new", "api_comments"):
        known |= {"kind": "article", "key": "charte.preuve"}
    if door.name == "comment" or door.name.startswith(("comment_", "api_comment")):
        known["pk"] = str(world.said["visible_member_own"].pk)
    page = str(world.cases["published"].pk)

    def fill(hole: re.Match[str]) -> str:
        return known.get(hole["name"], "x" if hole["kind"] in (None, "str", "slug", "path") else page)

    return "/" + HOLE.sub(fill, door.route)
