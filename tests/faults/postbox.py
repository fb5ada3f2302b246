"""A mail server that costs next to nothing: where what is measured is how fast mails leave, it must not be the brake.

aiosmtpd, which the other tests use, spends more processor on a mail than we do to write it. This one knows only what
a sender says when nothing is encrypted and nobody logs in (RFC 5321), and keeps of a mail its address and its name.
"""

import socket
import threading
from collections.abc import Callable
from io import BufferedReader

Judge = Callable[[str], str]
"""What RCPT of an address is answered; the mail is taken when that begins with 250."""
Keep = Callable[[str, str], None]
"""An address, and the Message-ID of what was taken for it, before the sender learns so."""


class Postbox:
    """Listens on a free port of this machine from the start; one thread for each sender."""

    def __init__(self, judge: Judge, keep: Keep) -> None:
        self._judge, self._keep = judge, keep
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._welcome, daemon=True).start()

    def close(self) -> None:
        """Nobody is let in any more."""
        self._door.close()

    def _welcome(self) -> None:
        while True:
            try:
                line, _from = self._door.accept()
            except OSError:
                return
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._listen, args=(line,), daemon=True).start()

    def _listen(self, line: socket.socket) -> None:
        """One sender, until it hangs up or dies."""
        addresses: list[str] = []
        with line, line.makefile("rb") as words:
            try:
                line.sendall(b"220 postbox\r\n")
                while (verb := (said := words.readline()).strip().upper()[:4]) and verb != b"QUIT":
                    line.sendall(self._answer(verb, said, words, line, addresses).encode() + b"\r\n")
                line.sendall(b"221 bye\r\n")
            except (ConnectionError, OSError):
                return

    def _answer(
        self, verb: bytes, said: bytes, words: BufferedReader, line: socket.socket, addresses: list[str]
    ) -> str:
        if verb == b"RCPT":
            address = said.decode().partition("<")[2].partition(">")[0]
            answer = self._judge(address)
            if answer.startswith("250"):
                addresses.append(address)
            return answer
        if verb == b"DATA":
            line.sendall(b"354 go on\r\n")
            name = _name_of(words)
            for address in addresses:
                self._keep(address, name)
        addresses.clear()
        return "250 OK"


def _name_of(words: BufferedReader) -> str:
    """Read a mail to its last line; its Message-ID."""
    name = ""
    for line in words:
        if line == b".\r\n":
            return name
        if not name and line.lower().startswith(b"message-id:"):
            name = line.split(b":", 1)[1].strip().decode()
    raise ConnectionError("the sender died in the middle of a mail")
