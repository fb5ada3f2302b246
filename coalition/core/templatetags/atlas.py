"""The maps of the site: the whole atlas, a part of it, and the small map of one city.

One page holds the land once: `{% atlas_map %}` draws it with the ids "terre" and "front"; small maps reuse it. A page
that has small maps and no whole one calls `{% atlas_defs %}` once.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import ngettext

from coalition.core.atlas import BORDERS, GRATICULE, LAND
from coalition.core.atlas.labels import PART_OF_MAP, SMALL_MAP, WHOLE_MAP, Circle, Label, place_labels
from coalition.core.geo import HEIGHT, LETTERS, SQUARE, WIDTH, MapPoint, circle_radius, in_frame, project

register = template.Library()

OTHER_RADIUS = 4.0
RULER = 22.0
MINI_SIDE = 110
SMALLEST_VIEW = 270
ROOM = 45


@dataclass(frozen=True)
class Spot:
    """A city as it is drawn: centre (whole units), radius, words for the pointer, ring only when `off`, and
    where it leads ("" nowhere).
    """

    name: str
    x: int
    y: int
    radius: float
    title: str
    off: bool
    url: str


def _get(thing: Any, name: str, default: Any = None) -> Any:
    value = thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)
    return default if value is None or value == "" else value


def map_point(thing: Any) -> MapPoint | None:
    """The place of a mapping or object that has x and y (units of the frame) or latitude and longitude (degrees).

    None when it has neither, when they are no numbers, or when the place falls outside the atlas.
    """
    try:
        x, y = _get(thing, "x"), _get(thing, "y")
        if x is not None and y is not None:
            point = MapPoint(float(x), float(y))
        else:
            point = project(float(_get(thing, "latitude")), float(_get(thing, "longitude")))
    except (TypeError, ValueError):
        return None
    return point if in_frame(point) else None


def _whole(value: float) -> int:
    return math.floor(value + 0.5)


def _spot(thing: Any, one: float) -> Spot | None:
    point = map_point(thing)
    if point is None:
        return None
    name = str(_get(thing, "name") or _get(thing, "city", ""))
    count = int(_get(thing, "count", 1))
    off = bool(_get(thing, "off", False)) or count <= 0
    where = ", ".join(part for part in (name, str(_get(thing, "country_name", ""))) if part)
    words = ngettext("%(place)s : %(n)d cas", "%(place)s : %(n)d cas", count) % {"place": where, "n": count}
    radius = OTHER_RADIUS if off else circle_radius(count, one)
    title, url = str(_get(thing, "title", words)), str(_get(thing, "leads_to", ""))
    return Spot(name, _whole(point.x), _whole(point.y), radius, title, off, url)


def _spots(points: Iterable[Any], one: float) -> list[Spot]:
    """What is drawn: rings first, then circles from the largest to the smallest, so that none hides another."""
    spots = [spot for spot in (_spot(point, one) for point in points) if spot is not None]
    return sorted(spots, key=lambda spot: (not spot.off, -spot.radius, spot.name))


def _line(line: Sequence[Any]) -> dict[str, str] | None:
    start, end = map_point(line[0]), map_point(line[1])
    if start is None or end is None:
        return None
    dx, dy = end.x - start.x, end.y - start.y
    middle_x, middle_y = (start.x + end.x) / 2 + dy * 0.14, (start.y + end.y) / 2 - dx * 0.14
    numbers = [_whole(n) for n in (start.x, start.y, middle_x, middle_y, end.x, end.y)]
    way = "{} {}Q{} {} {} {}".format(*numbers)
    return {"d": f"M{way}", "kind": str(line[2]) if len(line) > 2 else ""}


View = tuple[int, int, int, int]


def _view(spots: Sequence[Spot], fit: bool) -> View:
    """Left, top, width and height of what is shown: the frame, or the part of it that holds the spots."""
    if not fit or not spots:
        return 0, 0, WIDTH, HEIGHT
    left, right = min(s.x for s in spots) - ROOM, max(s.x for s in spots) + ROOM
    top, bottom = min(s.y for s in spots) - ROOM, max(s.y for s in spots) + ROOM
    width, height = max(right - left, SMALLEST_VIEW), max(bottom - top, SMALLEST_VIEW * 2 // 3)
    width, height = min(max(width, height * 2 // 3), WIDTH), min(max(height, width * 2 // 3), HEIGHT)
    x = min(max((left + right - width) // 2, 0), WIDTH - width)
    y = min(max((top + bottom - height) // 2, 0), HEIGHT - height)
    return x, y, width, height


def _labels(spots: Sequence[Spot], view: View, fit: bool, compact: bool) -> list[Label]:
    """Names of the cities meant, inside the view and clear of the letters and numbers of its ruler."""
    circles = [Circle(spot.name, spot.x, spot.y, spot.radius) for spot in spots if not spot.off]
    left, top, width, height = view
    sizes = PART_OF_MAP if fit else SMALL_MAP if compact else WHOLE_MAP
    ruler = 0.0 if fit else RULER
    frame = (left + ruler + 2.0, top + ruler + 2.0, left + width - 4.0, top + height - 4.0)
    return place_labels(circles, frame, sizes)


@register.inclusion_tag("components/atlas_map.html")
def atlas_map(
    points: Iterable[Any] = (),
    lines: Iterable[Sequence[Any]] = (),
    label: str = "",
    caption: str = "",
    fit: bool = False,
    compact: bool = False,
    shared: bool = False,
    one: float = 3.1,
) -> dict[str, Any]:
    """The atlas with its squares, a circle a city and the names of the largest.

    points: mappings or objects with name (or city), country_name, count (1), latitude and longitude (or x and y), off
    (a ring: a city of the network that is not meant here), title (words for the pointer), leads_to (an address
    that the list beside the map has too: circles are for pointers only). Those outside the frame get no circle; their
    list, which every map has beside it, still names them.
    lines: (from, to) or (from, to, "in"): a curve between two points, dashed with "in".
    label: what the map says, for those who do not see it. caption: the line under it.
    fit: only the part that holds the points. compact: the map is drawn small, fewer and larger names.
    shared: another whole map is on the page and holds the land. one: radius of the circle of one case.
    """
    spots = _spots(points, one)
    view = _view(spots, fit)
    return {
        "land": LAND,
        "borders": BORDERS,
        "graticule": GRATICULE,
        "view": "{} {} {} {}".format(*view),
        "fit": fit,
        "compact": compact,
        "shared": shared,
        "columns": [(letter, number * SQUARE, number * SQUARE + 50) for number, letter in enumerate(LETTERS)],
        "ranks": [(number + 1, number * SQUARE, number * SQUARE + 55) for number in range(HEIGHT // SQUARE)],
        "lines": [line for line in map(_line, lines) if line is not None],
        "spots": spots,
        "leading": any(spot.url for spot in spots),
        "labels": _labels(spots, view, fit, compact),
        "label": label,
        "caption": caption,
    }


@register.inclusion_tag("components/atlas_defs.html")
def atlas_defs() -> dict[str, str]:
    """The land and the borders, not drawn, for the small maps of a page that has no whole map. Once a page."""
    return {"land": LAND, "borders": BORDERS}


@register.inclusion_tag("components/mini_map.html")
def mini_map(thing: Any) -> dict[str, Any]:
    """The surroundings of one city, 110 units a side (1,500 km). An empty square when its place is not known.

    Needs `{% atlas_map %}` or `{% atlas_defs %}` on the page.
    """
    point = map_point(thing)
    if point is None:
        return {"side": MINI_SIDE, "x": None}
    x, y = _whole(point.x), _whole(point.y)
    return {"side": MINI_SIDE, "x": x, "y": y, "left": x - MINI_SIDE // 2, "top": y - MINI_SIDE // 2}
