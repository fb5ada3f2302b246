"""What the directory costs at 12, at 2,050 and at 20,000 organisations. Queries are judged; times are printed."""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coalition.core.geo import cell
from coalition.core.text import fold
from members.enums import Kind, OrganisationState, Resource, Side
from members.models import Organisation

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

SIZES = (12, 2_050, 20_000)
ROUNDS = 9
HEAVIEST = 200_000
"""Bytes of a page, before compression, whatever the number of organisations."""
QUESTIONS = ("", "?q=ville+1", "?kind=ngo&kind=authority&country=TG", "?square=B5&offers=data", "?sort=cases")
CITIES = (
    ("Lomé", "TG", 6.13, 1.22),
    ("Cotonou", "BJ", 6.37, 2.43),
    ("Lille", "FR", 50.63, 3.06),
    ("Kampala", "UG", 0.32, 32.58),
    ("Montréal", "CA", 45.5, -73.6),
    ("Antananarivo", "MG", -18.88, 47.52),
    ("Turin", "IT", 45.07, 7.69),
)


def _rows() -> Iterator[Organisation]:
    """Invented organisations, alike at each run: cities shifted by up to five degrees, every kind and resource."""
    now, kinds, resources = timezone.now(), cycle(Kind.values), cycle(Resource.values)
    for number, (city, country, north, east) in enumerate(cycle(CITIES)):
        name, place = f"Ville {number} de {city}", f"{city} {number % 500}"
        north, east = north + number % 11 / 2 - 2.5, east + number % 7 / 2 - 1.5
        yield Organisation(
            name=name, slug=f"ville-{number}", folded_name=fold(name), name_key=fold(name), kind=next(kinds),
            folded_text=fold(f"{name} {place}"), side=Side.values[number % 3], country=country, city=place,
            latitude=north, longitude=east, map_cell=cell(north, east), offers=[next(resources)],
            state=OrganisationState.CONFIRMED, created_at=now, decided_at=now,
        )  # fmt: skip


def _grow(rows: Iterator[Organisation], size: int) -> None:
    Organisation.objects.bulk_create(islice(rows, size - Organisation.objects.count()), batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE members_organisation")


def _read(client: Client, question: str) -> Any:
    """The page made anew, as the first reader after a change gets it."""
    caches["pages"].clear()
    response = client.get(f"/fr/organisations/{question}")
    assert response.status_code == 200
    return response


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def test_the_directory_asks_as_many_queries_at_any_size(client: Client) -> None:
    rows = _rows()
    queries: dict[str, list[int]] = {question: [] for question in QUESTIONS}
    times: dict[str, list[float]] = {question: [] for question in QUESTIONS}
    for size in SIZES:
        _grow(rows, size)
        for question in QUESTIONS:
            _read(client, question)
            with CaptureQueriesContext(connection) as counted:
                response = _read(client, question)
            queries[question].append(len(counted))
            assert len(response.content) < HEAVIEST
            read = partial(_read, client, question)
            times[question].append(statistics.median(_milliseconds(read) for _each in range(ROUNDS)))
    for question in QUESTIONS:
        shown = ", ".join(f"{milliseconds:.0f}" for milliseconds in times[question])
        ratio = times[question][-1] / times[question][0]
        print(f"\n{question or 'all':40} {queries[question][0]} queries; {shown} ms at {SIZES} (x {ratio:.1f})", end="")
        assert len(set(queries[question])) == 1
