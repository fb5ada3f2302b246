import re
from types import SimpleNamespace

import brotli
import pytest
from django.template.loader import render_to_string
from django.utils import translation

from coalition.core.templatetags.atlas import atlas_defs, atlas_map, map_point, mini_map

LOME = {"name": "Lomé", "country_name": "Togo", "latitude": 6.13, "longitude": 1.22, "count": 6}
RENNES = {"name": "Rennes", "country_name": "France", "latitude": 48.11, "longitude": -1.68, "count": 1}
LIMA = {"name": "Lima", "country_name": "Pérou", "latitude": -12.05, "longitude": -77.04, "count": 2}


def draw(*points: object, **options: object) -> str:
    with translation.override("fr"):
        return render_to_string("components/atlas_map.html", atlas_map(points=points, label="Carte", **options))


def test_a_place_is_read_from_degrees_or_from_the_frame() -> None:
    point = map_point(LOME)
    assert point is not None and point.square == "B5"
    assert map_point(SimpleNamespace(x=183, y=454, latitude=None)) == (183, 454)


@pytest.mark.parametrize(
    "thing", [LIMA, {}, {"latitude": "", "longitude": ""}, {"x": "a", "y": 2}, {"latitude": 99, "longitude": 0}]
)
def test_a_place_that_cannot_be_drawn_is_nowhere(thing: object) -> None:
    assert map_point(thing) is None


def test_each_city_of_the_frame_has_a_circle_and_the_others_none() -> None:
    html = draw(LOME, RENNES, LIMA)
    assert html.count("<circle") == 2
    assert "<title>Lomé, Togo\u00a0: 6 cas</title>" in html
    assert "Lima" not in html


def test_the_map_says_what_it_shows_and_holds_the_land_once() -> None:
    html = draw(LOME)
    assert 'role="img" aria-label="Carte"' in html
    assert html.count('id="terre"') == 1
    assert 'id="terre"' not in draw(LOME, shared=True)


def test_squares_are_lettered_and_numbered() -> None:
    html = draw(LOME)
    for mark in "ABCDEF12345678":
        assert f">{mark}</text>" in html


def test_a_city_without_cases_is_a_ring() -> None:
    assert 'class="off"' in draw({**LOME, "count": 0})
    assert 'class="off"' in draw({**LOME, "off": True})


def test_a_line_joins_two_cities_and_a_city_outside_has_none() -> None:
    html = draw(LOME, RENNES, lines=[(LOME, RENNES), (RENNES, LOME, "in"), (LOME, LIMA)])
    assert len(re.findall(r'class="m-w', html)) == 2
    assert 'class="m-w in"' in html


def test_a_part_of_the_map_holds_its_points_and_stays_in_the_frame() -> None:
    html = draw(LOME, RENNES, fit=True)
    box = re.search(r'viewBox="(\d+) (\d+) (\d+) (\d+)"', html)
    assert box is not None
    left, top, width, height = map(int, box.groups())
    for x, y in re.findall(r'cx="(\d+)" cy="(\d+)"', html):
        assert left <= int(x) <= left + width
        assert top <= int(y) <= top + height
    assert left + width <= 600 and top + height <= 800


def test_a_map_of_nothing_is_the_whole_frame() -> None:
    assert 'viewBox="0 0 600 800"' in draw(fit=True)


def test_a_small_map_is_centred_on_its_city_and_reuses_the_land() -> None:
    html = render_to_string("components/mini_map.html", mini_map(LOME))
    assert 'viewBox="128 399 110 110"' in html
    assert '<use href="#terre"' in html


def test_a_case_without_a_place_keeps_an_empty_square() -> None:
    assert "<use" not in render_to_string("components/mini_map.html", mini_map({"city": ""}))


def test_figures_in_the_drawing_keep_their_point_in_french() -> None:
    assert 'r="8.2"' in draw({**LOME, "count": 7})


def test_the_land_costs_a_page_less_than_five_kilobytes() -> None:
    html = render_to_string("components/atlas_defs.html", atlas_defs())
    assert len(brotli.compress(html.encode())) < 5_000
    assert len(brotli.compress(draw(LOME, RENNES).encode())) < 6_000
