"""Draw the base of the atlas from world-atlas, and write it to `paths.json`.

    python -m coalition.core.atlas.build countries-110m.json

The file is TopoJSON: https://github.com/topojson/world-atlas 2.0.2 (ISC), made from Natural Earth 4.1.0 at 1:110m
(public domain, naturalearthdata.com). Needed only when the frame or the projection of `core.geo` changes.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from coalition.core.geo import HEIGHT, WIDTH, project

Place = tuple[float, float]
Ring = list[Place]

MARGIN = 6
BOUNDS = (-MARGIN, -MARGIN, WIDTH + MARGIN, HEIGHT + MARGIN)
SMALLEST = 6.0
"""Islands under this many square units (about 1,200 km²) are not drawn."""
CREDIT = "Natural Earth 4.1.0, 1:110m, public domain, via world-atlas 2.0.2"


def decode_arcs(topology: dict[str, Any]) -> list[Ring]:
    """The arcs of a quantized TopoJSON file as lists of (longitude, latitude) in degrees."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(arc)
    return arcs


def ring_of(arcs: list[Ring], indexes: Iterable[int]) -> Ring:
    """Stitch arcs end to end; a negative index (ones' complement) is an arc taken backwards."""
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc if not ring else arc[1:])
    return ring


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry, each a list of rings, each a list of arc indexes."""
    if geometry["type"] == "GeometryCollection":
        return [polygon for part in geometry["geometries"] for polygon in polygons(part)]
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else list(geometry.get("arcs", []))


def place(degrees: Place) -> Place:
    """(longitude, latitude) -> (x, y) in the frame."""
    point = project(max(-90.0, min(90.0, degrees[1])), max(-180.0, min(180.0, degrees[0])))
    return point.x, point.y


def clip(ring: Ring, bounds: Sequence[float] = BOUNDS) -> Ring:
    """Cut a ring to a rectangle (Sutherland and Hodgman, 1974)."""
    for axis, value, side in ((0, bounds[0], 1), (0, bounds[2], -1), (1, bounds[1], 1), (1, bounds[3], -1)):
        kept: Ring = []
        for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
            here_in, there_in = (here[axis] - value) * side >= 0, (there[axis] - value) * side >= 0
            if here_in:
                kept.append(here)
            if here_in != there_in:
                share = (value - here[axis]) / (there[axis] - here[axis])
                kept.append((here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])))
        ring = kept
    return ring


def area(ring: Ring) -> float:
    """Area of a ring in square units."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def path(points: Iterable[Place], close: bool) -> str:
    """SVG path data in whole units, relative, as short as it can be; "" when nothing is left to draw."""
    whole = [(_whole(x), _whole(y)) for x, y in points]
    kept = [here for here, before in zip(whole, [None, *whole], strict=False) if here != before]
    if len(kept) < (3 if close else 2):
        return ""
    steps = [(here[0] - before[0], here[1] - before[1]) for before, here in pairwise(kept)]
    data = "".join(f"{_signed(dx)}{_signed(dy)}" for dx, dy in steps).removeprefix(" ")
    return f"M{kept[0][0]} {kept[0][1]}l{data}{'z' if close else ''}"


def _signed(value: int) -> str:
    """A number that needs no space before it when it starts with a minus."""
    return str(value) if value < 0 else f" {value}"


def _whole(value: float) -> int:
    return int((value + 0.5) // 1)


def land_path(topology: dict[str, Any], arcs: list[Ring]) -> str:
    """Coasts, clipped to the frame, small islands left out."""
    data = ""
    for polygon in polygons(topology["objects"]["land"]):
        for indexes in polygon:
            cut = clip(_near(ring_of(arcs, indexes)[:-1]))
            if len(cut) > 2 and area(cut) >= SMALLEST:
                data += path(cut, close=True)
    return data


def _near(ring: Ring) -> Ring:
    """The places of a ring, projected, without those too far away to be projected well; nothing for a far ring."""
    if not any(-60 < lon < 95 and -60 < lat < 80 for lon, lat in ring):
        return []
    return [place((lon, lat)) for lon, lat in ring if -80 < lon < 110 and -65 < lat < 82]


def borders_path(topology: dict[str, Any], arcs: list[Ring]) -> str:
    """Lines two countries share: the arcs that belong to two geometries."""
    owners: dict[int, set[int]] = {}
    for number, geometry in enumerate(topology["objects"]["countries"]["geometries"]):
        for polygon in polygons(geometry):
            for indexes in polygon:
                for index in indexes:
                    owners.setdefault(index if index >= 0 else ~index, set()).add(number)
    shared = [arcs[index] for index, numbers in sorted(owners.items()) if len(numbers) > 1]
    return "".join(_open_line(line) for line in stitch(shared))


def stitch(lines: list[Ring]) -> list[Ring]:
    """Join lines that meet at an end, so that fewer of them have to be started; the drawing is the same."""
    joined: dict[Place, Ring] = {}  # both ends of each open line -> the line
    done: list[Ring] = []
    for line in lines:
        for _end in range(2):
            other = joined.pop(line[0], None)
            if other is not None:
                joined.pop(other[0], None)
                joined.pop(other[-1], None)
                line = (other if other[-1] == line[0] else other[::-1]) + line[1:]
            line = line[::-1]
        if line[0] == line[-1]:
            done.append(line)
        else:
            joined[line[0]] = joined[line[-1]] = line
    return done + list({id(line): line for line in joined.values()}.values())


def _open_line(arc: Ring) -> str:
    data = ""
    run: Ring = []
    for degrees in arc:
        x, y = place(degrees)
        near = -40 <= degrees[0] <= 80 and -50 <= degrees[1] <= 75
        if near and BOUNDS[0] <= x <= BOUNDS[2] and BOUNDS[1] <= y <= BOUNDS[3]:
            run.append((x, y))
        else:
            data += path([*run, (x, y)] if near and run else run, close=False)
            run = []
    return data + path(run, close=False)


def graticule_path() -> str:
    """Meridians and parallels every fifteen degrees."""
    lines = [[(float(lon), float(lat)) for lon in range(-40, 81, 6)] for lat in range(-30, 61, 15)]
    lines += [[(float(lon), float(lat)) for lat in range(-45, 67, 6)] for lon in range(-30, 61, 15)]
    return "".join(path(map(place, line), close=False) for line in lines)


def build(source: Path, target: Path) -> dict[str, str]:
    """Read a countries-110m.json, write the paths beside this module, and return them."""
    topology = json.loads(source.read_text("utf-8"))
    arcs = decode_arcs(topology)
    paths = {
        "credit": CREDIT,
        "land": land_path(topology, arcs),
        "borders": borders_path(topology, arcs),
        "graticule": graticule_path(),
    }
    target.write_text(json.dumps(paths, indent=1) + "\n", "utf-8")
    return paths


if __name__ == "__main__":
    for name, data in build(Path(sys.argv[1]), Path(__file__).with_name("paths.json")).items():
        sys.stdout.write(f"{name}: {len(data)} characters\n")
