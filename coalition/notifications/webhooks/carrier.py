"""Handing parcels over: one request, five seconds in all, no redirect followed, the answer read up to its status."""

import http.client
import re
import time
from dataclasses import dataclass
from typing import Any, Self

from coalition.notifications.enums import HOOK_TIMEOUT_SECONDS
from coalition.notifications.transport import PermanentFailure, TemporaryFailure, Transport
from coalition.notifications.webhooks.guard import NotAllowed, PinnedConnection, checked_address, read_place
from coalition.notifications.webhooks.parcels import Parcel

STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: [^\r\n]*)?\r?\n")
LONGEST_STATUS = 1024
GONE = 410


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one request: it was accepted, or the receiver wants no more, or neither."""

    hook_id: int
    accepted: bool
    gone: bool = False


class Carrier(Transport):
    """The transport of parcels, for `send_delivery`. `outcome` is that of the last one."""

    def __init__(self) -> None:
        self.outcome: Outcome | None = None

    def __enter__(self) -> Self:
        return self

    def open(self) -> None:
        """Each parcel has its own connection."""

    def close(self) -> None:
        """Nothing stays open."""

    def send(self, message: Any) -> None:
        """Make the request of a Parcel; returns once it is accepted (2xx).

        Raises PermanentFailure for an address nothing is sent to and for 410 Gone; TemporaryFailure for every other
        answer, redirects included, and for none within HOOK_TIMEOUT_SECONDS.
        """
        parcel: Parcel = message
        self.outcome = Outcome(parcel.hook_id, accepted=False)
        try:
            status = post(parcel)
        except NotAllowed as error:
            raise PermanentFailure(str(error)) from error
        except (OSError, http.client.HTTPException) as error:
            raise TemporaryFailure(f"{type(error).__name__}: {error}"[:200]) from error
        self.outcome = Outcome(parcel.hook_id, accepted=200 <= status < 300, gone=status == GONE)
        if self.outcome.gone:
            raise PermanentFailure(f"HTTP {status}")
        if not self.outcome.accepted:
            raise TemporaryFailure(f"HTTP {status}")


def post(parcel: Parcel) -> int:
    """The status of the answer. NotAllowed, OSError (TimeoutError among them) or HTTPException when there is none."""
    deadline = time.monotonic() + HOOK_TIMEOUT_SECONDS
    place = read_place(parcel.url)
    line = PinnedConnection(place, checked_address(place), deadline)
    try:
        line.request("POST", place.path, parcel.body, {**parcel.headers, "Connection": "close"})
        return _status(line)
    finally:
        line.close()


def _status(line: PinnedConnection) -> int:
    """Read the first line of the answer and nothing after it, within what is left of the time."""
    said = b""
    while b"\n" not in said and len(said) < LONGEST_STATUS:
        line.sock.settimeout(line.left())
        more = line.sock.recv(LONGEST_STATUS - len(said))
        if not more:
            break
        said += more
    found = STATUS.match(said)
    if found is None:
        raise http.client.BadStatusLine(repr(said[:40]))
    return int(found[1])
