"""How the outbox is doing: for /healthz, organisers and alarms."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from coalition.notifications.enums import UNREACHABLE_RETRY
from coalition.notifications.models import Delivery, Event


@dataclass(frozen=True)
class QueueHealth:
    """`oldest_due_seconds`: how long the oldest thing that should already have left has waited; 0 when none has."""

    oldest_due_seconds: float
    pending: int
    failed: int


def queue_health(now: datetime) -> QueueHealth:
    """Age in seconds of the oldest due event or delivery, and how many wait or were given up.

    What was never tried is late since the event; this includes mail put off because no mail server could be reached,
    so the age grows for as long as the server is away. What was tried and put off is late only once its time has
    come. Waiting events count as pending, given-up events as failed.
    """
    soon = now + UNREACHABLE_RETRY * 2
    events, deliveries = Event.objects.waiting(), Delivery.objects.pending()
    starts = [
        events.filter(attempts=0).aggregate(start=Min("created_at"))["start"],
        events.filter(attempts__gt=0).aggregate(start=Min("not_before"))["start"],
        deliveries.filter(attempts=0, not_before__lte=soon).aggregate(start=Min("event__created_at"))["start"],
        deliveries.filter(attempts__gt=0).aggregate(start=Min("not_before"))["start"],
    ]
    ages = [(now - start).total_seconds() for start in starts if start is not None]
    return QueueHealth(
        oldest_due_seconds=max([0.0, *ages]),
        pending=events.count() + deliveries.count(),
        failed=Event.objects.given_up().count() + Delivery.objects.failed().count(),
    )
