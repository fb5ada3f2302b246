"""Where a city falls on the atlas, and which square it stands in.

The atlas shows Europe and Africa in a frame of 600 by 800 units (x to the right, y downwards). The projection is
Lambert's azimuthal equal-area (Snyder, "Map Projections: A Working Manual", USGS 1395, 1987, eq. 24-2 to 24-4) centred
on 13° N, 15° E: one unit of surface is the same number of square kilometres everywhere, so that no continent is made
to look small. Squares of 100 units are lettered A to F eastwards and numbered 1 to 8 southwards.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

WIDTH = 600
HEIGHT = 800
SQUARE = 100
SCALE = 455.0
"""Units of the frame for one radius of the sphere (6,371 km): one unit is 14 km."""
ORIGIN_X = 292.0
ORIGIN_Y = 402.0
CENTRE_LATITUDE = math.radians(13)
CENTRE_LONGITUDE = math.radians(15)
LETTERS = "ABCDEF"
CELL_LETTERS = 3
OUTSIDE = "outside"
UNPLACED = "unplaced"
"""How one asks for what has no cell: places beside the atlas, and places not known."""
CELL = re.compile(rf"[{LETTERS}][1-8][a-d]{{0,{CELL_LETTERS}}}")


class MapPoint(NamedTuple):
    """A place in the frame of the atlas, in its units; it may fall outside."""

    x: float
    y: float

    @property
    def square(self) -> str:
        """The square of the place, "B5"; "" outside the frame."""
        return square(self)


def project(latitude: float, longitude: float) -> MapPoint:
    """Degrees (north and east positive) -> units of the frame.

    Raises ValueError when a coordinate is not a number of degrees of this planet. The antipode of the centre, which
    is a whole circle in this projection, is one point of that circle, far outside the frame.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"not a place on Earth: {latitude}, {longitude}")
    phi, theta = math.radians(latitude), math.radians(longitude) - CENTRE_LONGITUDE
    sin_centre, cos_centre = math.sin(CENTRE_LATITUDE), math.cos(CENTRE_LATITUDE)
    nearness = 1 + sin_centre * math.sin(phi) + cos_centre * math.cos(phi) * math.cos(theta)
    if nearness < 1e-9:
        return MapPoint(ORIGIN_X + 2 * SCALE, ORIGIN_Y)
    k = math.sqrt(2 / nearness)
    east = k * math.cos(phi) * math.sin(theta)
    north = k * (cos_centre * math.sin(phi) - sin_centre * math.cos(phi) * math.cos(theta))
    return MapPoint(ORIGIN_X + east * SCALE, ORIGIN_Y - north * SCALE)


def in_frame(point: MapPoint) -> bool:
    """Whether the place can be drawn on the atlas."""
    return 0 <= point.x <= WIDTH and 0 <= point.y <= HEIGHT


def square(point: MapPoint) -> str:
    """The letter and number of the square a place stands in ("B5"), or "" outside the frame."""
    if not in_frame(point):
        return ""
    column = min(int(point.x // SQUARE), WIDTH // SQUARE - 1)
    row = min(int(point.y // SQUARE), HEIGHT // SQUARE - 1)
    return f"{LETTERS[column]}{row + 1}"


def circle_radius(count: int, one: float = 3.1) -> float:
    """Radius in units of the circle of a city with `count` cases; `one` is the radius for one case.

    The area, not the radius, is proportional to the count. Rounded to a tenth; 0 for no case.
    """
    return round(one * math.sqrt(max(count, 0)), 1)


def cell(latitude: float | None, longitude: float | None) -> str:
    """Where a place is kept for counting: its square cut in four, CELL_LETTERS times ("C2abd": 12.5 units, 175 km).

    Quarters are a b above, c d below. The beginning of a cell is a larger one that holds it. OUTSIDE for a place beside
    the atlas, "" for one that is not known or not on Earth.
    """
    if latitude is None or longitude is None:
        return ""
    try:
        point = project(latitude, longitude)
    except ValueError:
        return ""
    if not in_frame(point):
        return OUTSIDE
    letters = ""
    for cut in range(1, CELL_LETTERS + 1):
        side = SQUARE / 2**cut
        column, row = (
            min(int(point.x // side), int(WIDTH // side) - 1),
            min(int(point.y // side), int(HEIGHT // side) - 1),
        )
        letters += "abcd"[2 * (row % 2) + column % 2]
    return square(point) + letters


def is_cell(text: str) -> bool:
    """Whether a text names a square of the atlas or a part of one ("C2", "C2a", "C2abd")."""
    return CELL.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Weight:
    """So many things at one place; `key` names it."""

    key: str
    x: float
    y: float
    count: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Near places drawn as one circle, the largest first; `x` and `y` are their mean, weighted by their counts."""

    places: tuple[Weight, ...]

    @property
    def count(self) -> int:
        return sum(place.count for place in self.places)

    @property
    def x(self) -> float:
        return sum(place.x * place.count for place in self.places) / self.count

    @property
    def y(self) -> float:
        return sum(place.y * place.count for place in self.places) / self.count


def cluster(places: Iterable[Weight], reach: float) -> list[Cluster]:
    """Places in groups: each place joins the largest one within `reach` units that joined no other.

    Greedy, from the largest count down (by key where counts are equal), so that the same places always make the same
    groups, whatever their order; every place is in one group. Places that count nothing are left out.
    """
    free = sorted((place for place in places if place.count > 0), key=lambda place: (-place.count, place.key))
    groups = []
    while free:
        seed = free[0]
        near = [place for place in free if math.hypot(place.x - seed.x, place.y - seed.y) <= reach]
        taken = {id(place) for place in near}
        free = [place for place in free if id(place) not in taken]
        groups.append(Cluster(tuple(near)))
    return groups


def fitting_radius(largest: int, one: float, most: float) -> float:
    """The radius of the circle of one, at most `one`, with which the circle of `largest` stays within `most` units."""
    return min(one, most / math.sqrt(max(largest, 1)))
