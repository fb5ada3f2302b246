"""Emptying the outbox by hand."""

import pytest
from django.core.management import call_command
from pytest_django import Settings

from coalition.notifications.kinds import Kind
from tests.notifications.sink import SmtpSink, free_port
from tests.notifications.told import tell

pytestmark = pytest.mark.django_db


def test_the_command_says_what_it_did(told: Kind, smtp_sink: SmtpSink, capsys: pytest.CaptureFixture[str]) -> None:
    tell("ada@example.org")
    call_command("deliver_mail")
    call_command("deliver_mail")
    assert capsys.readouterr().out == "1 events, 1 sent\n0 events, nothing to send\n"


def test_the_command_says_that_no_mail_server_answers(
    told: Kind, smtp_sink: SmtpSink, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_PORT = free_port()
    tell("ada@example.org")
    call_command("deliver_mail")
    assert "out of reach" in capsys.readouterr().err
