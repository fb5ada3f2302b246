"""Send, answer, close and delete a message; forget those whose year is over."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from coalition.contact.enums import LONGEST_MESSAGE, OPEN, Kind, State
from coalition.contact.models import Message, Reply
from coalition.contact.rules import KEEP_PURPOSE
from coalition.core.access import WrongState, require
from coalition.core.attachments import delete_attachment, keep_upload
from coalition.core.audit import record
from coalition.core.consents import give_consent, withdraw_consent
from coalition.core.contacts import ContactSubject, people_answering
from coalition.core.errors import DomainError
from coalition.core.privacy import PurgeStep, register_purge
from coalition.core.text import one_line
from coalition.notifications.actions import record_event

RETENTION = timedelta(days=365)


@transaction.atomic
def send_message(
    *,
    actor: Any,
    subject: ContactSubject | None,
    kind: str,
    name: str,
    email: str,
    body: str,
    now: datetime,
    organisation: str = "",
    language: str = "fr",
    upload: Any = None,
    network: str = "",
) -> Message:
    """Keep a message from anybody, tell the organisers, and pass it on to the team of what it is about.

    Rule: nothing is mailed to the typed address; a report, or a message without team, stays with the organisers.
    `network`: the IP address, kept cut down with the agreement. Raises DomainError for words missing or too long, and
    AttachmentRefused for a file that is neither PDF nor picture; nothing is kept then.
    """
    require(actor, "contact.send", subject)
    team = people_answering(subject.key) if subject is not None and kind != Kind.REPORT else []
    account = actor if getattr(actor, "pk", None) else None
    message = Message.objects.create(
        **_about(subject),
        kind=kind,
        name=one_line(name)[:150],
        email=email.strip().lower(),
        organisation=one_line(organisation)[:160],
        body=_checked(body),
        language=language,
        state=State.FORWARDED if team else State.NEW,
        created_at=now,
        attachment=keep_upload(upload=upload, account=account, now=now) if upload else None,
    )
    _agree(message, account, network, now)
    record(actor=account, action="contact.send", obj=message, now=now, about=message.subject_key, kind=kind)
    for told in ("contact.received", *(("contact.forwarded",) if team else ())):
        record_event(kind=told, key=f"{told}:{message.pk}", subject=message, payload={}, now=now)
    return message


def _about(subject: ContactSubject | None) -> dict[str, str]:
    if subject is None:
        return {}
    return {"subject_key": subject.key, "subject_label": subject.label[:255], "subject_url": subject.url}


def _checked(body: str) -> str:
    words = body.strip()
    if not words or len(words) > LONGEST_MESSAGE:
        raise DomainError(_("Écrivez votre message, en 4 000 caractères au plus."), field="body")
    return words


def _agree(message: Message, account: Any, network: str, now: datetime) -> None:
    give_consent(
        account=account,
        address=message.email,
        purpose=KEEP_PURPOSE,
        language=message.language,
        method="form",
        proof=f"message {message.pk}",
        now=now,
        network=network,
    )


@transaction.atomic
def answer_message(*, actor: Any, message: Message, body: str, now: datetime) -> Reply:
    """Answer from the site: the words go by mail to the sender, without the address of who answers.

    WrongState once it is closed; DomainError for words missing or too long.
    """
    require(actor, "contact.answer", message)
    words = body.strip()
    if not words or len(words) > LONGEST_MESSAGE:
        raise DomainError(_("Écrivez votre réponse, en 4 000 caractères au plus."), field="body")
    moved = Message.objects.filter(pk=message.pk, state__in=OPEN).update(state=State.ANSWERED, answered_at=now)
    if not moved:
        raise WrongState
    reply = Reply.objects.create(message=message, author=actor, body=words, sent_at=now)
    record(actor=actor, action="contact.answer", obj=message, now=now)
    key = f"contact.answered:{reply.pk}"
    record_event(kind="contact.answered", key=key, subject=message, payload={"reply": reply.pk}, now=now, actor=actor)
    return reply


@transaction.atomic
def close_message(*, actor: Any, message: Message, motive: str, now: datetime) -> None:
    """Nothing more to do, and why; the sender is not told. WrongState when closed already."""
    require(actor, "contact.close", message)
    why = motive.strip()
    if not why:
        raise DomainError(_("Dites pourquoi, pour ceux qui liront après vous."), field="reason")
    open_one = Message.objects.filter(pk=message.pk, state__in=OPEN)
    if not open_one.update(state=State.CLOSED, motive=why, closed_at=now):
        raise WrongState
    record(actor=actor, action="contact.close", obj=message, now=now)


@transaction.atomic
def delete_message(*, actor: Any, message: Message, motive: str, now: datetime) -> None:
    """Delete a message before its year is over (its sender asks, or it should never have been sent), with a motive.

    The motive stays in the log, the message nowhere.
    """
    require(actor, "contact.delete", message)
    why = motive.strip()
    if not why:
        raise DomainError(_("Dites pourquoi, pour ceux qui liront après vous."), field="reason")
    record(actor=actor, action="contact.delete", obj=message, now=now, motive=why)
    _forget(message, now)


def _forget(message: Message, now: datetime) -> None:
    """The row, its replies, its file, and the agreement that went with it."""
    withdraw_consent(purpose=KEEP_PURPOSE, now=now, address=message.email, proof=f"message {message.pk}")
    attachment = message.attachment
    message.delete()
    if attachment is not None:
        delete_attachment(attachment)


def forget_messages(*, cutoff: datetime, dry_run: bool) -> int:
    """Messages sent before `cutoff`, whatever became of them."""
    past = list(Message.objects.past(cutoff).select_related("attachment"))
    for message in [] if dry_run else past:
        _forget(message, cutoff + RETENTION)
    return len(past)


@transaction.atomic
def forget_sender(*, account: Any, now: datetime) -> None:
    """Before an account is erased: the messages it sent from its address, with their files."""
    for message in Message.objects.filter(email__iexact=account.email).select_related("attachment"):
        _forget(message, now)


def register_steps() -> None:
    """Called once, when the app is ready."""
    register_purge(PurgeStep("contact", gettext_lazy("Messages reçus"), RETENTION, _purge))


def _purge(cutoff: datetime, dry_run: bool) -> int:
    return forget_messages(cutoff=cutoff, dry_run=dry_run)
