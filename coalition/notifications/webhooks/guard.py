"""Where a program may be reached: public addresses over TLS, looked up once and connected to as they were checked.

An address of ours, of the machines beside us or of a cloud's own services is refused when we connect, not only when
it was typed: the name may lead elsewhere by then.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

PRINTED = re.compile(r"[!-~]+")
EMBEDDING = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""IPv6 networks whose addresses stand for an IPv4 address, which could be a private one."""


class NotAllowed(ValueError):
    """Nothing is sent there; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart: what to connect to and what to ask for."""

    host: str
    port: int
    path: str
    secure: bool


def read_place(url: str) -> Place:
    """Take an address apart. NotAllowed: not https, a name or password in it, a fragment, or no host."""
    parts, port, host = _split(url)
    inside = settings.WEBHOOKS_MAY_STAY_INSIDE and parts.scheme == "http"
    if parts.scheme != "https" and not inside:
        raise NotAllowed("not https")
    if not host or _holds_more(parts, port):
        raise NotAllowed("not a plain address")
    query = f"?{parts.query}" if parts.query else ""
    return Place(host, port or (80 if inside else 443), (parts.path or "/") + query, secure=not inside)


def _holds_more(parts: SplitResult, port: int | None) -> bool:
    """What no address of a program needs."""
    return port == 0 or "@" in parts.netloc or bool(parts.fragment)


def _split(url: str) -> tuple[SplitResult, int | None, str]:
    """The parts, the port and the host as it is looked up."""
    if not PRINTED.fullmatch(url):
        raise NotAllowed("not a plain address")
    try:
        parts = urlsplit(url)
        name = parts.hostname or ""
        return parts, parts.port, name if ":" in name else name.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise NotAllowed("not an address") from error


def is_public(text: str) -> bool:
    """Is this IP address anybody's on the internet? Never one of ours, of a private network, or of a link."""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(found, "ipv4_mapped", None) or found
    if any(inner.version == net.version and inner in net for net in EMBEDDING):
        return False
    return bool(inner.is_global and not inner.is_multicast and not inner.is_reserved)


def checked_address(place: Place) -> str:
    """The IP address to connect to. NotAllowed when any the name leads to is not public; OSError when none is found."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)]
    if not found:
        raise OSError("no address")
    if not settings.WEBHOOKS_MAY_STAY_INSIDE and not all(is_public(one) for one in found):
        raise NotAllowed("not a public address")
    return found[0]


class PinnedConnection(http.client.HTTPConnection):
    """A connection to the IP address that was checked, under the name that was asked for; all of it until `deadline`
    (time.monotonic), after which it raises TimeoutError.
    """

    def __init__(self, place: Place, address: str, deadline: float) -> None:
        super().__init__(place.host, place.port)
        self._place, self._address, self._deadline = place, address, deadline
        if place.secure:
            self.default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        """Never asks the name service again, and knows no proxy."""
        self.sock: Any = socket.create_connection((self._address, self._place.port), self.left())
        self.sock.settimeout(self.left())
        if self._place.secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._place.host)
            self.sock.settimeout(self.left())

    def left(self) -> float:
        """Seconds until the deadline. TimeoutError when it has passed."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("no answer in time")
        return left
