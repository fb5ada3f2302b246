"""One mail, read."""

import hashlib
from dataclasses import dataclass

from coalition.notifications.replies.automatic import Automatic, judge
from coalition.notifications.replies.cutting import own_words
from coalition.notifications.replies.markup import text_of_html
from coalition.notifications.replies.parts import (
    addresses_in,
    attachment_name,
    content_type,
    header,
    header_lines,
    leaves,
    parse,
    safely,
    text_of,
)

LONGEST_TEXT = 200_000
WAYS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc")


@dataclass(frozen=True)
class Reply:
    """What a mail says of itself.

    `words` is what its author wrote, without quotes and signatures ("" for nothing). `senders` are the addresses of
    its From, `recipients` those it went to as far as its headers tell. `identity` is the same for the same mail
    handed over twice: made from its Message-ID, or from its content where it has none.
    """

    words: str
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    subject: str
    message_id: str
    identity: str
    attachments: tuple[str, ...]
    automatic: Automatic


def read_reply(raw: bytes, *, envelope_sender: str | None = None) -> Reply:
    """Read a mail as it came. Never raises, whatever the bytes; time grows in line with their number.

    `envelope_sender` as SMTP gave it: "" for the null return path, None where it is not known.
    """
    message = parse(raw)
    files: list[str] = []
    plain: list[str] = []
    html: list[str] = []
    for part in leaves(message):
        name = attachment_name(part)
        kind = content_type(part)
        if name is not None:
            files.append(name)
        elif kind == "text/plain":
            plain.append(text_of(part)[:LONGEST_TEXT])
        elif kind == "text/html":
            html.append(text_of(part))
    senders = addresses_in(header_lines(message, "from"))
    subject = header(message, "subject")
    message_id = header(message, "message-id")[:300]
    return Reply(
        words=_words(plain, html),
        senders=tuple(senders),
        recipients=tuple(addresses_in([line for name in WAYS for line in header_lines(message, name)])),
        subject=subject[:500],
        message_id=message_id,
        identity=_identity(raw, message_id, senders),
        attachments=tuple(files[:50]),
        automatic=judge(
            first=lambda name: header(message, name),
            kind=content_type(message),
            report=str(safely(lambda: message.get_param("report-type"), None) or "").lower(),
            sender=next(iter(senders), ""),
            subject=subject,
            envelope_sender=envelope_sender,
        ),
    )


def _words(plain: list[str], html: list[str]) -> str:
    """Own words of the plain text; of the HTML where the plain text holds nothing at all."""
    text = "\n".join(plain)
    if not text.strip():
        text = "\n".join(text_of_html(one) for one in html)
    return own_words(text[:LONGEST_TEXT])


def _identity(raw: bytes, message_id: str, senders: list[str]) -> str:
    if message_id:
        seed = f"{message_id}\n{' '.join(senders)}".encode()
    else:
        seed = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2] + " ".join(senders).encode()
    return hashlib.sha256(seed).hexdigest()
