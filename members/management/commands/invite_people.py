"""Invite a whole list from the console, through the same actions as the organisers' page."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from members.actions import ListRefused, invite_list, judge_list, read_list


class Command(BaseCommand):
    help = "Invite the people of a CSV or XLSX file. Shows what would happen; --send does it. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and whether to send."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--send", action="store_true", help="write and send the invitations")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, judge, report; with --send invite. Addresses are shown to who runs this, and logged nowhere."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"{path}: no such file")
        try:
            lines = read_list(data=path.read_bytes())
        except ListRefused as error:
            raise CommandError(str(error.message)) from error
        send = options["send"]
        judged = invite_list(lines=lines, actor=None, now=timezone.now()) if send else judge_list(lines=lines)
        for one in judged:
            place = one.place.name if one.place else one.line.organisation
            self.stdout.write(f"line {one.line.number}: {one.outcome}: {one.line.email} ({place})")
        counts = Counter(one.outcome for one in judged)
        self.stdout.write(", ".join(f"{count} {outcome}" for outcome, count in counts.most_common()))
