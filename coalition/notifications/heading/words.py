"""The signed word in the address that stops mail: nothing is stored, and it serves for ever."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.signing import BadSignature, Signer

_signer = Signer(salt="notifications.leaving")


class Way(StrEnum):
    """What a word stops: mails of a category, mails about followed things an event is about, digests of a rhythm."""

    CATEGORY = "c"
    FOLLOWED = "f"
    DIGEST = "d"


@dataclass(frozen=True, slots=True)
class Leave:
    """Who stops what: `what` is a category, the number of an event, or a rhythm."""

    account_id: int
    way: Way
    what: str


def sign_leave(leave: Leave) -> str:
    """The word that stops this, fit for an address."""
    return _signer.sign(f"{leave.account_id}-{leave.way}-{leave.what}").replace(":", "~")


def read_leave(word: str) -> Leave | None:
    """What `sign_leave` wrote; None for any other word."""
    try:
        account, way, what = _signer.unsign(word.replace("~", ":")).split("-", 2)
        return Leave(int(account), Way(way), what)
    except (BadSignature, ValueError):
        return None
