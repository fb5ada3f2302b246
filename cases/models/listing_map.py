"""The map of the list of cases: near cities in one circle, which leads to their list, and what stands beside the map.

The index counts by place (`Answer.place_counts`); one query, for the lines between a case and those that redo it.
"""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django_countries import countries

from cases.enums import SQUARE, Facet
from cases.models.reproductions import lines_among
from cases.querysets.answers import Answer
from cases.querysets.bitmaps import Place, Spot
from cases.search import Selection
from coalition.core.circles import Cell, Circle, circles, drawn, listed, scale_of
from coalition.core.gazetteer import city_name
from coalition.core.geo import OUTSIDE, UNPLACED
from coalition.core.languages import reader_language

MOST_COUNTRIES = 6
"""Lines of the list of countries beside the map, before the rest is folded away."""

Counted = list[tuple[Place, Spot, int]]


def map_context(answer: Answer) -> dict[str, Any]:
    """Circles, their list, and what is beside the map, for the cases found."""
    selection = answer.selection
    scale = scale_of(selection.of(SQUARE))
    by_cell: dict[str, Counted] = defaultdict(list)
    outside: dict[str, int] = defaultdict(int)
    for place, spot, count in answer.place_counts():
        if place.cell == OUTSIDE:
            outside[place.country] += count
        elif place.cell:
            by_cell[place.cell[: 2 + scale.letters]].append((place, spot, count))
    elsewhere = reverse("case_index") + selection.without(SQUARE).query()
    places = [_place(circle, selection, elsewhere) for circle in circles(_cells(by_cell), scale)]
    placed = sum(place["count"] for place in places)
    beside = _outside(selection, outside)
    return {
        **listed(places, scale),
        "map_lines": lines_among(answer.ids, reader_language()),
        "map_label": _map_words(placed, len(places)),
        "outside": beside[:MOST_COUNTRIES],
        "outside_more": beside[MOST_COUNTRIES:],
        "outside_count": sum(outside.values()),
        "unplaced": len(answer) - placed - sum(outside.values()),
        "unplaced_url": reverse("case_index") + selection.only(SQUARE, UNPLACED).query(),
    }


def _cells(by_cell: dict[str, Counted]) -> list[Cell]:
    return [_cell(key, counted) for key, counted in by_cell.items()]


def _cell(key: str, counted: Counted) -> Cell:
    """What a cell holds: named after its city with most cases, drawn in the middle of its cases."""
    place, spot, _most = max(counted, key=lambda each: (each[2], each[0]))
    total = sum(count for _where, _spot, count in counted)
    x = sum((each.x or 0.0) * count for _where, each, count in counted) / total
    y = sum((each.y or 0.0) * count for _where, each, count in counted) / total
    name = city_name(spot.geoname_id, spot.name, reader_language()) or (
        str(countries.name(place.country)) if place.country else place.cell[:2]
    )
    return Cell(key, total, len(counted), name, place.cell[:2], x, y)


def _place(circle: Circle, selection: Selection, elsewhere: str) -> dict[str, Any]:
    """A circle and its line of the list, leading to the cases it stands for. `elsewhere`: the address, less the map."""
    found = ngettext("%(n)d cas", "%(n)d cas", circle.count) % {"n": circle.count}
    asked = urlencode([(SQUARE, cell) for cell in circle.cells])
    url = "" if circle.cells == selection.of(SQUARE) else f"{elsewhere}{'&' if '?' in elsewhere else '?'}{asked}"
    return drawn(circle, found=found, url=url)


def _map_words(placed: int, circles: int) -> str:
    """What the map says, for those who do not see it."""
    found = ngettext("%(n)d cas", "%(n)d cas", placed) % {"n": placed}
    where = ngettext("en %(n)d endroit", "en %(n)d endroits", circles) % {"n": circles}
    return _("Carte : %(found)s %(where)s, dont la liste est à côté.") % {"found": found, "where": where}


def _outside(selection: Selection, by_country: dict[str, int]) -> list[dict[str, Any]]:
    """The countries beside the map, most cases first, each with the way to its list."""
    rows = []
    for code in sorted(by_country, key=lambda code: (-by_country[code], code)):
        there = selection.only(SQUARE, OUTSIDE)
        there = there.only(Facet.COUNTRY, code) if code else there
        name = str(countries.name(code)) if code else _("Pays non indiqué")
        rows.append({"name": name, "count": by_country[code], "url": reverse("case_index") + there.query()})
    return rows
