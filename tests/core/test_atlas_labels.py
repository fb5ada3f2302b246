from itertools import combinations

from hypothesis import given, settings, strategies as st

from coalition.core.atlas.labels import LETTER_WIDTH, SMALL_MAP, WHOLE_MAP, Circle, Label, place_labels

FRAME = (0.0, 0.0, 600.0, 800.0)


def box(label: Label, size: float) -> tuple[float, float, float, float]:
    width = len(label.text) * size * LETTER_WIDTH
    left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - size * 0.78, left + width, label.y + size * 0.22


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


circles = st.builds(
    Circle,
    name=st.text(alphabet="abcdé-", min_size=3, max_size=14),
    x=st.integers(0, 600),
    y=st.integers(0, 800),
    radius=st.floats(3, 12),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(circles, max_size=40))
def test_names_never_cover_one_another_nor_leave_the_map(cities: list[Circle]) -> None:
    labels = place_labels(cities, FRAME)
    for label in labels:
        left, top, right, bottom = box(label, WHOLE_MAP[1] if label.minor else WHOLE_MAP[0])
        assert left >= 0 and top >= 0 and right <= 600 and bottom <= 800
    for size, shown in (
        (WHOLE_MAP[0], [label for label in labels if not label.minor]),
        (WHOLE_MAP[1], labels),
    ):
        assert not any(overlap(box(a, size), box(b, size)) for a, b in combinations(shown, 2))


def test_the_largest_city_is_named_first() -> None:
    crowd = [Circle(f"Ville {n}", 300 + n, 400, 4 + n) for n in range(12)]
    labels = place_labels(crowd, FRAME, most=1)
    assert [label.text for label in labels] == ["Ville 11"]


def test_of_two_near_cities_the_northern_one_is_not_named_below() -> None:
    north, south = Circle("Rennes", 200, 122, 9), Circle("Nantes", 200, 130, 7)
    places = {label.text: label.y for label in place_labels([north, south], FRAME)}
    assert places["Rennes"] < places["Nantes"]


def test_a_small_map_has_no_minor_names() -> None:
    crowd = [Circle(f"Ville {n}", 200 + 9 * n, 300, 5) for n in range(20)]
    assert not any(label.minor for label in place_labels(crowd, FRAME, SMALL_MAP))


def test_a_map_of_nothing_has_no_names() -> None:
    assert place_labels([], FRAME) == []
