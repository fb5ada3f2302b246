"""The same words for everybody who follows a thing: looked up and written once, then addressed to each.

What differs between two followers of one language is their name and the address that stops such mails: marks stand for
them while the words are written. Only what anybody may read goes this way; the rest is asked and written one by one.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import formataddr, formatdate
from html import escape
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives

from coalition.core.following import readable_target
from coalition.notifications.heading.headers import leave_of, leave_url
from coalition.notifications.heading.words import sign_leave
from coalition.notifications.kinds import ANYBODY, Kind, get_kind
from coalition.notifications.models import Delivery, Event
from coalition.notifications.rendering import address_to, one_line, write

FRESH_SECONDS = 1.0
"""How long what was looked up counts as looked up at the moment of sending."""
NAME, NAME_IN_HTML = "zzReaderzz", "zzReaderInHtmlzz"
"""Stand for the reader's name; letters that no transfer encoding changes."""
OWN_HEADERS = ("To", "Message-ID", "Date", "List-Unsubscribe")
"""Written for each reader."""
PLAIN = frozenset({"7bit", "8bit"})


class Addressed(EmailMessage):
    """A message that is written already: `data` is all of it, lines ending in CRLF."""

    data: bytes

    def message(self, **_policy: Any) -> Any:
        """What the backend writes to the line."""
        return self

    def as_bytes(self, linesep: str = "\r\n") -> bytes:
        """The message as it was written."""
        return self.data if linesep == "\r\n" else self.data.replace(b"\r\n", linesep.encode())


@dataclass(frozen=True, slots=True)
class Circular:
    """The words for all followers of one language, written for `word`, the signed word of one of them."""

    sender: str
    data: bytes
    word: bytes
    stop: str

    def to(self, delivery: Delivery, kind: Kind) -> Addressed:
        """The mail of one of them."""
        leave = leave_of(delivery, kind)
        word = sign_leave(leave) if leave else ""
        name = one_line(delivery.name)
        headers = [
            f"To: {formataddr((name, delivery.address))}",
            f"Message-ID: {delivery.message_id}",
            f"Date: {formatdate()}",
            *([f"List-Unsubscribe: <{self.stop.replace(self.word.decode(), word)}>"] if word else []),
        ]
        filled = self.data.replace(NAME.encode(), delivery.name.encode())
        filled = filled.replace(NAME_IN_HTML.encode(), escape(delivery.name).encode())
        message = Addressed(to=[delivery.address], from_email=self.sender)
        message.data = "\r\n".join(headers).encode() + b"\r\n" + filled.replace(self.word, word.encode())
        return message


class Circulars:
    """What one worker wrote in the last second. `clock` gives seconds."""

    def __init__(self, kind: Kind, clock: Callable[[], float] = time.monotonic) -> None:
        self._kind = kind
        self._clock = clock
        self._kept: dict[tuple[int, str], tuple[float, Circular | None]] = {}

    def letter(self, delivery: Delivery) -> Addressed | None:
        """The mail of a follower; None when it has to be asked and written for this reader alone."""
        key = (delivery.event_id, delivery.language)
        made_at, circular = self._kept.get(key, (0.0, None))
        if key not in self._kept or self._clock() - made_at > FRESH_SECONDS:
            made_at, circular = self._clock(), self._write(delivery)
            self._kept = {one: kept for one, kept in self._kept.items() if made_at - kept[0] <= FRESH_SECONDS}
            self._kept[key] = made_at, circular
        return circular.to(delivery, self._kind) if circular and delivery.name else None

    def _write(self, delivery: Delivery) -> Circular | None:
        """Read the event anew and write for nobody in particular; None where a reader has to be known."""
        event = Event.objects.filter(pk=delivery.event_id).first()
        leave = leave_of(delivery, self._kind)
        if event is None or leave is None or not _is_for_all(event):
            return None
        delivery.event = event
        if not self._kind.visible(event, delivery.recipient):
            return None
        stop = leave_url(leave, delivery.language)
        message = write(self._kind, delivery, recipient=replace(delivery.recipient, name=NAME), stop=stop)
        return _marked(address_to(message, delivery), stop, sign_leave(leave))


def _marked(message: EmailMultiAlternatives, stop: str, word: str) -> Circular | None:
    """The message without what is each reader's own; None where an encoding would hide a mark."""
    html = [str(content).replace(NAME, NAME_IN_HTML) for content, _type in message.alternatives]
    message.alternatives = []
    for content in html:
        message.attach_alternative(content, "text/html")
    written = message.message()
    leaves = [part for part in written.walk() if not part.is_multipart()]
    if not all(part["Content-Transfer-Encoding"] in PLAIN for part in leaves) or NAME in str(message.subject):
        return None
    for header in OWN_HEADERS:
        del written[header]
    return Circular(message.from_email, written.as_bytes(linesep="\r\n"), word.encode(), stop)


def _is_for_all(event: Event) -> bool:
    """Whether anybody may read what followers are told of: every account may, then."""
    kind = get_kind(event.kind)
    if event.content_type_id is not None and event.subject is None:
        return False
    targets = list(kind.targets(event))
    return bool(targets) and kind.visible(event, ANYBODY) and readable_target(None, *targets[0]) is not None
