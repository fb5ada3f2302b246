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


MATCHING = """
SELECT found.anywhere, found.in_title, wider.anywhere, wider.in_title
FROM cases_catalogue_matching({first}) AS found
LEFT JOIN LATERAL (
    SELECT * FROM cases_catalogue_matching({second}) WHERE found.anywhere IS NULL AND %s
) AS wider ON true
"""


class Matches(NamedTuple):
    """Numbers of the rows whose text answers, and of those whose title alone does."""

    anywhere: BitMap
    in_title: BitMap
    partly: bool = False
    """They answer the wider question, because nothing answers the first."""


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


def matching(query: Any, otherwise: Any = None, using: str = "default") -> Matches:
    """The rows that answer `query` (of `Question.tsquery`; None answers nothing), or, when none does, `otherwise`.

    One query; PostgreSQL looks for `otherwise` only where `query` found nothing.
    """
    if query is None:
        return Matches(BitMap(), BitMap())
    (first, asked), (second, wider) = (_written(each, using) for each in (query, otherwise or query))
    with connections[using].cursor() as cursor:
        cursor.execute(MATCHING.format(first=first, second=second), [*asked, *wider, otherwise is not None])
        *found, anywhere, in_title = cursor.fetchone()
    if found[0] is None and anywhere is not None:
        return Matches(_numbers(anywhere), _numbers(in_title), partly=True)
    return Matches(_numbers(found[0]), _numbers(found[1]))


def best_first(question: Question, candidates: list[int], using: str = "default") -> list[int]:
    """The candidates by how well their text answers; equals stay in the order given. One query."""
    rank = question.rank()
    if rank is None or not candidates:
        return candidates
    rows = apps.get_model("cases", "CatalogueWords").objects.using(using).filter(pk__in=candidates)
    ranks = dict(rows.annotate(rank=rank).values_list("pk", "rank"))
    return sorted((number for number in candidates if number in ranks), key=lambda number: -ranks[number])
