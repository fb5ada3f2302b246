"""The loop that empties the outbox. Any number of workers may run it at once."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.utils import timezone

from coalition.notifications.actions import (
    claim_deliveries,
    fan_out_event,
    open_line,
    release_deliveries,
    send_delivery,
)
from coalition.notifications.circulars import Circulars
from coalition.notifications.enums import BATCH, DRAIN_SECONDS, LEASE_SECONDS, PARALLEL_DRAINS, DeliveryState
from coalition.notifications.leases import LeaseKeeper
from coalition.notifications.models import Delivery, Event
from coalition.notifications.notifications import FOLLOWED
from coalition.notifications.pacing.slots import let_through
from coalition.notifications.transport import Transport, Unreachable

LOCK_SPACE = 0x6D61696C  # "mail": our corner of PostgreSQL's advisory locks


@dataclass
class Drained:
    """What a drain did: events fanned out, and deliveries by the state they were left in."""

    events: int = 0
    deliveries: Counter[str] = field(default_factory=Counter)
    unreachable: str = ""


def drain_outbox(
    *, seconds: float = DRAIN_SECONDS, batch: int = BATCH, lease_seconds: float = LEASE_SECONDS
) -> Drained:
    """Fan out and send until nothing is due, `seconds` have passed, or the mail server cannot be reached."""
    done, deadline, circulars = Drained(), time.monotonic() + seconds, Circulars(FOLLOWED)

    def send(delivery: Delivery) -> DeliveryState:
        return send_delivery(delivery=delivery, transport=transport, lease_seconds=lease_seconds, circulars=circulars)

    with Transport() as transport, LeaseKeeper(lease_seconds) as leases:
        while time.monotonic() < deadline:
            events = _fan_out_due(deadline)
            claimed = claim_deliveries(limit=batch, lease_seconds=lease_seconds)
            leases.hold(claimed)
            done.events += events
            if not claimed and not events:
                break
            try:
                _send_claimed(claimed, transport, send, deadline, done)
            except Unreachable as error:
                done.unreachable = str(error)
                break
    return done


def _fan_out_due(deadline: float) -> int:
    """Fan out what is due; one event at a time, so that a poisoned one harms no other. Returns how many were tried."""
    tried = 0
    for event_id in list(Event.objects.due().values_list("pk", flat=True)[:100]):
        if time.monotonic() >= deadline:
            break
        fan_out_event(event_id=event_id, now=timezone.now())
        tried += 1
    return tried


def _send_claimed(
    claimed: list[Delivery],
    transport: Transport,
    send: Callable[[Delivery], DeliveryState],
    deadline: float,
    done: Drained,
) -> None:
    """Send a batch, no faster to a domain than its bound; what is left of it at the deadline or without a server goes
    back at once, for others to take.
    """
    left = list(claimed)
    try:
        if left:
            open_line(delivery=left[0], transport=transport)
            left = let_through(left)
        while left and time.monotonic() < deadline:
            done.deliveries[send(left.pop(0))] += 1
    finally:
        if left and connection.is_usable():
            release_deliveries(deliveries=left)


@contextmanager
def drain_slot(space: int = LOCK_SPACE, places: int | None = None) -> Iterator[bool]:
    """One of the few places for a drain, or False: hints that pile up end at once instead of filling the workers.

    A session lock of PostgreSQL: it goes with its connection when a worker is killed.
    """
    places = PARALLEL_DRAINS if places is None else places
    slot = next((slot for slot in range(places) if _lock("pg_try_advisory_lock", space, slot)), None)
    try:
        yield slot is not None
    finally:
        if slot is not None and connection.is_usable():
            _lock("pg_advisory_unlock", space, slot)


def _lock(function: str, space: int, slot: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [space, slot])
        return bool(cursor.fetchone()[0])
