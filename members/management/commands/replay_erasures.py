"""After a backup was restored: erase again whoever had been erased since it was made."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from members.actions import replay_erasures


class Command(BaseCommand):
    help = "Erase again the accounts that erasures.jsonl (in PRIVATE_ROOT) names; run it after restoring a backup."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many came back and went again."""
        self.stdout.write(f"{replay_erasures(now=timezone.now())} accounts erased again")
