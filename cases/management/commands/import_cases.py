"""Load a collection of cases, one JSON object a line, through the same actions as the site."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.utils import DataError, IntegrityError
from django.utils import timezone

from cases.actions import CaseRecord, Outcome, import_case
from cases.actions.indexing import indexing_together
from cases.actions.records import LONGEST_LINE, read_record
from coalition.core.errors import DomainError
from coalition.core.text import fold
from members.actions import import_organisation
from members.models import Organisation

WIDTH = 30
REFRESH = 0.2
SHOWN_REASONS = 10


class Progress:
    """A line of progress on a terminal: bar, count, rate, time left; nothing when nobody is looking."""

    def __init__(self, total: int, out: Any) -> None:
        self.total, self.out = total, out
        self.started = time.monotonic()
        self.drawn = 0.0
        self.live = out.isatty()

    def show(self, done: int) -> None:
        """Draw, at most five times a second."""
        now = time.monotonic()
        if not self.live or (now - self.drawn < REFRESH and done < self.total):
            return
        self.drawn = now
        rate = done / max(now - self.started, 1e-6)
        full = int(WIDTH * done / self.total) if self.total else WIDTH
        left = (self.total - done) / rate if rate else 0
        bar = "#" * full + "." * (WIDTH - full)
        self.out.write(f"\r[{bar}] {done}/{self.total}  {rate:.0f}/s  {left:.0f} s left ")
        self.out.flush()

    def rate(self, done: int) -> float:
        """Lines a second since the start."""
        return done / max(time.monotonic() - self.started, 1e-6)

    def end(self) -> None:
        """Leave the line."""
        if self.live:
            self.out.write("\n")


def lines_of(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Numbered lines, blank ones left out, the file never held whole: what exceeds a line's limit is skipped over."""
    number = 0
    while line := file.readline(LONGEST_LINE + 2):
        number += 1
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE)
        if line.strip():
            yield number, line


class Command(BaseCommand):
    help = "Import cases from a JSON Lines file. Safe to run again: a record already there is left alone or updated."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, whose cases they are, and what becomes of them."""
        parser.add_argument("file", type=Path)
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--organisation-from-row", action="store_true", help="each row names its organisation")
        whose.add_argument("--organisation", metavar="SLUG", help="all cases belong to this organisation")
        parser.add_argument(
            "--otherwise",
            metavar="SLUG",
            help="who answers for rows that do not say whose they are, or in which country",
        )
        parser.add_argument("--language", default="", help="language of the rows that do not say theirs")
        parser.add_argument("--reject", type=Path, help="where to write the lines that were not taken, with the reason")
        fate = parser.add_mutually_exclusive_group()
        fate.add_argument("--publish", dest="publish", action="store_true", default=True, help="make them public")
        fate.add_argument("--draft", dest="publish", action="store_false", help="leave them as drafts")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, import, report. Each case is its own transaction: an interruption loses nothing that was done."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"{path}: no such file")
        self.organisations: dict[tuple[str, str], Organisation] = {}
        self.owner = self._owner(options["organisation"])
        self.otherwise = self.owner or self._owner(options["otherwise"])
        self.language, self.publish = options["language"], options["publish"]
        self.counts: Counter[str] = Counter()
        self.rejected: list[tuple[int, str]] = []
        self.reached = 0
        with path.open("rb") as file:
            total = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
            file.seek(0)
            self._run(file, Progress(total, self.stderr), options["reject"])

    def _owner(self, slug: str | None) -> Organisation | None:
        if slug is None:
            return None
        owner = Organisation.objects.confirmed().filter(slug=slug).first()
        if owner is None:
            raise CommandError(f"{slug}: no confirmed organisation has this slug")
        return owner

    def _run(self, file: IO[bytes], progress: Progress, reject: Path | None) -> None:
        try:
            with indexing_together():
                self._take_all(file, progress, reject)
        except KeyboardInterrupt:
            progress.end()
            self._report(progress)
            self.stderr.write(f"Stopped after line {self.reached}. Run the same command again to go on.")
            sys.exit(130)
        progress.end()
        self._report(progress)

    def _take_all(self, file: IO[bytes], progress: Progress, reject: Path | None) -> None:
        for number, line in lines_of(file):
            try:
                outcome = self._take(line)
            except (DomainError, DataError, IntegrityError) as error:
                self._refuse(number, line, str(getattr(error, "message", error)), reject)
            else:
                self.counts[outcome.value] += 1
            self.reached = number
            progress.show(number)

    def _take(self, line: bytes) -> Outcome:
        record = read_record(line=line, language=self.language, owned=self.otherwise is not None)
        organisation = self.owner or self._organisation_of(record)
        now = timezone.now()
        _page, outcome = import_case(
            actor=None, record=record, organisation=organisation, publish=self.publish, now=now
        )
        return outcome

    def _organisation_of(self, record: CaseRecord) -> Organisation:
        if self.otherwise is not None and not (record.organisation_name and record.country):
            return self.otherwise
        key = (fold(record.organisation_name), record.country)
        if key not in self.organisations:
            self.organisations[key], _new = import_organisation(
                name=record.organisation_name, country=record.country, now=timezone.now()
            )
        return self.organisations[key]

    def _refuse(self, number: int, line: bytes, reason: str, reject: Path | None) -> None:
        """Write the line down at once, so that an interruption keeps the reasons; the first one empties the file."""
        mode = "a" if self.rejected else "w"
        self.rejected.append((number, reason))
        if reject is None:
            return
        text = line.decode("utf-8", "backslashreplace").rstrip("\r\n")
        with reject.open(mode, encoding="utf-8") as out:
            out.write(json.dumps({"line": number, "reason": reason, "text": text}, ensure_ascii=False) + "\n")

    def _report(self, progress: Progress) -> None:
        done = sum(self.counts.values())
        parts = ", ".join(f"{self.counts[outcome.value]} {outcome.value}" for outcome in Outcome)
        rate = progress.rate(done + len(self.rejected))
        self.stdout.write(f"{done} cases: {parts}; {len(self.rejected)} rejected; {rate:.1f} a second")
        for number, reason in self.rejected[:SHOWN_REASONS]:
            self.stdout.write(f"  line {number}: {reason}")
        if len(self.rejected) > SHOWN_REASONS:
            self.stdout.write(f"  and {len(self.rejected) - SHOWN_REASONS} more")
