import math

import pytest
from hypothesis import given, strategies as st

from coalition.core.geo import (
    HEIGHT,
    OUTSIDE,
    WIDTH,
    MapPoint,
    Weight,
    cell,
    circle_radius,
    cluster,
    fitting_radius,
    in_frame,
    is_cell,
    project,
    square,
)

# city: latitude, longitude -> x, y in whole units and square, as the design's own drawings have them
CITIES = {
    "Lille": (50.63, 3.06, 229, 106, "C2"),
    "Rennes": (48.11, -1.68, 200, 122, "B2"),
    "Nantes": (47.22, -1.55, 199, 129, "B2"),
    "Brest": (48.39, -4.49, 185, 118, "B2"),
    "Grenoble": (45.19, 5.72, 238, 148, "C2"),
    "Bordeaux": (44.84, -0.58, 201, 148, "C2"),
    "Strasbourg": (48.58, 7.75, 252, 123, "C2"),
    "Marseille": (43.3, 5.37, 234, 162, "C2"),
    "Gand": (51.05, 3.72, 233, 103, "C2"),
    "Bruxelles": (50.85, 4.35, 236, 105, "C2"),
    "Barcelone": (41.39, 2.17, 213, 176, "C2"),
    "Lisbonne": (38.72, -9.14, 140, 189, "B2"),
    "Turin": (45.07, 7.69, 249, 150, "C2"),
    "Hambourg": (53.55, 9.99, 267, 86, "C1"),
    "Tunis": (36.8, 10.18, 261, 214, "C3"),
    "Casablanca": (33.57, -7.59, 142, 230, "B3"),
    "Nouakchott": (18.08, -15.98, 61, 346, "A4"),
    "Dakar": (14.69, -17.44, 47, 372, "A4"),
    "Saint-Louis": (16.02, -16.49, 55, 362, "A4"),
    "Ouagadougou": (12.37, -1.52, 164, 403, "B5"),
    "Bobo-Dioulasso": (11.18, -4.3, 142, 411, "B5"),
    "Abidjan": (5.32, -4.02, 142, 458, "B5"),
    "Lomé": (6.13, 1.22, 183, 454, "B5"),
    "Cotonou": (6.37, 2.43, 193, 452, "B5"),
    "Douala": (4.05, 9.7, 250, 473, "C5"),
    "Kinshasa": (-4.32, 15.3, 294, 539, "C6"),
    "Kigali": (-1.94, 30.06, 412, 518, "E6"),
    "Antananarivo": (-18.88, 47.52, 543, 646, "F7"),
    "Le Cap": (-33.92, 18.42, 317, 764, "D8"),
    "Kampala": (0.32, 32.58, 432, 499, "E5"),
    "Bamako": (12.65, -8, 115, 397, "B4"),
    "Niamey": (13.51, 2.11, 193, 395, "B4"),
}

latitudes = st.floats(-90, 90, allow_nan=False)
longitudes = st.floats(-180, 180, allow_nan=False)


@pytest.mark.parametrize("name", CITIES)
def test_a_city_falls_where_the_design_draws_it(name: str) -> None:
    latitude, longitude, x, y, letter_and_number = CITIES[name]
    point = project(latitude, longitude)
    assert (math.floor(point.x + 0.5), math.floor(point.y + 0.5)) == (x, y)
    assert point.square == letter_and_number


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, 181), (float("nan"), 0), (0, float("inf"))])
def test_what_is_no_place_on_earth_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="not a place"):
        project(latitude, longitude)


@given(latitudes, longitudes)
def test_every_place_on_earth_has_a_point_and_a_square_exactly_when_it_is_in_the_frame(lat: float, lon: float) -> None:
    point = project(lat, lon)
    assert math.isfinite(point.x) and math.isfinite(point.y)
    assert bool(point.square) == in_frame(point)


@pytest.mark.parametrize(("latitude", "longitude"), [(40.7, -74), (35.7, 139.7), (-23.5, -46.6), (-13, -165)])
def test_cities_of_other_continents_stay_outside_the_frame(latitude: float, longitude: float) -> None:
    point = project(latitude, longitude)
    assert not in_frame(point)
    assert square(point) == ""


def test_the_corners_of_the_frame_have_the_corner_squares() -> None:
    assert square(MapPoint(0, 0)) == "A1"
    assert square(MapPoint(WIDTH, HEIGHT)) == "F8"
    assert square(MapPoint(WIDTH + 0.1, 5)) == ""


def test_equal_areas_stay_equal_wherever_they_are() -> None:
    def cell(latitude: float, longitude: float) -> float:
        """Area in the frame of a patch of half a degree by half a degree, over its area on the sphere."""
        corners = [project(latitude + dy, longitude + dx) for dy, dx in ((0, 0), (0, 0.5), (0.5, 0.5), (0.5, 0))]
        turned = corners[1:] + corners[:1]
        drawn = abs(sum(a.x * b.y - b.x * a.y for a, b in zip(corners, turned, strict=True))) / 2
        return drawn / (math.sin(math.radians(latitude + 0.5)) - math.sin(math.radians(latitude)))

    assert cell(60, 10) == pytest.approx(cell(0, 10), rel=0.005)
    assert cell(-30, 45) == pytest.approx(cell(0, 10), rel=0.005)


def test_the_area_of_a_circle_follows_the_number_of_cases() -> None:
    assert circle_radius(4) == pytest.approx(2 * circle_radius(1))
    assert circle_radius(0) == 0
    assert circle_radius(8) == 8.8
    assert circle_radius(3, one=4.2) == 7.3


def test_a_cell_is_a_square_cut_in_four_three_times() -> None:
    assert cell(6.13, 1.22) == "B5dba"  # Lomé stands at 183, 454: 83 and 54 units from the corner of B5
    assert cell(6.37, 2.43) == "B5dbb"  # Cotonou, at 193, 452, is in the next one
    assert cell(45.5, -73.6) == OUTSIDE
    assert cell(None, 1.2) == cell(6.1, None) == cell(float("nan"), 0.0) == cell(95.0, 0.0) == ""


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_place_of_the_frame_has_a_cell_in_its_own_square(latitude: float, longitude: float) -> None:
    found, point = cell(latitude, longitude), project(latitude, longitude)
    if in_frame(point):
        assert is_cell(found)
        assert found.startswith(square(point))
        assert len(found) == 5
    else:
        assert found == OUTSIDE


@pytest.mark.parametrize("text", ["", "G1", "A9", "A0", "C2e", "C2abcd", "c2", "C2 ", "C2\n"])
def test_what_names_no_square_is_no_cell(text: str) -> None:
    assert not is_cell(text)


def test_near_places_join_the_largest_and_the_circle_stands_at_their_weighted_middle() -> None:
    places = [Weight("paris", 0, 0, 9), Weight("evry", 3, 0, 1), Weight("lyon", 40, 0, 5), Weight("rien", 1, 1, 0)]
    paris, lyon = cluster(places, reach=10)
    assert [place.key for place in paris.places] == ["paris", "evry"]
    assert (paris.count, paris.x, paris.y) == (10, 0.3, 0)
    assert (lyon.count, lyon.x) == (5, 40)
    assert cluster([], reach=10) == []


WEIGHTS = st.builds(
    Weight, st.text("abc", min_size=1), st.floats(0, 600), st.floats(0, 800), st.integers(min_value=1, max_value=500)
)


@given(st.lists(WEIGHTS, max_size=40, unique_by=lambda place: place.key), st.floats(0, 100))
def test_clusters_lose_nothing_and_do_not_depend_on_the_order(places: list[Weight], reach: float) -> None:
    groups = cluster(places, reach)
    shuffled = sorted(places, key=lambda place: place.key[::-1])
    assert cluster(shuffled, reach) == groups
    assert sum(group.count for group in groups) == sum(place.count for place in places)
    held = sorted(place.key for group in groups for place in group.places)
    assert held == sorted(place.key for place in places)


def test_the_largest_circle_stays_within_its_measure_and_areas_stay_proportional() -> None:
    one = fitting_radius(400, 3.1, 34)
    assert circle_radius(400, one) == 34
    assert circle_radius(100, one) == 17
    assert fitting_radius(4, 3.1, 34) == fitting_radius(0, 3.1, 34) == 3.1
