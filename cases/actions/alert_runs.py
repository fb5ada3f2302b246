"""Telling saved searches of the cases they newly find, each case once, whatever clocks say.

Publishing puts the number of a case into `CasePublication`; a run gives what waits there its place in `CaseNews`, one
run at a time, so that a publication that commits late gets a late place and no search can pass it by.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from cases.models import AlertedCase, CaseNews, CatalogueEntry, SavedSearch
from cases.models.alerts import stored_selection
from coalition.notifications.actions import record_events

CHUNK = 500
"""Searches of one transaction."""
NUMBERING = 0x63617365  # "case": our corner of PostgreSQL's advisory locks
NUMBER = """
WITH taken AS (DELETE FROM cases_casepublication RETURNING id, number),
waiting AS (SELECT number, max(id) AS id FROM taken GROUP BY number ORDER BY id),
placed AS MATERIALIZED (SELECT number, nextval('cases_news_place') AS place FROM waiting)
INSERT INTO cases_casenews (number, first, last) SELECT number, place, place FROM placed
ON CONFLICT (number) DO UPDATE SET last = excluded.last
"""


@transaction.atomic
def number_publications() -> int:
    """Give each case published since the last call its place; the last place there is, 0 before any.

    Callers wait for one another until their transactions end: places become visible in their order.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING])
        cursor.execute(NUMBER)
    return int(CaseNews.objects.aggregate(last=Max("last"))["last"] or 0)


def tell_searches(*, now: datetime) -> int:
    """Record one event for each due search that newly finds public cases; how many. For the worker.

    A case is new to a search when it was published since the watermark of that search, is public now, matches, and
    was neither told to it nor found by it when it began. Searches with the same question share one query. Run twice,
    late, or by two workers at once, nobody is told twice: watermark, AlertedCase and event change in one transaction.
    """
    place = number_publications()
    due = list(SavedSearch.objects.due(now.date()).values_list("pk", flat=True))
    return sum(_tell_chunk(due[start : start + CHUNK], place, now) for start in range(0, len(due), CHUNK))


@transaction.atomic
def _tell_chunk(keys: list[int], place: int, now: datetime) -> int:
    rows = SavedSearch.objects.due(now.date()).filter(pk__in=keys)
    searches = list(rows.select_for_update(skip_locked=True))
    if not searches:
        return 0
    news = _news_since(min(search.watermark for search in searches), place)
    told = _new_cases(searches, news) if news else {}
    cases = [
        AlertedCase(search=search, number=number, told_at=place)
        for search, numbers in told.items()
        for number in numbers
    ]
    AlertedCase.objects.bulk_create(cases, ignore_conflicts=True, batch_size=5_000)
    facts = {f"search.alert:{search.pk}:{place}": (search, {"place": place}) for search in told}
    SavedSearch.objects.filter(pk__in=[search.pk for search in searches]).update(watermark=place, run_on=now.date())
    return record_events(kind="search.alert", facts=facts, now=now) if facts else 0


def _news_since(watermark: int, place: int) -> dict[int, tuple[int, int]]:
    """First and latest place by number, of the cases published after `watermark` and up to `place`."""
    found = CaseNews.objects.filter(last__gt=watermark, last__lte=place)
    return {number: (first, last) for number, first, last in found.values_list("number", "first", "last")}


def _new_cases(searches: list[Any], news: dict[int, tuple[int, int]]) -> dict[Any, list[int]]:
    """What each search is to be told, those with nothing left out. One query, and one for each distinct question."""
    known = defaultdict(set)
    held = AlertedCase.objects.filter(search__in=[search.pk for search in searches], number__in=list(news))
    for key, number in held.values_list("search_id", "number"):
        known[key].add(number)
    told = {}
    for (language, query), group in groupby(searches, key=lambda search: (search.language, search.query)):
        found = _found(language, query, news)
        for search in group:
            numbers = [n for n in found if n not in known[search.pk] and _is_news(search, *news[n])]
            if numbers:
                told[search] = numbers
    return told


def _found(language: str, query: str, numbers: Iterable[int]) -> list[int]:
    """Those of these cases that are public and that the question finds."""
    shown = CatalogueEntry.objects.shown_in(language).filter(number__in=list(numbers))
    return list(shown.matching(stored_selection(query)).order_by("number").values_list("number", flat=True))


def _is_news(search: SavedSearch, first: int, last: int) -> bool:
    """Published since it was last told, and, where it noted nothing at its beginning, for the first time since then."""
    return last > search.watermark and (not search.only_new or first > search.since)
