"""Load a list of organisations through the same actions as the site, a line at a time, with a report of each line."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import openpyxl
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.utils import DataError, IntegrityError
from django.utils import timezone

from coalition.core.errors import DomainError
from coalition.core.tables import BOM, safe_cell
from members.actions.imports import ImportedLine, Outcome, import_record, read_record

LONGEST_LINE = 64 * 1024
LONGEST_CELL = 4_000
MOST_COLUMNS = 50
HEADER = ("line", "outcome", "name", "country", "organisation", "looks_like", "reasons", "refused_because")
REFUSED = "refused"


class Unreadable(ValueError):
    """The line is no line of a list."""


def _json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """One object a line; a line too long is read past without being kept."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = file.readline(LONGEST_LINE)
            if line.strip():
                yield number, line


def _csv_lines(path: Path) -> Iterator[tuple[int, Any]]:
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        head = file.readline(LONGEST_LINE)
        file.seek(0)
        reader = csv.DictReader(file, delimiter=";" if head.count(";") > head.count(",") else ",", restkey="")
        for row in reader:
            yield reader.line_num, row


def _sheet_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The first sheet, its first row being the names of the columns."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)
        names = [str(cell or "").strip().lower() for cell in next(rows, ())]
        for number, row in enumerate(rows, start=2):
            yield number, {name: str(cell or "")[:LONGEST_CELL] for name, cell in zip(names, row, strict=False) if name}
    finally:
        book.close()


READERS = {".jsonl": _json_lines, ".csv": _csv_lines, ".xlsx": _sheet_lines}


def _as_row(line: Any) -> Mapping[str, Any]:
    if not isinstance(line, bytes):
        return {str(name).strip().lower(): value for name, value in line.items()}
    if len(line) > LONGEST_LINE:
        raise Unreadable(f"more than {LONGEST_LINE} bytes")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON: {error}"[:200]) from error
    if not isinstance(row, dict):
        raise Unreadable("not an object")
    return row


class Command(BaseCommand):
    help = (
        "Import organisations from a JSONL, CSV or XLSX file (name, kind, city, country, lat, lon, url; acronym). "
        "Safe to run again. Look-alikes are imported and reported; organisers unite them on the site."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, whether to keep what it makes, and where the report of each line goes."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="report what would be done, keep nothing")
        parser.add_argument("--report", type=Path, help="CSV to write, a line for each line of the file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, import, report. Each line is its own transaction; a dry run is one that is undone at the end."""
        path: Path = options["file"]
        reader = READERS.get(path.suffix.lower())
        if reader is None:
            raise CommandError(f"{path.name}: JSONL, CSV or XLSX, by the end of its name")
        if not path.is_file():
            raise CommandError(f"{path}: no such file")
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        with ExitStack() as stack:
            self.report: Any = None
            if options["report"]:
                out = stack.enter_context(options["report"].open("w", encoding="utf-8", newline=""))
                out.write(BOM)
                self.report = csv.writer(out)
                self.report.writerow(HEADER)
            if options["dry_run"]:
                stack.enter_context(transaction.atomic())
            for number, line in reader(path):
                self._take(number, line)
            if options["dry_run"]:
                transaction.set_rollback(True)
        self._summary(options["dry_run"])

    def _take(self, number: int, line: Any) -> None:
        row: Mapping[str, Any] = {}
        try:
            row = _as_row(line)
            done = import_record(record=read_record(row=row), now=timezone.now())
        except (DomainError, DataError, IntegrityError, Unreadable) as error:
            self.counts[REFUSED] += 1
            told = str(getattr(error, "message", error)).splitlines()[0]
            self._write(number, REFUSED, row.get("name"), row.get("country"), "", "", "", told)
            return
        self.counts[done.outcome.value] += 1
        self._tell(number, done)

    def _tell(self, number: int, done: ImportedLine) -> None:
        organisation = done.organisation
        for lookalike in done.lookalikes:
            self.reasons.update(reason.value for reason in lookalike.resemblance.reasons)
        self._write(
            number,
            done.outcome.value,
            organisation.name,
            str(organisation.country),
            organisation.slug,
            " ".join(lookalike.organisation.slug for lookalike in done.lookalikes),
            " / ".join(", ".join(map(str, lookalike.reasons)) for lookalike in done.lookalikes),
            "",
        )

    def _write(self, *cells: Any) -> None:
        if self.report is not None:
            self.report.writerow([safe_cell(cell) for cell in cells])

    def _summary(self, dry_run: bool) -> None:
        words = ", ".join(f"{self.counts[outcome.value]} {outcome.value}" for outcome in Outcome)
        self.stdout.write(f"{sum(self.counts.values())} lines: {words}, {self.counts[REFUSED]} refused")
        if self.reasons:
            pairs = ", ".join(f"{count} {reason}" for reason, count in self.reasons.most_common())
            self.stdout.write(f"look-alikes by reason: {pairs}")
        if dry_run:
            self.stdout.write("Nothing was kept: this was a dry run.")
