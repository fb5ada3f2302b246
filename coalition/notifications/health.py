"""How the outbox is doing: for /healthz, organisers and alarms."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q

from coalition.notifications.enums import UNREACHABLE_RETRY, Channel
from coalition.notifications.models import Delivery, Event


@dataclass(frozen=True)
class QueueHealth:
    """`oldest_due_seconds`: how long the oldest thing that should already have left has waited; 0 when none has."""

    oldest_due_seconds: float
    pending: int
    failed: int


def queue_health(now: datetime) -> QueueHealth:
    """Age in seconds of the oldest due event or delivery, and how many wait or were given up.

    Mail put off because no mail server could be reached is late since the event, so the age grows for as long as the
    server is away. What waits for its time (quiet hours, the pace of a domain, a server that said "later") is late only
    once it has come. Waiting events count as pending, given-up events as failed. Programs that do not
    answer are no alarm: they have a page of their own.
    """
    soon = now + UNREACHABLE_RETRY * 2
    away = Q(attempts=0) & ~Q(last_error="")
    events, deliveries = Event.objects.waiting(), Delivery.objects.pending().exclude(channel=Channel.WEBHOOK)
    starts = [
        events.filter(attempts=0).aggregate(start=Min("created_at"))["start"],
        events.filter(attempts__gt=0).aggregate(start=Min("not_before"))["start"],
        deliveries.filter(away, not_before__lte=soon).aggregate(start=Min("event__created_at"))["start"],
        deliveries.exclude(away).aggregate(start=Min("not_before"))["start"],
    ]
    ages = [(now - start).total_seconds() for start in starts if start is not None]
    return QueueHealth(
        oldest_due_seconds=max([0.0, *ages]),
        pending=events.count() + deliveries.count(),
        failed=Event.objects.given_up().count() + Delivery.objects.failed().count(),
    )
