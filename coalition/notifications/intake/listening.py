"""The service answers come to over SMTP or LMTP: what it says 250 to is in the database."""

import asyncio
import logging
import signal
import socket
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from coalition.notifications.enums import LARGEST_INCOMING
from coalition.notifications.intake.actions import act_on_incoming_mail, store_incoming_mail
from coalition.notifications.intake.addresses import read_address, takes_returns

log = logging.getLogger(__name__)

LINE_SECONDS = 60
KEPT = "250 2.0.0 kept"
NOT_OURS = "550 5.1.1 nobody takes mail at this address"
LATER = "451 4.3.0 try again later"


class Intake:
    """Takes mail for signed addresses of ours, and what comes back of our mails: anything else is refused before its
    words are sent.
    """

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds it by this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if read_address([address]) is None and not takes_returns(address):
            return NOT_OURS
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")
        try:
            return await asyncio.to_thread(take_in, raw, envelope.mail_from or "", tuple(envelope.rcpt_tos))
        except DatabaseError:
            log.exception("a mail could not be kept; its sender will try again")
            return LATER


def take_in(raw: bytes, sender: str, recipients: tuple[str, ...]) -> str:
    """Keep one mail and act upon it at once; DatabaseError when it could not be kept."""
    close_old_connections()
    try:
        now = timezone.now()
        mail = store_incoming_mail(raw=raw, now=now, envelope_sender=sender, envelope_recipients=recipients)
        act_now(mail.pk)
        return KEPT
    finally:
        close_old_connections()


def act_now(mail_id: int) -> None:
    """Act upon a mail that is kept; where the database went away meanwhile, the worker does it later."""
    try:
        act_on_incoming_mail(mail_id=mail_id, now=timezone.now())
    except DatabaseError:
        log.exception("the mail %s is kept and waits", mail_id)


def serve(line: socket.socket, *, lmtp: bool = False) -> None:
    """Take mail on a listening socket until SIGINT or SIGTERM; what is being taken in is finished first."""
    asyncio.run(_serve(line, lmtp))


async def _serve(line: socket.socket, lmtp: bool) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    def session() -> Any:
        kind = LMTP if lmtp else SMTP
        return kind(
            Intake(),
            data_size_limit=2 * LARGEST_INCOMING,
            enable_SMTPUTF8=True,
            hostname=socket.gethostname(),
            timeout=LINE_SECONDS,
            loop=loop,
        )

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    server = await loop.create_server(session, sock=line)
    await ended.wait()
    server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    if others:
        await asyncio.wait(others, timeout=5)
