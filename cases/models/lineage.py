"""Who redid a case, and what it redoes: the same as a drawing, as a list, as lines of a map and as data."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _, ngettext

from cases.enums import RedoOutcome, Stage
from cases.models.catalogue import CatalogueEntry
from cases.models.reproductions import Reproduction, near
from coalition.core.languages import language_mark, reader_language

COLUMN, ROW, LEFT, TOP = 190, 84, 24, 52
BELOW = 20
"""Units: between columns and rows, before the first, under the last. Words stand above their circle, off the lines."""
LONGEST_LABEL = 22
OUTCOME_SIGNS = {
    RedoOutcome.BETTER: "scaled",
    RedoOutcome.ALIKE: "scaled",
    RedoOutcome.WORSE: "draft",
    RedoOutcome.STOPPED: "stopped",
    RedoOutcome.EARLY: "pilot",
}
"""Outcome -> the state whose sign it is drawn with."""


def lineage_of(number: int) -> dict[str, Any]:
    """For the template of a case: nothing but {"lineage": None} when no public case is linked to it.

    One query then; two when there are links, whatever their number.
    """
    cases = {entry.number: entry for entry in near(number).shown_in(reader_language()).light()}
    if len(cases) < 2:
        return {"lineage": None}
    links = Reproduction.objects.shown().filter(original__in=cases, redo__in=cases)
    rows = sorted(links, key=lambda link: (number not in (link.original, link.redo), link.linked_at, link.pk))
    return {
        "lineage": {
            "links": [_row(link, cases) for link in rows],
            "drawing": _drawing(number, rows, cases),
            "words": _words(rows, cases),
            "originals": [cases[link.original].absolute_url for link in rows if link.redo == number],
            "places": [entry for entry in cases.values() if entry.number != number and entry.x is not None],
            "lines": _lines(rows, cases),
        }
    }


def _where(entry: CatalogueEntry) -> str:
    return entry.city or entry.country_name or entry.organisation_name


def _row(link: Reproduction, cases: dict[int, CatalogueEntry]) -> dict[str, Any]:
    redo, original = cases[link.redo], cases[link.original]
    return {
        "pk": link.pk,
        "redo": redo,
        "redo_where": _where(redo),
        "original": original,
        "original_where": _where(original),
        "what_changed": link.what_changed,
        "what_came_out": link.what_came_out,
        "lang": language_mark(link.language),
        "sign": OUTCOME_SIGNS[RedoOutcome(link.outcome)],
        "outcome": RedoOutcome(link.outcome).label,
        "date": link.linked_at,
    }


def _lines(rows: list[Reproduction], cases: dict[int, CatalogueEntry]) -> list[Any]:
    pairs = [(cases[link.original], cases[link.redo]) for link in rows]
    return [(start, end) for start, end in pairs if start.x is not None and end.x is not None]


def _generations(rows: list[Reproduction], cases: dict[int, CatalogueEntry]) -> dict[int, int]:
    """How many redoings lie between a case and the farthest one it comes from: 0 for one that redoes nothing here."""
    depth = dict.fromkeys(cases, 0)
    for _turn in cases:
        for link in rows:
            depth[link.redo] = max(depth[link.redo], depth[link.original] + 1)
    return depth


def _drawing(number: int, rows: list[Reproduction], cases: dict[int, CatalogueEntry]) -> dict[str, Any]:
    """Circles in columns, a column a generation, and a line for each link; in units of the drawing."""
    depth = _generations(rows, cases)
    columns: dict[int, list[int]] = {}
    for key in sorted(cases, key=lambda key: (depth[key], key)):
        columns.setdefault(depth[key], []).append(key)
    places = {
        key: (LEFT + column * COLUMN, TOP + rank * ROW)
        for column, keys in columns.items()
        for rank, key in enumerate(keys)
    }
    return {
        "width": LEFT + (max(columns) + 1) * COLUMN,
        "height": TOP + (max(len(keys) for keys in columns.values()) - 1) * ROW + BELOW,
        "lines": [_curve(places[link.original], places[link.redo]) for link in rows],
        "nodes": [_node(cases[key], places[key], key == number) for key in places],
    }


def _curve(start: tuple[int, int], end: tuple[int, int]) -> str:
    middle = (start[0] + end[0]) // 2
    return f"M{start[0]} {start[1]}C{middle} {start[1]} {middle} {end[1]} {end[0]} {end[1]}"


def _node(entry: CatalogueEntry, place: tuple[int, int], current: bool) -> dict[str, Any]:
    label = _where(entry)
    return {
        "x": place[0],
        "y": place[1],
        "text_x": place[0] - 10,
        "text_y": place[1] - 32,
        "under_y": place[1] - 15,
        "label": label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…",
        "stage": entry.stage_label,
        "style": "t-of" if current else "t-n t-x" if entry.stage == Stage.STOPPED else "t-n",
    }


def _words(rows: list[Reproduction], cases: dict[int, CatalogueEntry]) -> str:
    """What the drawing says, for those who do not see it."""
    count = ngettext("%(n)d cas lié", "%(n)d cas liés", len(cases)) % {"n": len(cases)}
    said = [
        _("%(redo)s a refait %(original)s")
        % {"redo": _where(cases[link.redo]), "original": _where(cases[link.original])}
        for link in rows
    ]
    return f"{count}. {'. '.join(said)}."


def reproductions_as_data(links: Any) -> list[dict[str, Any]]:
    """Links as the API gives them, in both directions by number and permanent address."""
    found = list(links)
    numbers = {number for link in found for number in (link.original, link.redo)}
    shown = CatalogueEntry.objects.shown_in(settings.LANGUAGE_CODE).light().filter(number__in=numbers)
    urls = {entry.number: entry.absolute_url for entry in shown} if numbers else {}
    return [
        {
            "original": link.original,
            "original_url": urls.get(link.original, ""),
            "redo": link.redo,
            "redo_url": urls.get(link.redo, ""),
            "outcome": link.outcome,
            "what_changed": link.what_changed,
            "what_came_out": link.what_came_out,
            "language": link.language,
            "linked_at": link.linked_at.isoformat(),
        }
        for link in found
    ]
