"""A real SMTP server for tests: it keeps what it accepts, refuses what it is told to, and can be made to wait."""

import asyncio
import os
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

STUCK_SECONDS = 30


@dataclass
class SmtpSink:
    """`answers` maps an address to what its RCPT is answered; a list is used up one answer per try.

    With `gate` cleared, a sender waits at RCPT: between its claim and the hand-over. `before_answer` runs once a
    message is kept and before the sender learns so.
    """

    port: int
    accepted: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    answers: dict[str, str | list[str]] = field(default_factory=dict)
    drop_after_data: int = 0
    connections: int = 0
    gate: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)
    before_answer: Callable[[], None] | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def to(self) -> list[str]:
        """The envelope recipients of what was accepted, in order."""
        return [recipient for _sender, recipient in self.envelopes]

    async def handle_EHLO(  # noqa: N802 - aiosmtpd finds it by this name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.reached.set()
        await asyncio.to_thread(self.gate.wait, STUCK_SECONDS)
        answer = self.answers.get(address, "250 OK")
        if isinstance(answer, list):
            answer = answer.pop(0) if answer else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content or b""
        body = content if isinstance(content, bytes) else content.encode()
        self.accepted.append(message_from_bytes(body, policy=policy.default))
        self.envelopes += [(envelope.mail_from or "", to) for to in envelope.rcpt_tos]
        if self.before_answer:
            await asyncio.to_thread(self.before_answer)
        if self.drop_after_data:
            self.drop_after_data -= 1
            server.transport.abort()
        return "250 kept"


def words_of(message: Any) -> str:
    """The plain text of a mail that was taken."""
    part = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    return bytes(part.get_payload(decode=True)).decode()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def smtp_sink(settings: Settings) -> Iterator[SmtpSink]:
    """An SMTP server on a free port, and the settings that send our mail there."""
    sink = SmtpSink(port=free_port())
    sink.gate.set()
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, ready_timeout=10)
    controller.start()
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_BACKEND = "coalition.notifications.backends.OutboxBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield sink
    sink.gate.set()
    controller.stop()


def worker_environment(sink: SmtpSink, database: str) -> dict[str, str]:
    """The environment of a separate process that works on the test database and mails into the sink."""
    url = os.environ.get("DATABASE_URL", "postgres://coalition@localhost/coalition")
    base, _slash, rest = url.partition("://")[2].partition("/")
    query = rest.partition("?")[2]
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{base}/{database}" + (f"?{query}" if query else ""),
        "EMAIL_URL": sink.url,
    }
