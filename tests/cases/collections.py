"""The real records in the catalogue, without the acts that bring them there: fast enough for every run of the tests.

`tests/benchmarks/test_all_records.py` brings the same records in by the acts of the site.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from cases.actions.projection import catalogue_row, share_languages
from cases.actions.records import BadLine, read_record
from cases.enums import PARTS
from cases.models import CaseIndexPage, CasePage, CatalogueEntry
from coalition.core.text import fold
from members.models import Organisation

FILES = ("beta_gouv", "dataportals", "dpg", "ips_x")
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
BATCH = 500


def real_records(folder: Path) -> list[Any]:
    """Every record of the four collections that can be read; those without owner or country are answered for."""
    records = []
    for name in FILES:
        file = folder / "cases" / f"{name}.jsonl"
        if not file.exists():
            pytest.skip(f"cases/{name}.jsonl is not in the real data")
        for line in file.read_bytes().splitlines():
            try:
                records.append(read_record(line=line, language="en", owned=True))
            except BadLine:
                continue
    return records


def fill_catalogue(folder: Path, lists: dict[str, CaseIndexPage]) -> int:
    """Write a page and a row of the catalogue for each record, below the list of its language; how many."""
    records = real_records(folder)
    owners = _organisations(records)
    bases = Page.objects.bulk_create([_base(rank, record, lists) for rank, record in enumerate(records)])
    rows = [_row(*each, owners) for each in zip(bases, records, strict=True)]
    for start in range(0, len(rows), BATCH):
        CatalogueEntry.objects.bulk_create(rows[start : start + BATCH])
    return len(rows)


def _owner_of(record: Any) -> tuple[str, str]:
    return fold(record.organisation_name) or "collection", record.country


def _organisations(records: list[Any]) -> dict[tuple[str, str], Organisation]:
    names = {_owner_of(record): record.organisation_name or "Collection" for record in records}
    made = [
        Organisation(
            name=name, country=key[1] or "BE", slug=f"real-{rank}", folded_name=f"real {rank}",
            kind="authority", side="demand",
            state="confirmed", created_at=MOMENT,
        )
        for rank, (key, name) in enumerate(names.items())
    ]  # fmt: skip
    return dict(zip(names, Organisation.objects.bulk_create(made), strict=True))


def _base(rank: int, record: Any, lists: dict[str, CaseIndexPage]) -> Page:
    index = lists[record.language]
    path = CaseIndexPage._get_path(index.path, index.depth + 1, rank + 100)
    kind = ContentType.objects.get_for_model(CasePage)
    return Page(
        path=path, depth=index.depth + 1, numchild=0, title=record.content["title"], draft_title="x",
        slug=f"real-{rank}", url_path=f"{index.url_path}real-{rank}/", content_type=kind, locale_id=index.locale_id,
        translation_key=uuid4(), live=True, first_published_at=MOMENT, last_published_at=MOMENT,
    )  # fmt: skip


def _row(base: Page, record: Any, owners: dict[tuple[str, str], Organisation]) -> CatalogueEntry:
    page = CasePage(page_ptr=base, number=1_000 + base.pk, written_in=record.language, external_id=record.external_id)
    page.__dict__.update({name: value for name, value in base.__dict__.items() if name != "_state"})
    page.organisation = owners[_owner_of(record)]
    for part in PARTS:
        setattr(page, part, [])
    for name, value in record.content.items():
        if name not in PARTS:
            setattr(page, name, value)
    page.save_base(raw=True, force_insert=(CasePage,))
    shares = share_languages(available=[record.language])
    return CatalogueEntry(**catalogue_row(page=page), shown_in=shares[record.language], languages=[record.language])
