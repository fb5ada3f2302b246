"""Forget now what is older than its retention, or say what would be forgotten."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from coalition.core.retention import run_purge


class Command(BaseCommand):
    help = "Erase personal data past its retention (docs/traitements.md); the worker does the same every night."

    def add_arguments(self, parser: CommandParser) -> None:
        """--dry-run: count, erase nothing."""
        parser.add_argument("--dry-run", action="store_true", help="count, erase nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a step: its name, how many, what is older than when."""
        for run in run_purge(now=timezone.now(), dry_run=options["dry_run"]):
            self.stdout.write(f"{run.step:24} {run.erased:6}  older than {run.older_than:%Y-%m-%d %H:%M}")
