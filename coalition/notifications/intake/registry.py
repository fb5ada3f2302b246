"""Who makes something of the answers people send by mail."""

from datetime import datetime
from typing import Any, Protocol


class Answerer(Protocol):
    """An app that turns an answer into something; each app registers its own from its `apps.py`.

    Called inside a transaction, with the account's language active. What it raises of AccessError and DomainError is
    told to the person; any other exception means "later".
    """

    def __call__(self, *, account: Any, number: int, words: str, now: datetime) -> object: ...


_answerers: dict[str, Answerer] = {}


def register_answerer(purpose: str, answerer: Answerer) -> None:
    """Let `answerer` have the answers to addresses of this purpose, one lower-case letter. ValueError when taken."""
    if len(purpose) != 1 or not purpose.islower() or _answerers.setdefault(purpose, answerer) is not answerer:
        raise ValueError(f"purpose {purpose!r} is taken, or not one letter")


def forget_answerer(purpose: str) -> None:
    """Undo `register_answerer`, for tests."""
    _answerers.pop(purpose, None)


def get_answerer(purpose: str) -> Answerer | None:
    """Who takes answers of this purpose; None for nobody any more."""
    return _answerers.get(purpose)
