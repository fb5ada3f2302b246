"""Who answers for an object: the contact desk asks here, the app that owns the object registers itself.

A subject is named by a kind and a number ("case", 12). Only what is public has one. The addresses of those who answer
never leave the outbox.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class ContactSubject:
    """What a message is about: its name and address on the site, and who answers for it, as readers call them."""

    key: str
    label: str
    url: str
    team: str


class ContactSource(Protocol):
    """What an app whose objects have a team registers."""

    def subject(self, number: int) -> ContactSubject | None:
        """The public object of that number, or None."""

    def people(self, number: int) -> Sequence[Any]:
        """The accounts that answer for it today."""

    def told(self, number: int) -> Sequence[Any]:
        """Whom a mail tells that somebody wrote: recipients of the outbox, accounts or addresses without account."""


_sources: dict[str, ContactSource] = {}


def register_contact_source(kind: str, source: ContactSource) -> None:
    """Let `source` answer for every object of this kind. ValueError when the kind is taken by another."""
    if _sources.setdefault(kind, source) is not source:
        raise ValueError(f"two sources for {kind}")


def contact_subject(kind: str, number: int) -> ContactSubject | None:
    """The public object, or None for one that is not public or a kind nobody registered."""
    source = _sources.get(kind)
    return source.subject(number) if source else None


def people_answering(key: str) -> list[Any]:
    """The accounts that answer for the object named "kind:number"; nobody for any other word."""
    kind, _colon, number = key.partition(":")
    source = _sources.get(kind)
    return list(source.people(int(number))) if source and number.isascii() and number.isdigit() else []


def people_told(key: str) -> list[Any]:
    """Whom a mail tells that somebody wrote about the object named "kind:number"; nobody for any other word."""
    kind, _colon, number = key.partition(":")
    source = _sources.get(kind)
    return list(source.told(int(number))) if source and number.isascii() and number.isdigit() else []
