"""What a case costs: to import, and to list among others. Figures are printed; only ratios of one run are judged."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cases.models import CatalogueEntry
from coalition.seed.site_tree import load_site_tree

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

FLAT = 1.5
ROUNDS = 15


@pytest.fixture
def slices(real_data: Path, tmp_path: Path) -> list[Path]:
    """The real records in three files of the same size."""
    lines = (real_data / "cases" / "beta_gouv.jsonl").read_text().splitlines(keepends=True)
    third = len(lines) // 3
    files = []
    for number in range(3):
        file = tmp_path / f"part-{number}.jsonl"
        file.write_text("".join(lines[number * third : (number + 1) * third]))
        files.append(file)
    return files


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _list_milliseconds(client: Client) -> float:
    client.get("/fr/cas/")
    return 1000 * statistics.median(_seconds(lambda: client.get("/fr/cas/")) for _ in range(ROUNDS))


def test_a_case_costs_the_same_among_many(slices: list[Path], client: Client) -> None:
    load_site_tree(timezone.now())
    rates, times = [], []
    for file in slices:
        before = CatalogueEntry.objects.count()
        seconds = _seconds(lambda file=file: _import(file))  # type: ignore[misc]
        rates.append((CatalogueEntry.objects.count() - before) / seconds)
        times.append(_list_milliseconds(client))
    total = CatalogueEntry.objects.count()
    print(f"\nimport: {rates[0]:.1f}, {rates[1]:.1f}, {rates[2]:.1f} cases/s by third of {total}")
    print(f"list page: {times[0]:.0f}, {times[1]:.0f}, {times[2]:.0f} ms (median of {ROUNDS}) at each third")
    assert rates[0] / rates[2] <= FLAT
    assert times[2] / times[0] <= FLAT


def _import(file: Path) -> None:
    call_command("import_cases", str(file), "--organisation-from-row", "--reject", str(file.with_suffix(".bad")))
