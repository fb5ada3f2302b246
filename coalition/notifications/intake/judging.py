"""What becomes of a mail that came in: the rules, in their order."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import translation

from coalition.core.access import AccessError, WrongState
from coalition.core.errors import DomainError
from coalition.notifications.enums import LARGEST_INCOMING, REPLIES_AN_HOUR, IncomingReason, IncomingState
from coalition.notifications.intake.registry import get_answerer
from coalition.notifications.models import Delivery, IncomingMail
from coalition.notifications.replies import Automatic, Reply, read_reply

PROGRAMS = {
    Automatic.BOUNCE: IncomingReason.BOUNCE,
    Automatic.ROBOT: IncomingReason.ROBOT,
    Automatic.LIST: IncomingReason.LIST,
}


@dataclass(frozen=True)
class Decision:
    """The state a mail ends in, why, a sentence for its sender, and how many files were set aside."""

    state: IncomingState
    reason: IncomingReason = IncomingReason.NONE
    said: str = ""
    files: int = 0


def decide(mail: IncomingMail, now: datetime) -> Decision:
    """Make the comment, or say why not.

    What programs send, what we sent ourselves and what came to no address of ours is left aside without a word; the
    rest is refused with one, in this order: another sender, an old address, too big, too many, nothing said, and what
    the app that takes the answer says. Any other exception of that app comes through.
    """
    reply = read_reply(bytes(mail.raw), envelope_sender=mail.envelope_sender)
    aside = _left_aside(mail, reply)
    if aside is not None:
        return Decision(IncomingState.IGNORED, aside)
    refused = _refused(mail, reply, now)
    if refused is not None:
        return Decision(IncomingState.REFUSED, refused)
    return _answered(mail, reply, now)


def _left_aside(mail: IncomingMail, reply: Reply) -> IncomingReason | None:
    if reply.automatic in PROGRAMS:
        return PROGRAMS[reply.automatic]
    ours = {parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower(), settings.REPLY_ADDRESS.lower()}
    if ours & set(reply.senders) or Delivery.objects.filter(message_id=reply.message_id or "-").exists():
        return IncomingReason.LOOP
    account = mail.account
    if not mail.purpose or get_answerer(mail.purpose) is None or account is None or not account.is_active:
        return IncomingReason.UNKNOWN
    return None


def _refused(mail: IncomingMail, reply: Reply, now: datetime) -> IncomingReason | None:
    if len(reply.senders) != 1 or reply.senders[0] not in _addresses(mail.account):
        return IncomingReason.WRONG_SENDER
    if mail.expires_at is None or mail.expires_at < mail.received_at:
        return IncomingReason.EXPIRED
    if mail.size > LARGEST_INCOMING:
        return IncomingReason.TOO_BIG
    hour = IncomingMail.objects.filter(account=mail.account, received_at__gt=now - timedelta(hours=1))
    if hour.filter(state=IncomingState.ACCEPTED).count() >= REPLIES_AN_HOUR:
        return IncomingReason.TOO_MANY
    if not any(sign.isalnum() for sign in reply.words):
        return IncomingReason.EMPTY
    return None


def _addresses(account: Any) -> set[str]:
    """The account's address, and the others its owner has confirmed."""
    known = EmailAddress.objects.filter(user=account, verified=True).values_list("email", flat=True)
    return {str(address).lower() for address in (account.email, *known)}


def _answered(mail: IncomingMail, reply: Reply, now: datetime) -> Decision:
    answerer = get_answerer(mail.purpose)
    account: Any = mail.account
    if answerer is None:
        return Decision(IncomingState.IGNORED, IncomingReason.UNKNOWN)
    try:
        with translation.override(account.language), transaction.atomic():
            answerer(account=account, number=mail.number, words=reply.words, now=now)
    except WrongState as error:
        return Decision(IncomingState.REFUSED, IncomingReason.CLOSED, _sentence(error))
    except AccessError:
        return Decision(IncomingState.REFUSED, IncomingReason.GONE)
    except DomainError as error:
        with translation.override(account.language):
            return Decision(IncomingState.REFUSED, IncomingReason.WORDS, str(error.message))
    return Decision(IncomingState.ACCEPTED, files=len(reply.attachments))


def _sentence(error: AccessError) -> str:
    """The sentence of a refusal; "" where it only names the rule ("comment.create")."""
    return error.message if " " in error.message else ""
