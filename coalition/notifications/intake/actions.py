"""A mail that came in: first kept, then acted upon, once."""

import logging
import re
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from coalition.notifications.actions import record_event
from coalition.notifications.enums import (
    KEPT_OF_TOO_BIG,
    LARGEST_INCOMING,
    MAX_ATTEMPTS,
    NOTICES_A_DAY,
    IncomingReason,
    IncomingState,
    retry_delay,
)
from coalition.notifications.intake.addresses import read_address, signed_word
from coalition.notifications.intake.judging import Decision, decide
from coalition.notifications.models import IncomingMail
from coalition.notifications.replies import read_reply
from coalition.notifications.stops.reports import read_report
from coalition.notifications.stops.returns import note_report

log = logging.getLogger(__name__)

TOLD = {
    IncomingReason.WRONG_SENDER,
    IncomingReason.EXPIRED,
    IncomingReason.GONE,
    IncomingReason.CLOSED,
    IncomingReason.EMPTY,
    IncomingReason.TOO_BIG,
    IncomingReason.TOO_MANY,
    IncomingReason.WORDS,
}
DAY = timedelta(days=1)
ONCE_A_DAY = {IncomingReason.WRONG_SENDER, IncomingReason.TOO_MANY}


def store_incoming_mail(
    *, raw: bytes, now: datetime, envelope_sender: str | None = None, envelope_recipients: tuple[str, ...] = ()
) -> IncomingMail:
    """Keep a mail as it came, committed when this returns; nothing is decided yet.

    The same mail again is kept as a second row, settled at once as a duplicate. Of a mail larger than
    LARGEST_INCOMING bytes the beginning is kept. The signed part of our address is cut out of what is stored.
    Database errors come through: whoever handed the mail over must keep it and try again.
    """
    kept = raw if len(raw) <= LARGEST_INCOMING else raw[:KEPT_OF_TOO_BIG]
    reply = read_reply(kept, envelope_sender=envelope_sender)
    ways = (*envelope_recipients, *reply.recipients)
    signed = read_address(ways)
    account = get_user_model()._default_manager.filter(pk=signed.account_id).first() if signed else None
    answers: dict[str, Any] = {
        "identity": reply.identity,
        "message_id": reply.message_id,
        "received_at": now,
        "sender": next(iter(reply.senders), "")[:320],
        "envelope_sender": None if envelope_sender is None else envelope_sender.replace("\x00", "")[:320],
        "account": account,
        "purpose": signed.purpose if signed else "",
        "number": signed.number if signed else 0,
        "expires_at": signed.expires_at if signed else None,
        "size": len(raw),
        "raw": _without_word(kept, signed_word(ways)),
    }
    try:
        with transaction.atomic():
            return IncomingMail.objects.create(**answers)
    except IntegrityError:
        settled = {"state": IncomingState.IGNORED, "reason": IncomingReason.DUPLICATE, "settled_at": now}
        return IncomingMail.objects.create(**{**answers, "raw": b"", **settled})


def _without_word(raw: bytes, word: str) -> bytes:
    """The mail without the word that lets its bearer answer in somebody's name."""
    return re.sub(re.escape(word.encode()), b"-", raw, flags=re.IGNORECASE) if word else raw


def act_on_incoming_mail(*, mail_id: int, now: datetime) -> IncomingState | None:
    """Make of a stored mail what it asks for, once; what became of it, None when another worker has it or had it.

    What is made of it, its state and what its sender is told are one transaction. When that raises (the database, or
    the app that takes the answer), nothing of it stays and the mail waits, longer each time; after MAX_ATTEMPTS it
    is left as failed, for organisers to see.
    """
    try:
        with transaction.atomic():
            waiting = IncomingMail.objects.waiting().select_for_update(skip_locked=True, of=("self",))
            mail = waiting.filter(pk=mail_id).first()
            if mail is None:
                return None
            decision = decide(mail, now)
            if decision.reason is IncomingReason.BOUNCE:
                _note_return(mail, now)
            return _settle(mail, decision, now)
    except Exception as error:
        log.exception("the mail %s could not be acted upon", mail_id)
        return _put_off(mail_id, error, now)


def _note_return(mail: IncomingMail, now: datetime) -> None:
    """A mail of ours came back: what that says of the address it went to."""
    report = read_report(bytes(mail.raw))
    if report is not None:
        note_report(report=report, now=now)


def act_on_due_mail(*, now: datetime, limit: int = 50) -> int:
    """Act upon up to `limit` stored mails whose time has come, oldest first; how many were settled."""
    due = list(IncomingMail.objects.due().values_list("pk", flat=True)[:limit])
    done = [act_on_incoming_mail(mail_id=pk, now=now) for pk in due]
    return sum(state not in (None, IncomingState.WAITING) for state in done)


def _settle(mail: IncomingMail, decision: Decision, now: datetime) -> IncomingState:
    mail.state, mail.reason, mail.said, mail.files = decision.state, decision.reason, decision.said, decision.files
    mail.settled_at, mail.last_error = now, ""
    if decision.state is IncomingState.ACCEPTED:
        mail.raw = b""
    mail.notified = _is_to_be_told(mail, decision, now)
    mail.save()
    if mail.notified:
        kind = "reply.refused" if decision.state is IncomingState.REFUSED else "reply.without_files"
        record_event(kind=kind, key=f"{kind}:{mail.pk}", subject=mail, payload={}, now=now)
    return decision.state


def _is_to_be_told(mail: IncomingMail, decision: Decision, now: datetime) -> bool:
    """One mail, and never so many that two machines could talk to each other all day."""
    if decision.state is IncomingState.ACCEPTED:
        return decision.files > 0
    if decision.reason not in TOLD or not mail.sender:
        return False
    day = IncomingMail.objects.filter(sender=mail.sender, notified=True, received_at__gt=now - DAY)
    if decision.reason in ONCE_A_DAY:
        return not day.filter(reason=decision.reason).exists()
    return day.count() < NOTICES_A_DAY


def _put_off(mail_id: int, error: Exception, now: datetime) -> IncomingState:
    mail = IncomingMail.objects.waiting().filter(pk=mail_id).first()
    if mail is None:
        return IncomingState.WAITING
    words = f"{type(error).__name__}: {error}"[:500].replace("\x00", "")
    rows = IncomingMail.objects.waiting().filter(pk=mail_id)
    if mail.attempts + 1 >= MAX_ATTEMPTS:
        rows.update(state=IncomingState.FAILED, settled_at=now, last_error=words, attempts=F("attempts") + 1)
        return IncomingState.FAILED
    delay = retry_delay(mail.attempts + 1, 0.5)
    rows.update(attempts=F("attempts") + 1, not_before=Now() + delay, last_error=words)
    return IncomingState.WAITING
