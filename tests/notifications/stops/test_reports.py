"""Mails about mails of ours."""

import pytest
from hypothesis import given, strategies as st

from coalition.notifications.enums import Return
from coalition.notifications.stops.reports import read_report


def returned(
    status: str = "5.1.1", action: str = "failed", recipient: str = "Ada@example.org", kind: str = "message/rfc822"
) -> bytes:
    """A delivery report as Postfix writes it."""
    return f"""\
From: MAILER-DAEMON@mx.example.net
To: coalition@example.org
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} user unknown

--b
Content-Type: {kind}

Message-ID: <one@example.org>
Subject: Bonjour
To: ada@example.org

Le texte.
--b--
""".encode()


COMPLAINT = b"""\
From: abuse@mx.example.net
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

Somebody pressed the button.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Example/1.0
Version: 1
Original-Rcpt-To: <ada@example.org>

--b
Content-Type: message/rfc822

Message-ID: <one@example.org>
Subject: Bonjour

Le texte.
--b--
"""


def test_a_report_says_which_mail_did_not_reach_whom_and_why() -> None:
    report = read_report(returned())
    assert report is not None
    assert (report.message_id, report.came_back) == ("<one@example.org>", Return.HARD)
    assert report.recipients == ("ada@example.org",)
    assert report.status.startswith("5.1.1")


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822", "message/global"])
def test_the_mail_is_known_from_its_headers_alone_too(kind: str) -> None:
    report = read_report(returned(kind=kind))
    assert report is not None
    assert report.message_id == "<one@example.org>"


def test_a_full_mailbox_is_no_end_and_a_delay_is_no_return() -> None:
    full = read_report(returned("5.2.2"))
    assert full is not None
    assert full.came_back is Return.SOFT
    assert read_report(returned("4.4.1", action="delayed")) is None


def test_a_complaint_names_the_mail_it_is_about() -> None:
    report = read_report(COMPLAINT)
    assert report is not None
    assert (report.message_id, report.came_back) == ("<one@example.org>", Return.COMPLAINT)
    taken_back = read_report(COMPLAINT.replace(b"abuse\n", b"not-spam\n"))
    assert taken_back is not None
    assert taken_back.came_back is Return.NONE


def test_any_other_mail_is_no_report() -> None:
    assert read_report(b"From: ada@example.org\n\nBonjour") is None
    assert read_report(b"") is None


@given(cut=st.integers(0, 900), changed=st.integers(0, 900), sign=st.integers(0, 255))
def test_no_bytes_make_it_stumble(cut: int, changed: int, sign: int) -> None:
    raw = bytearray(returned())
    raw[changed % len(raw)] = sign
    read_report(bytes(raw[: len(raw) - cut]))
    read_report(bytes(raw[cut:]))
