"""Where to write the names of cities on a map so that no name covers another."""

from collections.abc import Sequence
from dataclasses import dataclass

LETTER_WIDTH = 0.6
"""Mean width of a bold letter of the interface's sans-serif, in em."""
ASCENT, DESCENT = 0.78, 0.22
GAP = 4.0
MOST_HITS = 2
NEAR = 16.0
WHOLE_MAP = (22.0, 15.0)
"""Height of the letters in units of the frame, on a narrow and on a wide screen (.m-t text in atlas.css)."""
SMALL_MAP = (22.0,)
PART_OF_MAP = (14.0,)


@dataclass(frozen=True)
class Circle:
    """A city to name: where it is, how large its circle is, in units of the frame."""

    name: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Label:
    """A name and where it is written. `minor` names are left out on narrow screens, where letters are larger."""

    text: str
    x: int
    y: int
    anchor: str
    minor: bool


Box = tuple[float, float, float, float]


def place_labels(
    circles: Sequence[Circle], frame: Box, sizes: Sequence[float] = WHOLE_MAP, most: int = 20
) -> list[Label]:
    """Names for the largest circles, at most `most`, inside `frame` (left, top, right, bottom).

    Greedy, largest first: names that fit with the largest letters of `sizes` (those of a narrow screen), then names
    that fit only with the next ones (minor). A name never covers another name; it covers at most two other circles, and
    takes of its eight places the one that covers fewest.
    """
    ordered = sorted(circles, key=lambda circle: (-circle.radius, circle.name))
    placed: list[tuple[Label, Circle]] = []
    for size in sizes:
        for circle in ordered:
            if len(placed) >= most:
                break
            if any(known is circle for _label, known in placed):
                continue
            taken = [_box(label, size) for label, _known in placed]
            best = _best_label(circle, ordered, taken, frame, size, size != sizes[0])
            if best is not None:
                placed.append((best, circle))
    return [label for label, _circle in placed]


def _best_label(
    circle: Circle, circles: Sequence[Circle], taken: Sequence[Box], frame: Box, size: float, minor: bool
) -> Label | None:
    best, fewest = None, MOST_HITS + 1
    others = _within_reach(circle, circles, size)
    for label in _candidates(circle, size, minor):
        box = _box(label, size)
        if not _inside(box, frame) or any(_overlap(box, other) for other in taken):
            continue
        hits = sum(_covers(box, other) + _contradicts(label, circle, other) for other in others)
        if hits < fewest:
            best, fewest = label, hits
    return best


def _within_reach(circle: Circle, circles: Sequence[Circle], size: float) -> list[Circle]:
    """The other circles that a name of this one may touch, wherever it is written."""
    down = max(circle.radius + GAP + 2 * size, NEAR)
    aside = max(circle.radius + GAP + len(circle.name) * size * LETTER_WIDTH, NEAR)
    return [
        other
        for other in circles
        if abs(other.y - circle.y) <= down + other.radius
        and abs(other.x - circle.x) <= aside + other.radius
        and other is not circle
    ]


def _candidates(circle: Circle, size: float, minor: bool) -> list[Label]:
    side, up, down = circle.radius + GAP, -circle.radius - GAP, circle.radius + GAP + size * ASCENT
    near = circle.radius * 0.7 + 2
    places = (
        (side, 5.0, "start"),
        (-side, 5.0, "end"),
        (near, up + 2, "start"),
        (near, down - 2, "start"),
        (-near, up + 2, "end"),
        (-near, down - 2, "end"),
        (0.0, up, "middle"),
        (0.0, down, "middle"),
    )
    return [Label(circle.name, round(circle.x + dx), round(circle.y + dy), anchor, minor) for dx, dy, anchor in places]


def _box(label: Label, size: float) -> Box:
    width = len(label.text) * size * LETTER_WIDTH
    left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - size * ASCENT, left + width, label.y + size * DESCENT


def _inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _contradicts(label: Label, circle: Circle, other: Circle) -> bool:
    """A name written above a city whose near neighbour is above would read as the neighbour's name; below, the same."""
    above, near = label.y - circle.y - 5, abs(other.x - circle.x) < NEAR and abs(other.y - circle.y) < NEAR
    return near and above * (other.y - circle.y) > 0


def _covers(box: Box, circle: Circle) -> bool:
    dx = max(box[0] - circle.x, 0.0, circle.x - box[2])
    dy = max(box[1] - circle.y, 0.0, circle.y - box[3])
    return dx * dx + dy * dy < circle.radius * circle.radius
