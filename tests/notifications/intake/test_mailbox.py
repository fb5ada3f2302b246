"""A mail leaves the mailbox once it is kept, never before."""

import imaplib
from typing import Any

import pytest

from coalition.notifications.intake.mailbox import MailboxAway, collect, open_mailbox


class Box:
    """A mailbox as imaplib shows it."""

    def __init__(self, *mails: bytes) -> None:
        self.mails = {str(number): raw for number, raw in enumerate(mails, 1)}
        self.deleted: set[str] = set()
        self.broken = False

    def uid(self, command: str, *asked: str) -> tuple[str, list[Any]]:
        if self.broken:
            raise imaplib.IMAP4.abort("line broken")
        if command == "SEARCH":
            return "OK", [" ".join(number for number in self.mails if number not in self.deleted).encode()]
        if command == "STORE":
            self.deleted.add(asked[0])
            return "OK", [None]
        return "OK", [(b"1 (BODY[] {4}", self.mails[asked[0]]), b")"]

    def expunge(self) -> None:
        self.mails = {number: raw for number, raw in self.mails.items() if number not in self.deleted}


def test_every_mail_is_handed_over_in_order_and_taken_out() -> None:
    box, kept = Box(b"un", b"deux"), []
    assert collect(box, kept.append) == 2  # type: ignore[arg-type]
    assert kept == [b"un", b"deux"] and box.mails == {}
    assert collect(box, kept.append) == 0  # type: ignore[arg-type]


def test_what_could_not_be_kept_stays_in_the_mailbox() -> None:
    def keep(raw: bytes) -> None:
        if raw == b"deux":
            raise RuntimeError("database away")

    box = Box(b"un", b"deux", b"trois")
    with pytest.raises(RuntimeError):
        collect(box, keep)  # type: ignore[arg-type]
    assert box.deleted == {"1"}


def test_a_broken_line_and_a_server_that_is_not_there_are_said() -> None:
    box = Box(b"un")
    box.broken = True
    with pytest.raises(MailboxAway):
        collect(box, print)  # type: ignore[arg-type]
    with pytest.raises(MailboxAway):
        open_mailbox("imap://awa:x@127.0.0.1:1/INBOX")
