"""The service of answers, spoken to over a real line."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from django.db import OperationalError
from pytest_django import Settings

from coalition.notifications.intake import listening
from coalition.notifications.intake.addresses import reply_headers
from coalition.notifications.kinds import Recipient
from tests.notifications.intake.test_addresses import NOW
from tests.notifications.sink import free_port

RAW = b"From: awa@ville.example\nSubject: Re\n\nOui.\n"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []

    def keep(raw: bytes, sender: str, recipients: tuple[str, ...]) -> str:
        found.append((sender, recipients))
        return listening.KEPT

    monkeypatch.setattr(listening, "take_in", keep)
    return found


@pytest.fixture
def ours(settings: Settings) -> str:
    settings.REPLY_ADDRESS = "reponse@villes.example"
    return reply_headers(purpose="c", recipient=Recipient("a@b.example", "fr", "", 1), number=1, told_at=NOW)[
        "Reply-To"
    ]


class LmtpController(Controller):
    def factory(self) -> Any:
        return LMTP(self.handler)


@pytest.fixture(params=["smtp", "lmtp"])
def line(request: pytest.FixtureRequest) -> Iterator[smtplib.SMTP]:
    kind = Controller if request.param == "smtp" else LmtpController
    port = free_port()
    controller = kind(listening.Intake(), hostname="127.0.0.1", port=port, ready_timeout=10)
    if request.param == "smtp":
        controller.start()
        client: smtplib.SMTP = smtplib.SMTP("127.0.0.1", port, timeout=10)
    else:
        controller._trigger_server = lambda: socket.create_connection(("127.0.0.1", port)).close()
        controller.start()
        client = smtplib.LMTP("127.0.0.1", port)
    yield client
    client.close()
    controller.stop()


def test_an_answer_is_taken_and_mail_for_others_is_refused_before_its_words(
    line: smtplib.SMTP, ours: str, kept: list[Any]
) -> None:
    line.sendmail("awa@ville.example", [ours], RAW)
    assert kept == [("awa@ville.example", (ours,))]
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        line.sendmail("awa@ville.example", ["somebody@else.example"], RAW)
    line.sendmail("", [ours], RAW)
    assert kept[1:] == [("<>", (ours,))]


def test_without_the_database_the_sender_is_asked_to_try_again(
    line: smtplib.SMTP, ours: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_given: object) -> str:
        raise OperationalError("away")

    monkeypatch.setattr(listening, "take_in", away)
    with pytest.raises(smtplib.SMTPDataError) as refused:
        line.sendmail("awa@ville.example", [ours], RAW)
    assert refused.value.smtp_code == 451


def test_a_mail_that_is_kept_waits_when_the_database_goes_away_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    reached = threading.Event()

    def away(**_given: object) -> None:
        reached.set()
        raise OperationalError("away")

    monkeypatch.setattr(listening, "act_on_incoming_mail", away)
    listening.act_now(1)
    assert reached.is_set()


def test_what_comes_back_of_our_mails_is_taken_at_its_own_address(
    line: smtplib.SMTP, settings: Settings, kept: list[Any]
) -> None:
    settings.BOUNCE_ADDRESS = "retours@villes.example"
    line.sendmail("", ["retours@villes.example"], RAW)
    assert kept == [("<>", ("retours@villes.example",))]
