"""From a delivery to a message: in the recipient's language, words first, HTML beside them."""

import json
import re
from base64 import b64decode, b64encode
from email.errors import MessageError
from email.headerregistry import Address
from email.mime.base import MIMEBase
from typing import Any, TypeVar

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from coalition.notifications.enums import LARGEST_MAIL
from coalition.notifications.heading.headers import leave_headers, leave_of, leave_url, thread_headers
from coalition.notifications.kinds import Kind, Recipient, get_kind
from coalition.notifications.models import Delivery
from coalition.notifications.ways_out import ways_out

inliner = CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True)

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")
LONGEST_SUBJECT = 250
HEADERS = 5_000
"""Bytes left for the headers of a mail and those of its parts."""
ASCII = bytes(sign for sign in range(128) if sign != ord("="))

Message = TypeVar("Message", bound=EmailMessage)


def one_line(text: str) -> str:
    """`text` without line breaks or control characters: fit for a header."""
    return " ".join(CONTROL.sub(" ", text).split())


def is_address(text: str) -> bool:
    """Could a mail server be given this as one recipient? Judged by form only; the server has the last word."""
    if CONTROL.search(text) or len(text) > 320:
        return False
    try:
        address = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError):
        return False
    return bool(address.username and address.domain)


def compose(delivery: Delivery, kind: Kind) -> EmailMessage:
    """The message of a templated kind. Whatever the kind's context or its templates raise comes through."""
    leave = leave_of(delivery, kind)
    stop = leave_url(leave, delivery.language) if leave else ""
    return address_to(write(kind, delivery, recipient=delivery.recipient, stop=stop), delivery)


def write(kind: Kind, delivery: Delivery, *, recipient: Recipient, stop: str) -> EmailMultiAlternatives:
    """The words of a mail, and the headers that go with them, for `recipient`; `stop` is the address that stops it.

    A mail has one way out, the same in its foot and in its headers: `leave_url` of the kind's context, or of the way an
    app registered, stands in the place of `stop`; `leave_words` is what its link says. `headers` in the kind's context,
    a mapping, become headers of the message where KEPT_HEADERS lists them. Never more than LARGEST_MAIL bytes: the
    words alone, then their beginning.
    """
    source = get_kind(delivery.event.kind) if delivery.as_follower else kind
    thread = thread_headers(delivery.event, source, delivery.message_id.strip("<>").rpartition("@")[2])
    with translation.override(delivery.language):
        told = {**ways_out(kind, delivery.event, recipient), **kind.context(delivery.event, recipient)}
        stop = told.get("leave_url", stop)
        context = {
            **told,
            "recipient": recipient,
            "event": delivery.event,
            "site_name": translation.gettext(settings.WAGTAIL_SITE_NAME),
            "base_url": settings.BASE_URL,
            "reason": str(kind.reason),
            "language": delivery.language,
            "leave_url": stop,
        }
        message = EmailMultiAlternatives(
            subject=one_line(_plain(kind.template("subject.txt"), context))[:LONGEST_SUBJECT],
            body=BLANK_LINES.sub("\n\n", _plain(kind.template("body.txt"), context)).strip() + "\n",
            headers={**thread, **leave_headers(stop), **told.get("headers", {})},
        )
        html = get_template(kind.template("body.html")).render(context)
        _fit(message, inliner.inline(html))
    return message


def _fit(message: EmailMultiAlternatives, html: str) -> None:
    """Put the HTML beside the words if both fit; cut the words where they alone do not."""
    words, room = str(message.body), LARGEST_MAIL - HEADERS
    if weight(words) + weight(html) <= room:
        message.attach_alternative(html, "text/html")
    elif weight(words) > room:
        end = "\n\n" + translation.gettext("[La suite se lit sur le site.]") + f"\n{settings.BASE_URL}/\n"
        room -= weight(end)
        while weight(words) > room:
            words = words[: int(len(words) * min(room / weight(words), 0.99))]
        message.body = words.rstrip() + end


def weight(text: str) -> int:
    """Bytes the text takes in a mail at most, whatever its transfer encoding: in quoted-printable what is not ASCII,
    and "=", count three times, lines are broken, and each ends with two signs.
    """
    data = text.encode()
    size = len(data) + 2 * len(data.translate(None, ASCII))
    return size + size // 20 + data.count(b"\n") + 3


def _plain(name: str, context: dict[str, Any]) -> str:
    """Render a text template without HTML escaping: an apostrophe stays an apostrophe."""
    template: Any = get_template(name)
    return str(template.template.render(Context(context, autoescape=False)))


def address_to(message: Message, delivery: Delivery) -> Message:
    """Set what makes the message this delivery's: one recipient, a fixed Message-ID, the mark of an automatic mail."""
    message.to, message.cc, message.bcc = [_mailbox(delivery)], [], []
    message.extra_headers = {
        **{name: one_line(str(value)) for name, value in message.extra_headers.items() if name.lower() in KEPT_HEADERS},
        "Message-ID": delivery.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": delivery.language,
    }
    if settings.BOUNCE_ADDRESS:  # the envelope: Django takes it from here, and the header people see from there
        message.extra_headers["From"] = message.from_email
        message.from_email = settings.BOUNCE_ADDRESS
    return message


KEPT_HEADERS = {
    "reply-to",
    "references",
    "in-reply-to",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "list-id",
    "precedence",
}


def _mailbox(delivery: Delivery) -> str:
    name = one_line(delivery.name)
    if not name:
        return delivery.address
    return str(Address(display_name=name, addr_spec=delivery.address))


def pack(message: EmailMessage) -> str:
    """A mail composed elsewhere as JSON, to wait in a delivery.

    Everything that would reach the wire is kept, except recipients (one delivery each) and a Message-ID (ours).
    Raises BadHeaderError or ValueError when a header of the message could not be sent.
    """
    message.message()  # Django refuses line breaks in headers here, while the one who wrote them can still be told
    return json.dumps(
        {
            "subject": message.subject,
            "body": message.body,
            "from_email": message.from_email,
            "reply_to": list(message.reply_to),
            "headers": {name: str(value) for name, value in message.extra_headers.items()},
            "subtype": message.content_subtype,
            "alternatives": [[str(content), kind] for content, kind in getattr(message, "alternatives", [])],
            "attachments": [_packed_attachment(item) for item in message.attachments],
        }
    )


def _packed_attachment(item: Any) -> list[str | None]:
    if isinstance(item, MIMEBase):
        content: Any = item.get_payload(decode=True) or b""
        name, kind = item.get_filename(), item.get_content_type()
    else:
        name, content, kind = item
    data = content.encode() if isinstance(content, str) else bytes(content)
    return [name, b64encode(data).decode("ascii"), kind]


def unpack(raw: str, delivery: Delivery) -> EmailMessage:
    """The message that `pack` put away, addressed to this delivery's recipient alone."""
    kept = json.loads(raw)
    message = EmailMultiAlternatives(
        subject=one_line(kept["subject"]),
        body=kept["body"],
        from_email=kept["from_email"],
        reply_to=kept["reply_to"],
        headers=kept["headers"],
    )
    message.content_subtype = kept["subtype"]
    for content, kind in kept["alternatives"]:
        message.attach_alternative(content, kind)
    for name, data, kind in kept["attachments"]:
        message.attach(name, b64decode(data), kind)
    return address_to(message, delivery)
