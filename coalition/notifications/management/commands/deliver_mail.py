"""Empty the outbox once, by hand or from a timer, without Celery."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from coalition.notifications.drain import drain_outbox
from coalition.notifications.enums import DRAIN_SECONDS, LEASE_SECONDS
from coalition.notifications.hook_desk.drain import drain_hooks


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Fan out waiting events, send due mail and tell programs, once."

    def add_arguments(self, parser: CommandParser) -> None:
        """--seconds bounds the run; --lease-seconds says when others may take over what this run held if it dies."""
        parser.add_argument("--seconds", type=float, default=DRAIN_SECONDS * 20)
        parser.add_argument("--lease-seconds", type=float, default=LEASE_SECONDS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was done; a mail server out of reach is said on the error stream."""
        done = drain_outbox(seconds=options["seconds"], lease_seconds=options["lease_seconds"])
        counts = ", ".join(f"{count} {state}" for state, count in sorted(done.deliveries.items())) or "nothing to send"
        self.stdout.write(f"{done.events} events, {counts}")
        if done.unreachable:
            self.stderr.write(f"mail server out of reach: {done.unreachable}")
        told = drain_hooks(seconds=options["seconds"], lease_seconds=options["lease_seconds"])
        if told:
            self.stdout.write("programs: " + ", ".join(f"{count} {state}" for state, count in sorted(told.items())))
