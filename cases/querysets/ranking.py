"""Which texts of the catalogue answer words, and which of them come first. Two queries, bounded at any size.

Matching never reads a text: it is answered by the inverted index and by a table whose rows are a hundred bytes long.
Ranking reads texts, so that only RANKED candidates are ranked: those whose title answers, the latest first, then
others.
"""

import sys
from array import array
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connections
from pyroaring import BitMap

from cases.querysets.text import Question

RANKED = 300
"""Candidates whose texts are read and compared. Others follow, latest first: fifteen pages are in the best order."""


class Matches(NamedTuple):
    """Numbers of the rows whose text answers, and of those whose title alone does."""

    anywhere: BitMap
    in_title: BitMap


def _written(query: Any, using: str) -> tuple[str, tuple[Any, ...]]:
    """A `SearchQuery` as SQL and its parameters."""
    empty = apps.get_model("cases", "CatalogueWords").objects.using(using).all().query
    compiler = empty.get_compiler(using)
    sql, params = compiler.compile(query.resolve_expression(empty))
    return sql, tuple(params)


def _numbers(packed: Any) -> BitMap:
    """Numbers sent as four bytes each, the heaviest first."""
    numbers = array("I", bytes(packed or b""))
    if sys.byteorder == "little":
        numbers.byteswap()
    return BitMap(numbers)


def matching(query: Any, using: str = "default") -> Matches:
    """The rows that answer `query` (of `Question.tsquery`; None answers nothing). One query."""
    if query is None:
        return Matches(BitMap(), BitMap())
    sql, params = _written(query, using)
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT anywhere, in_title FROM cases_catalogue_matching({sql})", params)  # noqa: S608
        anywhere, in_title = cursor.fetchone()
    return Matches(_numbers(anywhere), _numbers(in_title))


def best_first(question: Question, candidates: list[int], using: str = "default") -> list[int]:
    """The candidates by how well their text answers; equals stay in the order given. One query."""
    rank = question.rank()
    if rank is None or not candidates:
        return candidates
    rows = apps.get_model("cases", "CatalogueWords").objects.using(using).filter(pk__in=candidates)
    ranks = dict(rows.annotate(rank=rank).values_list("pk", "rank"))
    return sorted((number for number in candidates if number in ranks), key=lambda number: -ranks[number])
