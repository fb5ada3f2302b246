"""What the catalogue costs at 1,000, 10,000 and 100,000 cases: list, facets, words, map, sheet, export, import.

The pages are made anew each time (the memory of pages is off). The number of queries must be the same at every size,
and the slow times at 100,000 at most FLAT times those at 1,000: both are of one run, so that the speed of the machine
does not count. BUDGET does depend on it: it is judged where COALITION_BENCH_AT_REST=1 says that nothing else runs.
"""

import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import CatalogueEntry
from cases.querysets.live import current_index, forget_indexes
from tests.benchmarks.grown_catalogue import grow, import_lines, plant, real_lines

pytestmark = pytest.mark.bench

SIZES = (1_000, 10_000, 100_000)
PLANTED = 1_000
IMPORTED = 60
ROUNDS = 25
FLAT = 3.0
BUDGET = 60.0
"""Milliseconds."""
QUESTIONS = {
    "list": "",
    "one facet": "?stage=pilot",
    "several facets": "?stage=pilot&stage=scaled&country=FR&organisation_kind=ngo&has_indicators=1&read_in=fr",
    "page in the middle": "?page={middle}",
    "last page": "?page={last}",
    "by title": "?sort=title&page={middle}",
    "by city": "?sort=city&page={middle}",
    "rare word": "?q=abeille",
    "common word": "?q=service",
    "two words": "?q=donn%C3%A9es+publiques",
    "words and facets": "?q=service&country=SN&domain=economy",
    "part of the map": "?square=C1&square=C2",
    "nothing found": "?q=rienderien&stage=pilot&country=TG",
}


@pytest.fixture
def db(own_database: None) -> None:
    """Commits are real, as they are where a process keeps an index."""


@pytest.fixture
def planted(db: None, real_data: Path, tmp_path: Path) -> Path:
    plant(real_data, tmp_path, PLANTED)
    return tmp_path


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def _slow(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def _read(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer


def _addresses(size: int) -> dict[str, str]:
    pages = {"middle": size // 40, "last": size // 20}
    asked = {name: f"/fr/cas/{question.format(**pages)}" for name, question in QUESTIONS.items()}
    newest = CatalogueEntry.objects.filter(language="fr").order_by("-page_id").values_list("path", flat=True)
    return {
        **asked,
        "sheet of a case": newest[0],
        "API": "/api/v1/cases/?country=FR&limit=50",
        "feed": "/fr/cas/cas.atom",
    }


def _measure(client: Client, address: str) -> tuple[int, float, float]:
    """Queries, median and slow time of one page."""
    _read(client, address)
    with CaptureQueriesContext(connection) as counted:
        _read(client, address)
    queries = len(counted)
    times = [_milliseconds(partial(_read, client, address)) for _each in range(ROUNDS)]
    return queries, statistics.median(times), _slow(times)


def _import_milliseconds(lines: list[str], folder: Path, size: int) -> float:
    before = CatalogueEntry.objects.count()
    spent = _milliseconds(lambda: import_lines(lines, folder, f"more-{size}"))
    return spent / (CatalogueEntry.objects.count() - before)


def test_the_catalogue_costs_the_same_at_any_size(client: Client, planted: Path, real_data: Path) -> None:
    lines = real_lines(real_data)
    figures: dict[str, list[tuple[int, float, float]]] = {}
    imports, readings = [], []
    for rank, size in enumerate(SIZES):
        grow(size)
        forget_indexes()
        readings.append(_milliseconds(lambda: current_index("default")))
        for name, address in _addresses(size).items():
            figures.setdefault(name, []).append(_measure(client, address))
        first = PLANTED + rank * IMPORTED
        imports.append(_import_milliseconds(lines[first : first + IMPORTED], planted, size))
    print(f"\n{'ms at ' + ', '.join(f'{size:,}' for size in SIZES):22} queries  median (95th percentile)")
    for name, rows in figures.items():
        shown = "  ".join(f"{middle:5.0f} ({slow:4.0f})" for _queries, middle, slow in rows)
        print(f"{name:22} {rows[0][0]:>7}  {shown}  x {rows[-1][2] / rows[0][2]:.1f}")
    print(f"{'import of one case':22} {'':>7}  {'  '.join(f'{each:5.0f}       ' for each in imports)}")
    print(f"{'index made whole':22} {'':>7}  {'  '.join(f'{each:5.0f}       ' for each in readings)}")
    for name, rows in figures.items():
        assert len({queries for queries, _middle, _slow in rows}) == 1, name
        assert rows[-1][2] <= FLAT * rows[0][2], name
        if os.environ.get("COALITION_BENCH_AT_REST"):
            assert rows[-1][2] <= BUDGET, name
    assert max(imports) <= 1.5 * min(imports)
