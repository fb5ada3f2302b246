"""The map of the directory: near cities in one circle, which leads to their list, and what stands beside the map.

The database counts by square of the atlas (`Organisation.map_cell`), so that a circle stands for a set of squares that
an address can name, and the number drawn is the number listed. At most 48 x 4**letters rows are read, whatever the
number of organisations.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django_countries import countries

from coalition.core.gazetteer import city_name
from coalition.core.geo import OUTSIDE, UNPLACED, Cluster, Weight, cluster, fitting_radius, project, square
from coalition.core.languages import reader_language
from coalition.core.text import fold
from members.models import Organisation
from members.querysets import Figures
from members.search import Selection

WHOLE = {"letters": 2, "reach": 26.0, "most": 34.0}
CLOSE = {"letters": 3, "reach": 11.0, "most": 20.0}
"""How the squares are cut, how far (in units of the frame) cities are drawn as one, and the radius of the largest
circle: on the whole atlas, and on the part of it that a reader chose.
"""
ONE = 3.1
"""Radius, in units, of the circle of one organisation where nothing is larger than that allows."""
MOST_LISTED = 20
MOST_COUNTRIES = 6
"""Lines of the two lists, the largest ones, before the rest is folded away."""


def map_context(selection: Selection, figures: Figures) -> dict[str, Any]:
    """Circles, their list, and what is beside the map, for the organisations found. One query."""
    drawn = CLOSE if any(value not in (OUTSIDE, UNPLACED) for value in selection.square) else WHOLE
    rows = Organisation.objects.answering(selection).by_cell(int(drawn["letters"]))
    by_cell = {row["cell"]: row for row in rows}
    weights = [_weight(row) for row in by_cell.values()]
    groups = cluster(weights, drawn["reach"])
    places = sorted((_place(group, by_cell, selection) for group in groups), key=lambda place: -place["count"])
    placed = sum(place["count"] for place in places)
    outside = _outside(selection, figures.outside)
    largest = max((place["count"] for place in places), default=1)
    unplaced = figures.found - placed - sum(figures.outside.values())
    return {
        "places": places,
        "index": _by_name(places[:MOST_LISTED]),
        "index_more": _by_name(places[MOST_LISTED:]),
        "map_close": drawn is CLOSE,
        "map_label": _map_words(placed, len(places)),
        "map_one": fitting_radius(largest, ONE, drawn["most"]),
        "outside": outside[:MOST_COUNTRIES],
        "outside_more": outside[MOST_COUNTRIES:],
        "outside_count": sum(figures.outside.values()),
        "unplaced": unplaced,
        "unplaced_url": reverse("organisations") + selection.only("square", UNPLACED).query(),
    }


def _by_name(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As an index has them, in alphabetical order."""
    return sorted(places, key=lambda place: fold(place["name"]))


def _weight(row: dict[str, Any]) -> Weight:
    point = project(row["north"], row["east"])
    return Weight(row["cell"], point.x, point.y, row["n"])


def _city(country: str, city: str, geoname_id: int | None) -> str:
    """What the reader calls a city; its country when no city is known."""
    return city_name(geoname_id, city, reader_language()) or str(countries.name(country))


def _place(group: Cluster, by_cell: dict[str, Any], selection: Selection) -> dict[str, Any]:
    """A circle and its line of the list: named after the city with most organisations, leading to all of them."""
    first = group.places[0]
    country, city, geoname_id = by_cell[first.key]["main_city"]
    others = sum(by_cell[place.key]["cities"] for place in group.places) - 1
    name = _city(country, city, geoname_id)
    there = selection.only("square", *sorted(place.key for place in group.places))
    url = "" if there == selection else reverse("organisations") + there.query()
    return {
        "name": name,
        "more": others,
        "note": ngettext("ville voisine", "villes voisines", others),
        "title": _circle_words(name, others, group.count),
        "square": square(project(by_cell[first.key]["north"], by_cell[first.key]["east"])) or first.key[:2],
        "count": group.count,
        "x": group.x,
        "y": group.y,
        "url": url,
        "leads_to": url,
    }


def _circle_words(name: str, others: int, count: int) -> str:
    """« Lomé et 3 villes voisines : 12 organisations »."""
    found = ngettext("%(n)d organisation", "%(n)d organisations", count) % {"n": count}
    if not others:
        return _("%(city)s : %(found)s") % {"city": name, "found": found}
    near = ngettext("%(city)s et %(n)d ville voisine", "%(city)s et %(n)d villes voisines", others)
    return _("%(city)s : %(found)s") % {"city": near % {"city": name, "n": others}, "found": found}


def _map_words(placed: int, circles: int) -> str:
    """What the map says, for those who do not see it."""
    found = ngettext("%(n)d organisation", "%(n)d organisations", placed) % {"n": placed}
    where = ngettext("en %(n)d endroit", "en %(n)d endroits", circles) % {"n": circles}
    return _("Carte : %(found)s %(where)s, dont la liste est à côté.") % {"found": found, "where": where}


def _outside(selection: Selection, by_country: dict[str, int]) -> list[dict[str, Any]]:
    """The countries beside the map, most organisations first, each with the way to its list."""
    rows = []
    for code in sorted(by_country, key=lambda code: (-by_country[code], code)):
        there = selection.only("square", OUTSIDE).only("country", code)
        url = reverse("organisations") + there.query()
        rows.append({"name": str(countries.name(code)), "count": by_country[code], "url": url})
    return rows
