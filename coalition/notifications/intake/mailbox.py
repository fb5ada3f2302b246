"""The mailbox answers are collected from: a mail leaves it once it is in the database."""

import imaplib
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

from coalition.notifications.enums import LARGEST_INCOMING

SECONDS = 20
A_TIME = 50


class MailboxAway(Exception):
    """The mailbox cannot be opened, or stopped answering: what is in it stays there."""


def open_mailbox(url: str) -> imaplib.IMAP4:
    """A selected mailbox from imaps://user:password@host:port/INBOX (imap:// without TLS). MailboxAway."""
    parts = urlsplit(url)
    secure = parts.scheme == "imaps"
    port = parts.port or (993 if secure else 143)
    try:
        kind: Any = imaplib.IMAP4_SSL if secure else imaplib.IMAP4
        box: imaplib.IMAP4 = kind(parts.hostname or "localhost", port, timeout=SECONDS)
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.strip("/")) or "INBOX"
        status, answer = box.select('"' + folder.replace('"', "") + '"')
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxAway(f"{type(error).__name__}: {error}") from error
    if status != "OK":
        raise MailboxAway(f"{folder}: {answer!r}")
    return box


def collect(box: imaplib.IMAP4, keep: Callable[[bytes], object]) -> int:
    """Hand each mail of the mailbox to `keep` and take it out once that returned; how many.

    What `keep` raises comes through: that mail and those after it stay. Of a mail beyond LARGEST_INCOMING bytes one
    byte more is fetched, which tells that it is too big. MailboxAway when the line breaks; a mail kept but not yet
    taken out comes again next time and is known by its identity.
    """
    try:
        _status, found = box.uid("SEARCH", "UNDELETED")
        numbers = (found[0] or b"").split()[:A_TIME]
        for number in numbers:
            raw = _fetch(box, number.decode("ascii"))
            if raw:
                keep(raw)
            box.uid("STORE", number.decode("ascii"), "+FLAGS", "(\\Deleted)")
        box.expunge()
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxAway(f"{type(error).__name__}: {error}") from error
    return len(numbers)


def _fetch(box: imaplib.IMAP4, number: str) -> bytes:
    _status, answer = box.uid("FETCH", number, f"(BODY.PEEK[]<0.{LARGEST_INCOMING + 1}>)")
    return next((item[1] for item in answer if isinstance(item, tuple)), b"")
