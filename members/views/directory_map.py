"""The map of the directory: near cities in one circle, which leads to their list, and what stands beside the map.

The database counts by square of the atlas (`Organisation.map_cell`), so that a circle stands for a set of squares that
an address can name, and the number drawn is the number listed. At most 48 x 4**letters rows are read, whatever the
number of organisations.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django_countries import countries

from coalition.core.circles import Cell, Circle, circles, drawn, listed, scale_of
from coalition.core.gazetteer import city_name
from coalition.core.geo import OUTSIDE, UNPLACED, project, square
from coalition.core.languages import reader_language
from members.models import Organisation
from members.querysets import Figures
from members.search import Selection

MOST_COUNTRIES = 6
"""Lines of the list of countries beside the map, before the rest is folded away."""


def map_context(selection: Selection, figures: Figures) -> dict[str, Any]:
    """Circles, their list, and what is beside the map, for the organisations found. One query."""
    scale = scale_of(selection.square)
    rows = Organisation.objects.answering(selection).by_cell(scale.letters)
    places = [_place(circle, selection) for circle in circles(map(_cell, rows), scale)]
    placed = sum(place["count"] for place in places)
    outside = _outside(selection, figures.outside)
    unplaced = figures.found - placed - sum(figures.outside.values())
    return {
        **listed(places, scale),
        "map_label": _map_words(placed, len(places)),
        "outside": outside[:MOST_COUNTRIES],
        "outside_more": outside[MOST_COUNTRIES:],
        "outside_count": sum(figures.outside.values()),
        "unplaced": unplaced,
        "unplaced_url": reverse("organisations") + selection.only("square", UNPLACED).query(),
    }


def _cell(row: dict[str, Any]) -> Cell:
    point = project(row["north"], row["east"])
    country, city, geoname_id = row["main_city"]
    name = city_name(geoname_id, city, reader_language()) or str(countries.name(country))
    return Cell(row["cell"], row["n"], row["cities"], name, square(point) or row["cell"][:2], point.x, point.y)


def _place(circle: Circle, selection: Selection) -> dict[str, Any]:
    """A circle and its line of the list, leading to the organisations it stands for."""
    found = ngettext("%(n)d organisation", "%(n)d organisations", circle.count) % {"n": circle.count}
    there = selection.only("square", *circle.cells)
    url = "" if there == selection else reverse("organisations") + there.query()
    return drawn(circle, found=found, url=url)


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
