"""What befalls an event once it is written: published, cancelled, told of afterwards, taken back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.text import has_hidden_characters
from coalition.notifications.actions import record_event
from coalition.notifications.following import follow_automatically
from coalition.pages.actions.writing import EventConflict
from coalition.pages.enums import PUBLIC, TARGET, EventState
from coalition.pages.models import Event

LONGEST_REASON, LONGEST_REPORT = 600, 12000


def _swap(event: Event, states: tuple[str, ...], based_on: int | None, now: datetime, **changes: Any) -> None:
    """Compare-and-swap from one of `states`, and from the version that was read where there is one.

    EventConflict when the words changed meanwhile, WrongState when the state did.
    """
    found = Event.objects.filter(pk=event.pk, state__in=states)
    if based_on is not None:
        found = found.filter(version=based_on)
    done = found.update(version=F("version") + 1, changed_at=now, **changes)
    stands = Event.objects.whole().get(pk=event.pk)
    if not done:
        raise EventConflict(stands) if stands.state in states else WrongState()
    event.__dict__.update({key: value for key, value in stands.__dict__.items() if key != "_state"})


@transaction.atomic
def publish_event(*, actor: Any, event: Event, based_on: int, now: datetime) -> Event:
    """Make public what was reviewed as version `based_on`; told to who follows its organisation or its coalition.

    Rule: who writes it, a draft. Who wrote it and who publishes it follow it from then on. DomainError when it is over
    already, EventConflict when somebody wrote meanwhile, WrongState when it is no draft any more.
    """
    require(actor, "event.publish", event)
    if event.is_past(now):
        raise DomainError(_("Ce rendez-vous est déjà passé : corrigez sa date avant de le publier."))
    first = event.published_at or now
    _swap(
        event,
        (EventState.DRAFT,),
        based_on,
        now,
        state=EventState.PUBLISHED,
        published_at=first,
        sequence=F("sequence") + 1,
    )
    record(actor=actor, action="event.publish", obj=event, now=now, version=event.version)
    key = f"event.announced:{event.pk}:{event.version}"
    record_event(kind="event.announced", key=key, subject=event, payload={}, now=now, actor=actor)
    for account in {one.pk: one for one in (event.author, actor) if one is not None}.values():
        follow_automatically(account=account, kind=TARGET, key=event.slug, now=now)
    return event


@transaction.atomic
def cancel_event(*, actor: Any, event: Event, reason: str, now: datetime) -> Event:
    """Call it off, with a reason everybody reads; its page stays, and who follows it is told.

    Rule: who writes it, once published. DomainError without a reason, or when it is over; WrongState when it is no
    longer published.
    """
    require(actor, "event.cancel", event)
    words = _said(reason, "reason", LONGEST_REASON, _("Dites pourquoi : ceux qui comptaient venir le liront."))
    if event.is_past(now):
        raise DomainError(_("Ce rendez-vous est passé : dites plutôt ce qui en est sorti."), field="reason")
    _swap(
        event,
        (EventState.PUBLISHED,),
        None,
        now,
        state=EventState.CANCELLED,
        cancel_reason=words,
        cancelled_at=now,
        sequence=F("sequence") + 1,
    )
    record(actor=actor, action="event.cancel", obj=event, now=now, reason=words)
    key = f"event.cancelled:{event.pk}:{event.sequence}"
    record_event(kind="event.cancelled", key=key, subject=event, payload={}, now=now, actor=actor)
    return event


@transaction.atomic
def report_event(*, actor: Any, event: Event, report: str, based_on: int, now: datetime) -> Event:
    """Tell what came out of it, in Markdown; written again as often as needed.

    Rule: who writes it, once published and begun (DomainError before). EventConflict when somebody saved since version
    `based_on`.
    """
    require(actor, "event.report", event)
    if not event.has_begun(now):
        raise DomainError(_("Attendez qu’il ait commencé pour dire ce qui en est sorti."), field="report")
    words = _said(report, "report", LONGEST_REPORT, _("Écrivez ce qui en est sorti, même en une phrase."))
    _swap(event, (EventState.PUBLISHED,), based_on, now, report=words, reported_at=event.reported_at or now)
    record(actor=actor, action="event.report", obj=event, now=now, version=event.version)
    return event


@transaction.atomic
def withdraw_event(*, actor: Any, event: Event, now: datetime) -> Event:
    """Take it back to a draft: nobody but those who write it reads it any more, and mails that wait do not leave.

    Rule: organisers, what is published or cancelled; WrongState otherwise.
    """
    require(actor, "event.withdraw", event)
    was = event.state
    _swap(
        event,
        tuple(PUBLIC),
        None,
        now,
        state=EventState.DRAFT,
        cancel_reason="",
        cancelled_at=None,
        sequence=F("sequence") + 1,
    )
    record(actor=actor, action="event.withdraw", obj=event, now=now, was=was)
    return event


def _said(text: str, field: str, longest: int, missing: str) -> str:
    """The words without spaces around. DomainError for none, too many, or such as nobody sees."""
    words = text.strip()
    if not words:
        raise DomainError(missing, field=field)
    if len(words) > longest:
        raise DomainError(_("Ce texte est trop long : %(n)d signes au plus.") % {"n": longest}, field=field)
    if any(has_hidden_characters(line.replace("\t", " ")) for line in words.replace("\r", "").split("\n")):
        raise DomainError(_("Ce texte contient des caractères invisibles. Retapez-le."), field=field)
    return words
