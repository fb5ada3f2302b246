"""The index of the catalogue that each process keeps, true at every request.

Triggers note every change of the catalogue with the number of its transaction (`cases_cataloguechange`). One query
reads what was noted since the index was made: transactions numbered below the oldest one still running have all been
seen, so that the next reading starts there, and a late commit is never missed. What the caller's own transaction
changed is shown to the caller alone and kept by nobody: it may still be undone.
"""

import gc
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from cases.enums import YES, Facet
from cases.querysets.bitmaps import Card, Index, Place, Spot
from coalition.core.geo import UNPLACED

log = logging.getLogger(__name__)
SHOWN_IN, CITY, CELL = "shown_in", "city", "cell"
"""What rows are found by besides facets: readers' language, folded name of the city, cell of the atlas."""

COLUMNS = (
    "page_id", "shown_in", "country", "domain", "stage", "priorities", "instruments", "organisation_kind", "cost_band",
    "languages", "has_indicators", "is_failed_or_stopped", "folded_city", "city", "cell", "x", "y",
    "extract(epoch FROM updated_at)::float8", "folded_title", "geoname_id",
)  # fmt: skip
SINGLE = {2: Facet.COUNTRY, 3: Facet.DOMAIN, 4: Facet.STAGE, 7: Facet.ORGANISATION_KIND, 8: Facet.COST_BAND, 12: CITY}
SEVERAL = {1: SHOWN_IN, 5: Facet.PRIORITY, 6: Facet.INSTRUMENT, 9: Facet.READ_IN}
FLAGS = {10: Facet.HAS_INDICATORS, 11: Facet.FAILED_OR_STOPPED}
"""Which of COLUMNS hold the value, the values or the yes of a facet."""
MARKS = "\"'«»“”‘’([{-–—…. "

_MOMENT = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest,
       pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS coming,
       pg_current_xact_id_if_assigned()::text::bigint AS own
"""
_ENTRY = ", ".join(f"entry.{name}" if name.isidentifier() else name for name in COLUMNS)
WHOLE = f"""
WITH moment AS ({_MOMENT})
SELECT moment.oldest,
       EXISTS (SELECT 1 FROM cases_cataloguechange AS change WHERE change.transaction = moment.own),
       {_ENTRY}
FROM moment LEFT JOIN cases_catalogueentry AS entry ON true
"""  # noqa: S608 - no value of a reader
SINCE = f"""
WITH moment AS ({_MOMENT}), changed AS (
    SELECT change.page_id, max(change.id) AS latest, bool_or(change.page_id IS NULL) AS lost,
           bool_or(change.transaction = moment.own) AS own
    FROM moment CROSS JOIN cases_cataloguechange AS change
    WHERE change.transaction >= %s AND (change.transaction < moment.coming OR change.transaction = moment.own)
    GROUP BY change.page_id
)
SELECT moment.oldest, changed.lost, changed.own, changed.page_id, changed.latest, {_ENTRY}
FROM moment LEFT JOIN changed ON true LEFT JOIN cases_catalogueentry AS entry ON entry.page_id = changed.page_id
"""  # noqa: S608 - no value of a reader


@dataclass(frozen=True, slots=True)
class _Kept:
    """An index, the number from which transactions are still to be read, and what was taken in of those already.

    `taken`: row -> number of the latest line about it; while an old transaction runs, the same lines are read again.
    """

    index: Index
    since: int
    taken: dict[int, int] = field(default_factory=dict)


MANY = 5_000
"""Rows from which an index is set apart from what Python searches for garbage: each search would walk all of it."""

_kept: dict[tuple[Any, ...], _Kept] = {}
_filling = threading.Lock()


def current_index(using: str) -> Index:
    """The index as the caller's transaction sees the catalogue. One query; two when too much changed to catch up."""
    database = _database(using)
    kept = _kept.get(database)
    if kept is not None:
        index = _catch_up(using, database, kept)
        if index is not None:
            return index
    with _filling:
        latest = _kept.get(database)
        if latest is not None and latest is not kept:
            index = _catch_up(using, database, latest)
            if index is not None:
                return index
        return _read_whole(using, database)


def forget_indexes() -> None:
    """Start anew at the next reading (for tests and for a process that changed its database)."""
    _kept.clear()


def warm_index() -> None:
    """Make the index before the first reader comes: a thread of its own, when a process of the site starts."""
    try:
        current_index(DEFAULT_DB_ALIAS)
    except DatabaseError as error:
        log.warning("the index of the catalogue waits for its first reader: %s", error)
    finally:
        connections.close_all()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without looking for garbage: what is being made is millions of small objects, all of them to keep."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _database(using: str) -> tuple[Any, ...]:
    settings = connections[using].settings_dict
    return settings["HOST"], settings["PORT"], settings["NAME"], settings["OPTIONS"].get("host")


def _read_whole(using: str, database: tuple[Any, ...]) -> Index:
    with connections[using].cursor() as cursor:
        cursor.execute(WHOLE)
        rows = cursor.fetchall()
    oldest, mine = rows[0][:2]
    with _undisturbed():
        index = Index().changed((), [_card(row[2:]) for row in rows if row[2] is not None])
    if not mine:
        _kept[database] = _Kept(index, oldest)
    if len(rows) > MANY:
        gc.collect()
        gc.freeze()
    return index


def _catch_up(using: str, database: tuple[Any, ...], kept: _Kept) -> Index | None:
    """The index with what changed since; None when that cannot be known and everything has to be read again."""
    with connections[using].cursor() as cursor:
        cursor.execute(SINCE, [kept.since])
        rows = cursor.fetchall()
    oldest = rows[0][0]
    if oldest < kept.since or any(row[1] for row in rows):
        return None
    latest = {row[3]: row[4] for row in rows if row[3] is not None}
    index = _with_changes(kept, latest, rows)
    if not any(row[2] for row in rows):
        _kept[database] = _Kept(index, oldest, latest)
    return index


def _with_changes(kept: _Kept, latest: dict[int, int], rows: list[Any]) -> Index:
    """The kept index with the rows that were not taken in yet; itself when there are none."""
    changed = {number for number, line in latest.items() if kept.taken.get(number) != line}
    if not changed:
        return kept.index
    return kept.index.changed(changed, [_card(row[5:]) for row in rows if row[5] in changed])


@lru_cache(maxsize=20_000)
def _place(cell: str, country: str, city: str) -> Place:
    return Place(cell, country, city)


@lru_cache(maxsize=2_000)
def _pair(name: str, value: str) -> tuple[str, str]:
    return name, value


def _card(row: Any) -> Card:
    """What the index keeps of a row of COLUMNS."""
    number, city, name, cell = row[0], row[12], row[13], row[14]
    values = [_pair(facet, row[rank]) for rank, facet in SINGLE.items() if row[rank]]
    values += [_pair(facet, value) for rank, facet in SEVERAL.items() for value in row[rank]]
    values += [_pair(facet, YES) for rank, facet in FLAGS.items() if row[rank]]
    values.append(_pair(CELL, cell or UNPLACED))
    return Card(
        id=number,
        values=tuple(values),
        keys=((-row[17], -number), (row[18].lstrip(MARKS), number), (not city, city, number)),
        place=_place(cell, row[2], city),
        spot=Spot(name, row[15], row[16], row[19]),
    )
