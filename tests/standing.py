"""A small world built once in each process, and set up again for each test from the rows it was made of.

Building goes through the actions of the site, page by page, and takes between a quarter of a second and three. The rows
it leaves are the same each time, so they are kept, and written back in one statement for each table. The objects are
kept as bytes: each test is handed new ones, in the state in which building left them.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import connection, transaction

World = TypeVar("World")
# the rows are whole already: no trigger adds to them, and what they point to is among them
NO_TRIGGERS, TRIGGERS = (f"SET session_replication_role = {role}" for role in ("replica", "origin"))
# numbers that a rolled back transaction does not give back stay used up, so no row of a test can collide with these
PUT_BACK = """INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE
SELECT {columns} FROM json_populate_recordset(NULL::"{table}", %s::json)"""
COLUMNS = """SELECT quote_ident(attname) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"""


@dataclass(frozen=True)
class Difference:
    """What building does to one table."""

    table: str
    columns: str
    gone: list[str]
    """Rows that were there and are no more, or not like that."""
    added: str
    """JSON list of the rows that were not there."""


class Standing(Generic[World]):
    """`Standing(build)` builds when it is first asked, and puts the same back whenever it is asked again."""

    def __init__(self, build: Callable[[], World]) -> None:
        self.build = build
        self.database = ""
        self.differences: list[Difference] = []
        self.objects = b""

    def put_up(self) -> World:
        """The world, in the open transaction: the caller rolls back. Each database has its own.

        Only a superuser may write without triggers; for anybody else it is built each time.
        """
        if not _is_superuser():
            return self.build()
        if self.database != connection.settings_dict["NAME"]:
            self._learn()
        with connection.cursor() as cursor:
            cursor.execute(NO_TRIGGERS)
            for one in self.differences:
                if one.gone:
                    cursor.execute(f'DELETE FROM "{one.table}" t WHERE row_to_json(t)::text = ANY(%s)', [one.gone])
            for one in self.differences:
                cursor.execute(PUT_BACK.format(table=one.table, columns=one.columns), [one.added])
            cursor.execute(TRIGGERS)
        world: World = pickle.loads(self.objects)
        return world

    def _learn(self) -> None:
        """Build once, note what that did, and undo it."""
        before, had = {name: _rows(name) for name in connection.introspection.table_names()}, _written()
        with transaction.atomic():
            self.objects = pickle.dumps(self.build())
            touched = sorted(name for name, times in _written().items() if times != had.get(name) and name in before)
            self.differences = [_difference(name, before[name], _rows(name)) for name in touched]
            transaction.set_rollback(True)
        self.database = connection.settings_dict["NAME"]


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return bool(cursor.fetchone() == ("on",))


def _written() -> dict[str, int]:
    """Rows written in this transaction, by table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())


def _rows(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
        return [row for (row,) in cursor.fetchall()]


def _difference(table: str, before: list[str], after: list[str]) -> Difference:
    there, left = set(before), set(after)
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [f'"{table}"'])
        columns = ", ".join(name for (name,) in cursor.fetchall())
    added = ",".join(row for row in after if row not in there)
    return Difference(table, columns, [row for row in before if row not in left], f"[{added}]")
