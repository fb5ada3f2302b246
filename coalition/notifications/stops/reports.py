"""Mails about mails of ours: not delivered (RFC 3464), or complained about (RFC 5965). Plain Python, never raises."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Any

from coalition.notifications.enums import Return
from coalition.notifications.replies.parts import (
    addresses_in,
    content_type,
    header,
    header_lines,
    parse,
    safely,
    text_of,
)
from coalition.notifications.statuses import judge_status

MOST_PARTS = 50
RETURNED = (
    "message/rfc822",
    "message/rfc822-headers",
    "text/rfc822-headers",
    "message/global",
    "message/global-headers",
)
STATUS = ("message/delivery-status", "message/global-delivery-status")


@dataclass(frozen=True)
class Report:
    """What a report says: of which mail, what came back, to whom, with which status."""

    message_id: str
    came_back: Return
    recipients: tuple[str, ...]
    status: str


def read_report(raw: bytes) -> Report | None:
    """The report in a mail as it came; None for any other mail, and for one that only says "delayed"."""
    message = parse(raw)
    parts = list(_parts(message))
    complaint = next((part for part in parts if content_type(part) == "message/feedback-report"), None)
    if complaint is not None:
        return _complaint(complaint, parts)
    status = next((part for part in parts if content_type(part) in STATUS), None)
    return None if status is None else _not_delivered(status, parts)


def _parts(message: "Message[Any, Any]") -> Iterator["Message[Any, Any]"]:
    """The parts of a report, those of the returned mail left out."""
    yield message
    inside = message.get_payload()
    if isinstance(inside, list) and content_type(message).startswith("multipart/"):
        for part in inside[:MOST_PARTS]:
            if isinstance(part, Message):
                yield from _parts(part) if content_type(part) == "multipart/mixed" else [part]


def _not_delivered(status: "Message[Any, Any]", parts: list["Message[Any, Any]"]) -> Report | None:
    """The first recipient that failed decides."""
    for fields in _blocks(status):
        if header(fields, "action").strip().lower() != "failed":
            continue
        code = header(fields, "status") or header(fields, "diagnostic-code")
        return Report(
            message_id=_about(parts),
            came_back=judge_status(code),
            recipients=_recipients(fields, "original-recipient", "final-recipient"),
            status=f"{code} {header(fields, 'diagnostic-code')}".strip()[:300],
        )
    return None


def _complaint(report: "Message[Any, Any]", parts: list["Message[Any, Any]"]) -> Report:
    fields = next(_blocks(report), report)
    kind = header(fields, "feedback-type").strip().lower()
    return Report(
        message_id=_about(parts),
        came_back=Return.NONE if kind == "not-spam" else Return.COMPLAINT,
        recipients=_recipients(fields, "original-rcpt-to"),
        status=kind[:300],
    )


def _blocks(part: "Message[Any, Any]") -> Iterator["Message[Any, Any]"]:
    """The groups of fields of a report, whether the parser has taken them apart or left them as text."""
    inside = part.get_payload()
    if isinstance(inside, list):
        yield from [block for block in inside[:MOST_PARTS] if isinstance(block, Message)]
        return
    for block in text_of(part).split("\n\n")[:MOST_PARTS]:
        yield parse(block.strip().encode("utf-8", "replace"))


def _recipients(fields: "Message[Any, Any]", *names: str) -> tuple[str, ...]:
    """Addresses without their type, as in "rfc822; ada@example.org"."""
    lines = [line.rpartition(";")[2] for name in names for line in header_lines(fields, name)]
    return tuple(addresses_in(lines))


def _about(parts: list["Message[Any, Any]"]) -> str:
    """The Message-ID of the mail that came back; "" where it is not said."""
    for part in parts:
        if content_type(part) not in RETURNED:
            continue
        inside: Any = part.get_payload()
        returned = inside[0] if isinstance(inside, list) and inside else parse(_bytes(part))
        found = header(returned, "message-id").strip()
        if found:
            return found[:300]
    return ""


def _bytes(part: "Message[Any, Any]") -> bytes:
    payload: Any = safely(lambda: part.get_payload(decode=True), None)
    return payload if isinstance(payload, bytes) else str(part.get_payload() or "").encode("utf-8", "replace")
