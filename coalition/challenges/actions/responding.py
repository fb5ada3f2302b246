"""What a responder does: send, write again, say whether it may be named, withdraw."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _, gettext_lazy

from coalition.challenges.actions.wording import checked_response
from coalition.challenges.actions.writing import EditConflict, locked_challenge
from coalition.challenges.enums import ResponseState
from coalition.challenges.models import Challenge, Response, ResponseWords
from coalition.core.access import Refused, WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.actions import record_event
from coalition.notifications.following import follow_automatically
from members.actions import acting_for
from members.enums import OrganisationState
from members.models import Organisation
from members.rules import is_editor_of


class DeadlinePassed(DomainError):
    """The response comes too late; nothing was kept."""


class AlreadyAnswered(DomainError):
    """The organisation has a live response to this challenge."""


@transaction.atomic
def send_response(
    *, actor: Any, challenge: Challenge, organisation: Organisation, words: ResponseWords, now: datetime
) -> Response:
    """Send the response of `organisation` before the deadline; the authority is told, the sender follows the challenge.

    Rule: "response.send", and to write for `organisation` (Refused), a confirmed one that is not the authority.
    DeadlinePassed after it, by the clock of `now`; AlreadyAnswered for a second live one, even at the same moment;
    DomainError for words.
    """
    current = locked_challenge(challenge=challenge)
    require(actor, "response.send", current)
    if not is_editor_of(actor, organisation):
        raise Refused("response.send")
    _check_sides(current, organisation)
    values = checked_response(words)
    check_time(challenge=current, now=now)
    try:
        with transaction.atomic():
            response = Response.objects.create(
                challenge=current, organisation=organisation, sent_by=actor, sent_at=now, updated_at=now, **values
            )
    except IntegrityError:
        raise AlreadyAnswered(
            gettext_lazy("Votre organisation a déjà répondu à ce défi : modifiez sa réponse."), field="organisation"
        ) from None
    _log(response, "response.send", actor, now)
    key = f"response.received:{response.pk}"
    record_event(kind="response.received", key=key, subject=response, payload={}, now=now, actor=actor)
    follow_automatically(account=actor, kind="challenge", key=current.slug, now=now)
    return response


def _check_sides(challenge: Challenge, organisation: Organisation) -> None:
    if organisation.pk == challenge.organisation_id:
        raise DomainError(_("Une organisation ne répond pas à son propre défi."), field="organisation")
    if organisation.state != OrganisationState.CONFIRMED:
        raise DomainError(_("Votre organisation n’est pas encore confirmée."), field="organisation")


def check_time(*, challenge: Challenge, now: datetime) -> None:
    """DeadlinePassed once the moment until which one answers has come."""
    if challenge.is_past(now):
        raise DeadlinePassed(
            _("Le délai est passé depuis le %(moment)s. Votre texte n’a pas été envoyé : gardez-en une copie.")
            % {"moment": challenge.deadline_words}
        )


def _locked(response: Response) -> Response:
    """The response as it stands, held with its challenge until the end of the transaction."""
    locked_challenge(challenge=response.challenge)
    return Response.objects.select_for_update(of=("self",)).with_all().get(pk=response.pk)


def _log(response: Response, action: str, actor: Any, now: datetime, **facts: Any) -> None:
    known = acting_for(account=actor, organisation=response.organisation)
    record(actor=actor, action=action, obj=response, now=now, challenge=response.challenge_id, **known, **facts)


@transaction.atomic
def edit_response(*, actor: Any, response: Response, words: ResponseWords, based_on: int, now: datetime) -> Response:
    """Write a response again before the deadline, until the authority has answered it.

    Rule: "response.edit". EditConflict when a colleague wrote it since `based_on`; DeadlinePassed; DomainError.
    """
    current = _locked(response)
    require(actor, "response.edit", current)
    if current.version != based_on:
        raise EditConflict(current)
    values = checked_response(words)
    check_time(challenge=current.challenge, now=now)
    sent = Response.objects.filter(pk=current.pk, state=ResponseState.SENT, version=based_on)
    if not sent.update(**values, updated_at=now, version=based_on + 1):
        raise WrongState
    _log(current, "response.edit", actor, now, version=based_on + 1)
    return Response.objects.with_all().get(pk=current.pk)


@transaction.atomic
def name_response(*, actor: Any, response: Response, may_be_named: bool, now: datetime) -> Response:
    """Agree, or no longer agree, to be named in public where it is retained: at any time. Rule: "response.name"."""
    current = _locked(response)
    require(actor, "response.name", current)
    if not Response.objects.live().filter(pk=current.pk).update(may_be_named=may_be_named, updated_at=now):
        raise WrongState
    _log(current, "response.name", actor, now, may_be_named=may_be_named)
    return Response.objects.with_all().get(pk=current.pk)


@transaction.atomic
def withdraw_response(*, actor: Any, response: Response, now: datetime) -> Response:
    """Take a response back before the challenge is concluded; the authority is told. Rule: "response.withdraw".

    Another one may be sent afterwards, while there is time.
    """
    current = _locked(response)
    require(actor, "response.withdraw", current)
    standing = Response.objects.filter(pk=current.pk, state__in=(ResponseState.SENT, ResponseState.RETAINED))
    if not standing.update(state=ResponseState.WITHDRAWN, withdrawn_at=now, updated_at=now):
        raise WrongState
    _log(current, "response.withdraw", actor, now)
    gone = Response.objects.with_all().get(pk=current.pk)
    key = f"response.withdrawn:{gone.pk}"
    record_event(kind="response.withdrawn", key=key, subject=gone, payload={}, now=now, actor=actor)
    return gone
