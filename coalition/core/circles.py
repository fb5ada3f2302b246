"""Circles of a map of the site: things counted by cell of the atlas, near cells drawn as one, each leading to its list.

A circle stands for a set of cells that an address can name, so that the number drawn is the number listed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, ngettext

from coalition.core.geo import OUTSIDE, UNPLACED, Weight, cluster, fitting_radius
from coalition.core.text import fold

ONE = 3.1
"""Radius, in units, of the circle of one thing where nothing is larger than that allows."""
MOST_LISTED = 20
"""Lines of the list beside the map, the largest ones, before the rest is folded away."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How the cells are cut (letters after their square), how far apart (in units of the frame) cells are drawn as one,
    and the radius of the largest circle.
    """

    letters: int
    reach: float
    most: float


WHOLE = Scale(letters=2, reach=26.0, most=34.0)
CLOSE = Scale(letters=3, reach=11.0, most=20.0)
"""On the whole atlas, and on the part of it that a reader chose."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell holds: how many things in how many cities, its largest city, and the middle of them all."""

    key: str
    count: int
    cities: int
    name: str
    square: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Circle:
    """Near cells drawn as one: named after the largest city of the largest, with how many other cities."""

    name: str
    more: int
    square: str
    count: int
    x: float
    y: float
    cells: tuple[str, ...]


def scale_of(asked: Iterable[str]) -> Scale:
    """The scale for what an address asks of the map: close for a part of the atlas, else whole."""
    return CLOSE if any(value not in (OUTSIDE, UNPLACED) for value in asked) else WHOLE


def circles(cells: Iterable[Cell], scale: Scale) -> list[Circle]:
    """The circles of these cells, the largest first."""
    by_key = {cell.key: cell for cell in cells}
    groups = cluster((Weight(cell.key, cell.x, cell.y, cell.count) for cell in by_key.values()), scale.reach)
    drawn = []
    for group in groups:
        first = by_key[group.places[0].key]
        keys = tuple(sorted(place.key for place in group.places))
        others = sum(by_key[key].cities for key in keys) - 1
        drawn.append(Circle(first.name, others, first.square, group.count, group.x, group.y, keys))
    return sorted(drawn, key=lambda circle: -circle.count)


def drawn(circle: Circle, *, found: str, url: str) -> dict[str, Any]:
    """A circle as the map and its list draw it. `found`: what it holds, in words ("12 organisations")."""
    city, note = circle.name, ""
    if circle.more:
        near = ngettext("%(city)s et %(n)d ville voisine", "%(city)s et %(n)d villes voisines", circle.more)
        city = near % {"city": circle.name, "n": circle.more}
        note = ngettext("ville voisine", "villes voisines", circle.more)
    return {
        "name": circle.name,
        "more": circle.more,
        "note": note,
        "title": _("%(city)s : %(found)s") % {"city": city, "found": found},
        "square": circle.square,
        "count": circle.count,
        "x": circle.x,
        "y": circle.y,
        "url": url,
        "leads_to": url,
    }


def listed(places: list[dict[str, Any]], scale: Scale) -> dict[str, Any]:
    """What the template of a map needs besides its words: circles, the list in two parts, and how they are drawn."""
    largest = max((place["count"] for place in places), default=1)
    return {
        "places": places,
        "index": _by_name(places[:MOST_LISTED]),
        "index_more": _by_name(places[MOST_LISTED:]),
        "map_close": scale is CLOSE,
        "map_one": fitting_radius(largest, ONE, scale.most),
    }


def _by_name(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As an index has them, in alphabetical order."""
    return sorted(places, key=lambda place: fold(place["name"]))


def squares_words(asked: Iterable[str]) -> str:
    """What the part of the map chosen is called: its squares, or what is beside the map."""
    beside = {OUTSIDE: _("Hors de la carte"), UNPLACED: _("Sans lieu indiqué")}
    values = list(asked)
    words = [beside[value] for value in values if value in beside]
    names = sorted({value[:2] for value in values if value not in beside})
    if names:
        words.append(_("Carte : %(squares)s") % {"squares": ", ".join(names)})
    return ", ".join(words)
