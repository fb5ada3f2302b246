"""Reminding, once, those whose answer is awaited while the time for it runs out. Run by the worker."""

from datetime import date, datetime, timedelta

from coalition.notifications.actions import record_event
from principles.actions.telling import tell_of_amendment
from principles.enums import AmendmentState
from principles.models import Amendment, Charter, CoAuthor

REMIND_BEFORE = timedelta(days=3)
"""How long before positions close those who have not spoken are told; at half-time where all of it is shorter."""
UNANSWERED = timedelta(days=7)
"""How long an invitation to write together waits before it is told again."""
SETTLE_IN = timedelta(days=1)
"""Nobody is reminded of what was asked today."""


def remind_of_deadlines(*, now: datetime) -> int:
    """Record, once each, the ends of time for positions that come near and the invitations left without an answer.

    Rule: none, nobody asks; the dates say it. Returns how many were new. Who has answered by the time the mail would
    leave is not told.
    """
    return _positions(now) + _invitations(now)


def _positions(now: datetime) -> int:
    """One event for each charter and each day (UTC) on which positions close."""
    new = 0
    for charter in Charter.objects.published():
        days: dict[date, datetime] = {}
        for amendment in Amendment.objects.open().filter(charter=charter, hidden_at=None).select_related("charter"):
            until = amendment.positions_until()
            if until is not None and _is_near(amendment.opened_at or now, until, now):
                days[until.date()] = max(until, days.get(until.date(), until))
        for day, until in days.items():
            key = f"charter.deadline_near:{charter.pk}:{day}"
            payload = {"until": until.isoformat()}
            event = record_event(kind="charter.deadline_near", key=key, subject=charter, payload=payload, now=now)
            new += event.created_at == now
    return new


def _is_near(opened: datetime, until: datetime, now: datetime) -> bool:
    return max(until - REMIND_BEFORE, opened + (until - opened) / 2) <= now < until


def _invitations(now: datetime) -> int:
    """One event for each invitation that waits for a week, or whose draft must be proposed within days."""
    waiting = CoAuthor.objects.waiting().filter(amendment__state=AmendmentState.DRAFT)
    rows = waiting.filter(invited_at__lte=now - SETTLE_IN).select_related("amendment__charter")
    return sum(_remind(one, now) for one in rows if _has_waited(one, now))


def _has_waited(invitation: CoAuthor, now: datetime) -> bool:
    charter = invitation.amendment.charter
    closes = charter.deliberation_from or charter.adopted_from
    soon = closes is not None and now < closes <= now + REMIND_BEFORE
    return soon or invitation.invited_at <= now - UNANSWERED


def _remind(invitation: CoAuthor, now: datetime) -> bool:
    mark = f"{invitation.pk}:{invitation.invited_at.isoformat()}"
    organisation = invitation.organisation_id
    kind, amendment = "amendment.coauthor_waiting", invitation.amendment
    event = tell_of_amendment(kind=kind, amendment=amendment, actor=None, now=now, mark=mark, organisation=organisation)
    return event.created_at == now
