"""Telling, once for each date, that an event is near. Run by the worker."""

from datetime import UTC, datetime

from coalition.notifications.actions import record_events
from coalition.pages.models import Event


def tell_of_near_events(*, now: datetime) -> int:
    """Record that published events begin within two days, once for each event and date; how many are near.

    Rule: none, nobody asks; the dates say it. Two queries, whatever their number: the key holds the date, so that runs
    that were missed, repeated or late tell nothing twice, and an event that moved is told again. Who is told, and
    whether it still holds, is asked when the mail leaves.
    """
    facts = {}
    for event in Event.objects.near(now):
        moment = event.starts_at.astimezone(UTC).isoformat()
        facts[f"event.near:{event.pk}:{moment}"] = (event, {"starts_at": moment})
    return record_events(kind="event.near", facts=facts, now=now) if facts else 0
