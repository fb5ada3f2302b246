import json
import os
from pathlib import Path

import pytest

from coalition.core import atlas
from coalition.core.atlas.build import area, build, clip, decode_arcs, graticule_path, path, ring_of, stitch

DATA = Path(os.environ.get("COALITION_REAL_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))
WORLD = DATA / "gaz" / "countries-110m.json"


def test_arcs_are_sums_of_steps_scaled_to_degrees() -> None:
    topology = {"transform": {"scale": [0.5, 2], "translate": [10, -10]}, "arcs": [[[2, 1], [2, 3]]]}
    assert decode_arcs(topology) == [[(11.0, -8.0), (12.0, -2.0)]]


def test_an_arc_taken_backwards_closes_a_ring() -> None:
    arcs = [[(0.0, 0.0), (1.0, 0.0)], [(0.0, 0.0), (1.0, 1.0), (1.0, 0.0)]]
    assert ring_of(arcs, [0, ~1]) == [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]


def test_a_shape_is_cut_at_the_frame() -> None:
    cut = clip([(-10.0, -10.0), (10.0, -10.0), (10.0, 10.0), (-10.0, 10.0)], (0, 0, 5, 5))
    assert area(cut) == pytest.approx(25)
    assert clip([], (0, 0, 5, 5)) == []


def test_a_path_is_short_and_drops_points_that_do_not_move() -> None:
    assert path([(1.2, 2.0), (1.4, 2.1), (4.0, 1.0), (0.0, 5.0)], close=True) == "M1 2l3-1-4 4z"
    assert path([(1.0, 1.0), (1.1, 1.1)], close=False) == ""
    assert path([(1.0, 1.0), (3.0, 1.0)], close=False) == "M1 1l2 0"


def test_lines_that_meet_are_joined_and_none_is_lost() -> None:
    a, b, c, d = (0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (1.0, 5.0)
    assert stitch([[a, b], [c, b]]) == [[a, b, c]] or stitch([[a, b], [c, b]]) == [[c, b, a]]
    joined = stitch([[a, b], [b, c], [b, d]])
    assert sum(len(line) - 1 for line in joined) == 3
    assert stitch([[a, b], [b, d, a]])[0][0] in (a, b)


def test_the_drawn_graticule_is_the_one_this_module_draws() -> None:
    assert graticule_path() == atlas.GRATICULE


@pytest.mark.skipif(not WORLD.exists(), reason="the base map (countries-110m.json) is not on this machine")
def test_the_drawn_land_and_borders_are_the_ones_this_module_draws(tmp_path: Path) -> None:
    target = tmp_path / "paths.json"
    paths = build(WORLD, target)
    assert paths["land"] == atlas.LAND
    assert paths["borders"] == atlas.BORDERS
    assert json.loads(target.read_text("utf-8")) == paths
