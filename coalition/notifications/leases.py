"""What a drain holds stays its own for as long as it lives, however slow the mail server is.

Leases are short, so that others soon take over what a killed process held. A mail server may keep a sender waiting
longer than that: what is held is renewed meanwhile, from a thread with a connection of its own.
"""

import logging
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from coalition.notifications.models import Delivery

log = logging.getLogger(__name__)

RENEWALS = 3
"""How often a lease is renewed in its own length: one missed renewal loses nothing."""
GOODBYE_SECONDS = 2.0


class LeaseKeeper:
    """Renews what a drain holds until it leaves the `with`. Free for a drain shorter than a third of a lease."""

    def __init__(self, lease_seconds: float) -> None:
        self._lease_seconds = lease_seconds
        self._held: tuple[list[int], UUID | None] = ([], None)
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread:
            self._thread.join(GOODBYE_SECONDS)

    def hold(self, claimed: Sequence[Delivery]) -> None:
        """What is held from now on, all of one claim; what was held before is left to itself."""
        self._held = ([delivery.pk for delivery in claimed], claimed[0].lease_token if claimed else None)
        if claimed and self._thread is None:
            self._thread = threading.Thread(target=self._renew_until_over, name="leases", daemon=True)
            self._thread.start()

    def _renew_until_over(self) -> None:
        while not self._over.wait(self._lease_seconds / RENEWALS):
            keys, token = self._held
            if token is None:
                continue
            try:
                Delivery.objects.renew(keys, token=token, lease_seconds=self._lease_seconds)
            except (OperationalError, InterfaceError) as error:
                log.warning("leases not renewed, trying again: %s", error)
                connection.close()
        connection.close()
