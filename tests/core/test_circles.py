"""Circles of a map: near cells drawn as one, named after their largest city."""

from coalition.core.circles import CLOSE, MOST_LISTED, WHOLE, Cell, circles, drawn, listed, scale_of, squares_words


def cell(key: str, count: int, x: float, y: float, cities: int = 1) -> Cell:
    return Cell(key, count, cities, key.title(), key[:2], x, y)


def test_near_cells_are_one_circle_named_after_the_largest() -> None:
    far = cell("D4aa", 2, 400, 400)
    found = circles([cell("C2aa", 1, 100, 100), cell("C2ab", 5, 110, 100, cities=2), far], WHOLE)
    assert [(each.name, each.count, each.more, each.cells) for each in found] == [
        ("C2Ab", 6, 2, ("C2aa", "C2ab")),
        ("D4Aa", 2, 0, ("D4aa",)),
    ]
    assert len(circles([cell("C2aa", 1, 100, 100), cell("C2ab", 5, 113, 100)], CLOSE)) == 2


def test_a_part_of_the_atlas_is_drawn_close() -> None:
    assert scale_of(["C2"]) is CLOSE
    assert scale_of(["outside", "unplaced"]) is WHOLE and scale_of([]) is WHOLE


def test_a_circle_says_how_many_cities_it_stands_for() -> None:
    alone, several = (circles([cell("C2aa", 3, 1, 1, cities=n)], WHOLE)[0] for n in (1, 3))
    assert drawn(alone, found="3 cas", url="/x")["title"] == "C2Aa\u00a0: 3 cas"
    assert drawn(several, found="3 cas", url="/x")["title"] == "C2Aa et 2 villes voisines\u00a0: 3 cas"
    assert drawn(several, found="3 cas", url="/x")["leads_to"] == "/x"


def test_the_list_beside_the_map_folds_the_smallest_places() -> None:
    places = [{"name": f"ville {number:02}", "count": 40 - number} for number in range(MOST_LISTED + 2)]
    shown = listed(places, WHOLE)
    assert len(shown["index"]) == MOST_LISTED and len(shown["index_more"]) == 2
    assert not shown["map_close"] and listed([], CLOSE)["map_one"] > 0


def test_the_part_chosen_is_said_in_words() -> None:
    assert squares_words(["D4ab", "C2", "C2a"]) == "Carte\u00a0: C2, D4"
    assert squares_words(["outside", "unplaced"]) == "Hors de la carte, Sans lieu indiqué"
