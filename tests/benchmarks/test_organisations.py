"""What an organisation costs: to import, to compare. Figures are printed; only ratios of one run are judged."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from members.actions.duplicates import find_lookalikes, probable_pairs
from members.merge import Keys
from members.models import Organisation

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

FLAT = 1.6
ROUNDS = 15


@pytest.fixture
def slices(real_data: Path, tmp_path: Path) -> list[Path]:
    """The real list dealt into three files of the same size and the same mix of countries."""
    lines = (real_data / "organisations.jsonl").read_text().splitlines(keepends=True)
    files = []
    for number in range(3):
        file = tmp_path / f"part-{number}.jsonl"
        file.write_text("".join(lines[number::3]))
        files.append(file)
    return files


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _look() -> float:
    keys = Keys(0, "Espace numérique de Nairobi", "KE", domain="espace.example", city="Nairobi", geoname_id=184745)
    find_lookalikes(keys=keys)
    return 1000 * statistics.median(_seconds(lambda: find_lookalikes(keys=keys)) for _ in range(ROUNDS))


def test_an_organisation_costs_the_same_among_many(slices: list[Path]) -> None:
    rates, looks, pairs = [], [], []
    for file in slices:
        before = Organisation.objects.count()
        seconds = _seconds(lambda file=file: call_command("import_organisations", str(file)))  # type: ignore[misc]
        rates.append((Organisation.objects.count() - before) / seconds)
        looks.append(_look())
        pairs.append(_seconds(probable_pairs))
    total = Organisation.objects.count()
    print(f"\nimport: {rates[0]:.0f}, {rates[1]:.0f}, {rates[2]:.0f} organisations/s by third of {total}")
    print(f"looking for look-alikes: {looks[0]:.1f}, {looks[1]:.1f}, {looks[2]:.1f} ms at each third")
    print(f"all probable pairs: {pairs[0]:.2f}, {pairs[1]:.2f}, {pairs[2]:.2f} s at each third")
    assert rates[0] / rates[2] <= FLAT
