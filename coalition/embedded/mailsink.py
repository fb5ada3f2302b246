"""An SMTP server that delivers nothing: each message becomes one .eml file, for the demo's mail page and for tests."""

import asyncio
import os
import secrets
import signal
import socket
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from coalition.embedded.errors import LaunchError

LARGEST_MESSAGE = 20 * 1024 * 1024
MOST_MESSAGES = 5000


class Collector:
    """Handler that writes accepted messages into a folder, oldest dropped beyond MOST_MESSAGES."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep one message. The envelope is added as X-Envelope-* headers, since it is not part of the message."""
        content = envelope.content or b""
        body = content if isinstance(content, bytes) else content.encode()
        recipients = ", ".join(_one_line(address) for address in envelope.rcpt_tos)
        head = f"X-Envelope-From: {_one_line(envelope.mail_from or '')}\r\nX-Envelope-To: {recipients}\r\n"
        keep(self.folder, head.encode() + body)
        return "250 OK"


def _one_line(text: str) -> str:
    return "".join(character for character in text if character.isprintable())


def keep(folder: Path, content: bytes) -> Path:
    """Write one message so that a reader never sees half of it; names sort by time of arrival."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}Z-{secrets.token_hex(3)}.eml"
    draft, final = folder / f".{name}", folder / name
    draft.write_bytes(content)
    draft.rename(final)
    for old in sorted(folder.glob("*.eml"))[:-MOST_MESSAGES]:
        old.unlink(missing_ok=True)
    return final


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises LaunchError when the port is taken."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise LaunchError(f"{host}:{port}: {error.strerror}") from None


def serve(folder: Path, line: socket.socket) -> None:
    """Receive mail on a listening socket until SIGINT or SIGTERM."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    asyncio.run(_serve(folder, line))


async def _serve(folder: Path, line: socket.socket) -> None:
    def session() -> SMTP:
        return SMTP(
            Collector(folder),
            data_size_limit=LARGEST_MESSAGE,
            enable_SMTPUTF8=True,
            hostname="localhost",
            timeout=60,
            loop=loop,
        )

    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    server = await loop.create_server(session, sock=line)
    print(f"mail: {line.getsockname()[0]}:{line.getsockname()[1]} -> {os.fspath(folder)}", flush=True)
    await ended.wait()
    server.close()
