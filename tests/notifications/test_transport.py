"""What the answers of a mail server mean."""

import socket
import time

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from coalition.notifications import transport as transport_module
from coalition.notifications.enums import Return
from coalition.notifications.transport import PermanentFailure, TemporaryFailure, Transport, Unreachable
from tests.notifications.sink import SmtpSink, free_port


def letter(to: str = "ada@example.org") -> EmailMessage:
    return EmailMessage("Bonjour", "Corps", "coalition@example.org", [to])


@pytest.mark.parametrize(
    ("answer", "failure"),
    [("451 later", TemporaryFailure), ("421 closing", TemporaryFailure), ("550 never", PermanentFailure)],
)
def test_the_first_figure_of_an_answer_decides(answer: str, failure: type[Exception], smtp_sink: SmtpSink) -> None:
    smtp_sink.answers["ada@example.org"] = answer
    with Transport() as transport, pytest.raises(failure, match=answer[:3]):
        transport.open()
        transport.send(letter())


def test_after_a_refusal_or_a_cut_line_the_next_message_leaves(smtp_sink: SmtpSink) -> None:
    smtp_sink.answers |= {"gone@example.org": "550 never", "shut@example.org": "421 closing"}
    smtp_sink.drop_after_data = 1
    with Transport() as transport:
        for to in ("gone@example.org", "shut@example.org", "cut@example.org", "ada@example.org"):
            transport.open()
            try:
                transport.send(letter(to))
            except (TemporaryFailure, PermanentFailure):
                continue
    assert smtp_sink.to()[-1] == "ada@example.org"


def test_a_closed_port_is_out_of_reach(settings: Settings, smtp_sink: SmtpSink) -> None:
    settings.EMAIL_PORT = free_port()
    with Transport() as transport, pytest.raises(Unreachable):
        transport.open()


def test_a_server_that_never_speaks_is_out_of_reach_after_the_time_limit(
    settings: Settings, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport_module, "TIMEOUT_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_PORT = silent.getsockname()[1]
        with Transport() as transport, pytest.raises(Unreachable):
            transport.open()


def test_a_server_that_thinks_for_long_before_it_takes_a_mail_is_waited_for(
    smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport_module, "TIMEOUT_SECONDS", 0.3)
    smtp_sink.before_answer = lambda: time.sleep(0.8)
    with Transport() as transport:
        transport.open()
        transport.send(letter())
    assert smtp_sink.to() == ["ada@example.org"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [("550 5.1.1 unknown", Return.HARD), ("550 5.7.1 listed", Return.NONE), ("452 4.2.2 full", Return.SOFT)],
)
def test_a_refusal_says_what_it_means_for_the_address(answer: str, said: Return, smtp_sink: SmtpSink) -> None:
    smtp_sink.answers["ada@example.org"] = answer
    with Transport() as transport, pytest.raises((TemporaryFailure, PermanentFailure)) as failure:
        transport.open()
        transport.send(letter())
    assert failure.value.about_address is said
