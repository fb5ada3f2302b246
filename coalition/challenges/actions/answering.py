"""The authority says what becomes of a response."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.challenges.actions.wording import checked_text
from coalition.challenges.actions.writing import EditConflict, locked_challenge
from coalition.challenges.enums import ResponseState
from coalition.challenges.models import Response
from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.notifications.actions import record_event
from members.actions import acting_for


@transaction.atomic
def answer_response(
    *, actor: Any, response: Response, retained: bool, reason: str, based_on: int, now: datetime
) -> Response:
    """Retain a response, or decline it with a reason; the responder is told, with these words. Once.

    Rule: "response.answer". `based_on` is the version that was read: EditConflict when the responder has written it
    again since. DomainError without a reason where it is declined; WrongState once it is answered or withdrawn.
    """
    locked_challenge(challenge=response.challenge)
    current = Response.objects.select_for_update(of=("self",)).with_all().get(pk=response.pk)
    require(actor, "response.answer", current)
    if current.version != based_on:
        raise EditConflict(current)
    words = reason.strip()
    if words or not retained:
        words = checked_text(reason, "reason", _("Dites pourquoi : ceux qui ont répondu le liront."))
    state = ResponseState.RETAINED if retained else ResponseState.DECLINED
    waiting = Response.objects.filter(pk=current.pk, state=ResponseState.SENT, version=based_on)
    if not waiting.update(state=state, reason=words, answered_by=actor, answered_at=now, updated_at=now):
        raise WrongState
    answered = Response.objects.with_all().get(pk=current.pk)
    facts = acting_for(account=actor, organisation=answered.challenge.organisation)
    record(actor=actor, action="response.answer", obj=answered, now=now, state=state, **facts)
    key = f"response.answered:{answered.pk}"
    record_event(kind="response.answered", key=key, subject=answered, payload={}, now=now, actor=actor)
    return answered
