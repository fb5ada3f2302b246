"""Every openly licensed record brought in by the acts of the site, then questioned. Figures are printed."""

import statistics
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cases.models import CatalogueEntry
from coalition.seed.site_tree import load_site_tree
from members.actions import import_organisation
from tests.cases.collections import FILES
from tests.cases.test_search_quality import ENGLISH, FRENCH

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

READ, TOTAL = 2_171, 2_174
SLOWEST = 0.5


def test_all_records_come_in_and_answer_questions(real_data: Path, client: Client) -> None:
    load_site_tree(timezone.now())
    keeper, _new = import_organisation(name="Collections ouvertes", country="BE", now=timezone.now())
    start = time.perf_counter()
    for name in FILES:
        out = StringIO()
        file = str(real_data / "cases" / f"{name}.jsonl")
        options = ("--organisation-from-row", "--otherwise", keeper.slug, "--language", "en")
        call_command("import_cases", file, *options, stdout=out, stderr=StringIO())
        print(f"\n{name}: {out.getvalue().strip()}")
    print(f"{CatalogueEntry.objects.count()} of {TOTAL} in {time.perf_counter() - start:.0f} s")
    assert CatalogueEntry.objects.count() == READ
    times = {words: _seconds(client, f"/fr/cas/?q={words}") for words in (*FRENCH, *ENGLISH)}
    detail = [_seconds(client, entry.path) for entry in CatalogueEntry.objects.filter(language="fr")[:20]]
    print(
        f"search: median {1000 * statistics.median(times.values()):.0f} ms, slowest {1000 * max(times.values()):.0f} ms"
    )
    print(f"a case with its similar ones: median {1000 * statistics.median(detail):.0f} ms")
    assert statistics.median(times.values()) < SLOWEST


def _seconds(client: Client, address: str) -> float:
    caches["pages"].clear()
    start = time.perf_counter()
    assert client.get(address).status_code == 200
    return time.perf_counter() - start
