"""The deadline comes near: those who follow a challenge and have not answered are told, once for each deadline."""

from datetime import datetime

from coalition.challenges.enums import REMIND_BEFORE
from coalition.challenges.models import Challenge
from coalition.notifications.actions import record_event


def remind_of_closing(*, now: datetime) -> int:
    """Record the deadlines that come within REMIND_BEFORE, or from half-time on where all of it is shorter.

    Rule: none, nobody asks; the dates say it. One event a challenge and deadline: run twice, late or by two workers at
    once, nobody is told twice; a deadline that is past says nothing. Returns how many were new.
    """
    near = Challenge.objects.open(now).filter(closes_at__lte=now + REMIND_BEFORE).order_by("pk")
    return sum(_remind(challenge, now) for challenge in near)


def _remind(challenge: Challenge, now: datetime) -> bool:
    closes, opened = challenge.closes_at, challenge.published_at
    if closes is None or opened is None or now < max(closes - REMIND_BEFORE, opened + (closes - opened) / 2):
        return False
    until = closes.isoformat()
    key = f"challenge.closing:{challenge.pk}:{until}"
    event = record_event(kind="challenge.closing", key=key, subject=challenge, payload={"until": until}, now=now)
    return event.created_at == now
