"""Where a city falls on the atlas, and which square it stands in.

The atlas shows Europe and Africa in a frame of 600 by 800 units (x to the right, y downwards). The projection is
Lambert's azimuthal equal-area (Snyder, "Map Projections: A Working Manual", USGS 1395, 1987, eq. 24-2 to 24-4) centred
on 13° N, 15° E: one unit of surface is the same number of square kilometres everywhere, so that no continent is made
to look small. Squares of 100 units are lettered A to F eastwards and numbered 1 to 8 southwards.
"""

import math
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
