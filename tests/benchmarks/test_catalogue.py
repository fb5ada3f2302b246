"""What the catalogue costs at 1,000, 10,000 and 100,000 cases: list, facets, words, map, sheet, export, import.

The memory of whole pages is off. "First" is a question nobody asked since something changed; the others are its next
readers, in any order and on any page, for whom the counts, the map and the words found are remembered. The number of
queries must be the same at every size, and the slow times at 100,000 at most FLAT times those at 1,000: both are of one
run, so that the speed of the machine does not count. BUDGET does depend on it: it is judged where
COALITION_BENCH_AT_REST=1 says that nothing else runs. Templates are written as a server writes them, without the copies
of every context that Django makes for tests.
"""

import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.cache import caches
from django.db import connection
from django.template import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import CatalogueEntry
from cases.querysets.live import current_index, forget_indexes
from tests.benchmarks.grown_catalogue import grow, import_lines, plant, real_lines

pytestmark = pytest.mark.bench

SIZES = (1_000, 10_000, 100_000)
PLANTED = 1_000
IMPORTED = 60
ROUNDS = 60
FIRST_ROUNDS = 7
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


class Cost(NamedTuple):
    """Of one page: queries; milliseconds of its first reader (median), of the next ones (median, 95th percentile)."""

    queries: int
    first: float
    median: float
    slow: float


@pytest.fixture
def as_served(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of pages are remembered, and templates written, as on a server."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "measured"}
    settings.CACHES = {**settings.CACHES, "parts": memory}
    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))


def _forget() -> None:
    """What a change makes readers forget."""
    caches["parts"].clear()
    current_index("default").remembered.clear()


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


def _first_read(client: Client, address: str) -> float:
    _forget()
    return _milliseconds(partial(_read, client, address))


def _measure(client: Client, address: str) -> Cost:
    """What one page costs; its queries are those of its first reader."""
    _read(client, address)
    _forget()
    with CaptureQueriesContext(connection) as counted:
        _read(client, address)
    queries = len(counted)
    first = statistics.median(_first_read(client, address) for _each in range(FIRST_ROUNDS))
    times = [_milliseconds(partial(_read, client, address)) for _each in range(ROUNDS)]
    return Cost(queries, first, statistics.median(times), _slow(times))


def _import_milliseconds(lines: list[str], folder: Path, size: int) -> float:
    before = CatalogueEntry.objects.count()
    spent = _milliseconds(lambda: import_lines(lines, folder, f"more-{size}"))
    return spent / (CatalogueEntry.objects.count() - before)


def test_the_catalogue_costs_the_same_at_any_size(
    client: Client, planted: Path, real_data: Path, as_served: None
) -> None:
    lines = real_lines(real_data)
    figures: dict[str, list[Cost]] = {}
    imports, readings = [], []
    for rank, size in enumerate(SIZES):
        grow(size)
        forget_indexes()
        readings.append(_milliseconds(lambda: current_index("default")))
        for name, address in _addresses(size).items():
            figures.setdefault(name, []).append(_measure(client, address))
        first = PLANTED + rank * IMPORTED
        imports.append(_import_milliseconds(lines[first : first + IMPORTED], planted, size))
    _print(figures, imports, readings)
    for name, costs in figures.items():
        assert len({cost.queries for cost in costs}) == 1, name
        assert costs[-1].slow <= FLAT * costs[0].slow, name
        assert costs[-1].first <= FLAT * costs[0].first, name
        if os.environ.get("COALITION_BENCH_AT_REST"):
            assert costs[-1].slow <= BUDGET, name
    assert max(imports) <= 1.5 * min(imports)


def _print(figures: dict[str, list[Cost]], imports: list[float], readings: list[float]) -> None:
    print(f"\n{'ms at ' + ', '.join(f'{size:,}' for size in SIZES):25} queries   first / next (95th percentile)")
    for name, costs in figures.items():
        shown = "  ".join(f"{cost.first:4.0f} / {cost.median:3.0f} ({cost.slow:3.0f})" for cost in costs)
        print(f"{name:25} {costs[0].queries:>7}  {shown}  x {costs[-1].slow / costs[0].slow:.1f}")
    for name, times in (("import of one case", imports), ("index made whole", readings)):
        print(f"{name:25} {'':>7}  {'  '.join(f'{each:10.0f}      ' for each in times)}")
