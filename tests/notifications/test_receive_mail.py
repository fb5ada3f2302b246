"""The command a mail server pipes answers into: its exit code says who keeps the mail."""

import io
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from pytest_django import Settings

from coalition.notifications.enums import IncomingReason, IncomingState
from coalition.notifications.management.commands import receive_mail
from coalition.notifications.models import IncomingMail

pytestmark = pytest.mark.django_db
RAW = b"From: awa@ville.example\nMessage-ID: <1@x>\n\nOui.\n"


@pytest.fixture(autouse=True)
def piped(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.REPLY_ADDRESS = "reponse@villes.example"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(RAW)))


def test_a_mail_on_standard_input_is_kept() -> None:
    call_command("receive_mail", sender="")
    mail = IncomingMail.objects.get()
    assert (mail.state, mail.reason, mail.sender) == (
        IncomingState.IGNORED,
        IncomingReason.BOUNCE,
        "awa@ville.example",
    )


def test_without_the_database_the_mail_server_is_asked_to_keep_the_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_given: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(receive_mail, "store_incoming_mail", away)
    with pytest.raises(CommandError) as error:
        call_command("receive_mail")
    assert error.value.returncode == 75


def test_what_is_not_set_up_says_so(settings: Settings) -> None:
    for option in ({"imap": True}, {"listen": "nowhere"}):
        with pytest.raises(CommandError) as error:
            call_command("receive_mail", **option)  # type: ignore[arg-type]
        assert error.value.returncode == 64
    settings.REPLY_ADDRESS = ""
    with pytest.raises(CommandError, match="REPLY_ADDRESS"):
        call_command("receive_mail")


def test_a_mailbox_that_is_away_is_tried_later(settings: Settings) -> None:
    settings.REPLY_IMAP_URL = "imap://awa:x@127.0.0.1:1/INBOX"
    with pytest.raises(CommandError) as error:
        call_command("receive_mail", imap=True)
    assert error.value.returncode == 75
