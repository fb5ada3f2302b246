"""What becomes of a challenge: more time, or a public outcome."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _, ngettext

from coalition.challenges.actions.wording import check_deadline, checked_text
from coalition.challenges.actions.writing import keep_values, locked_challenge, tell_change
from coalition.challenges.enums import ChallengeState, ResponseState
from coalition.challenges.models import Challenge
from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.actions import record_event
from members.actions import acting_for


@transaction.atomic
def close_challenge(*, actor: Any, challenge: Challenge, outcome: str, now: datetime) -> Challenge:
    """Conclude a challenge, before or after its deadline, with a public outcome: what was decided.

    Rule: "challenge.close". Every response was answered before: DomainError otherwise, or without an outcome. Those who
    answered are told whatever they chose, followers as they chose. Nothing undoes it.
    """
    current = locked_challenge(challenge=challenge)
    require(actor, "challenge.close", current)
    decided = checked_text(outcome, "outcome", _("Dites ce qui a été décidé : tout le monde le lira."))
    waiting = current.responses.filter(state=ResponseState.SENT).count()
    if waiting:
        sentence = ngettext(
            "%(n)d réponse attend encore la vôtre : répondez-lui d’abord.",
            "%(n)d réponses attendent encore la vôtre : répondez-leur d’abord.",
            waiting,
        )
        raise DomainError(sentence % {"n": waiting}, field="outcome")
    public = Challenge.objects.filter(pk=current.pk, state=ChallengeState.PUBLISHED)
    values = {"outcome": decided, "closed_at": now, "updated_at": now, "version": current.version + 1}
    if not public.update(state=ChallengeState.CLOSED, **values):
        raise WrongState
    closed = Challenge.objects.select_related("organisation").get(pk=current.pk)
    facts = acting_for(account=actor, organisation=closed.organisation)
    record(actor=actor, action="challenge.close", obj=closed, now=now, **facts)
    key = f"challenge.closed:{closed.pk}"
    record_event(kind="challenge.closed", key=key, subject=closed, payload={}, now=now, actor=actor)
    return closed


@transaction.atomic
def reopen_challenge(*, actor: Any, challenge: Challenge, closes_at: datetime | None, now: datetime) -> Challenge:
    """Give more time to a published challenge whose deadline is past: a moment to come, or None for no end.

    Rule: "challenge.reopen". WrongState while it is still open; DomainError for a moment that is past. Followers and
    responders are told.
    """
    current = locked_challenge(challenge=challenge)
    require(actor, "challenge.reopen", current)
    if not current.is_past(now):
        raise WrongState
    check_deadline(closes_at, now)
    before = {"closes_at": current.closes_at}
    opened = keep_values(challenge=current, values={"closes_at": closes_at}, now=now)
    facts = acting_for(account=actor, organisation=opened.organisation)
    record(actor=actor, action="challenge.reopen", obj=opened, now=now, **facts)
    tell_change(challenge=opened, before=before, actor=actor, now=now)
    return opened
