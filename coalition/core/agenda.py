"""Deadlines that calendars show: everybody's, and those that concern one person.

The app that knows of deadlines registers a source from its `apps.py`; the calendars ask here and never import it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing that is due on a day, or at a moment.

    `key` names it for ever, whatever its date and its language become; `url` is site-relative; `changed_at` is when
    what is said of it last changed, as far as anybody knows. What lasts has an end (`ends`), and may have a place, a
    time zone it is told in (that of the calendar when ""), a status (CONFIRMED, CANCELLED) and a count of its own
    changes.
    """

    key: str
    when: date | datetime
    title: str
    url: str
    changed_at: datetime
    note: str = ""
    ends: datetime | None = None
    place: str = ""
    zone: str = ""
    status: str = ""
    sequence: int | None = None


PublicSource = Callable[[datetime], Iterable[Deadline]]
PersonalSource = Callable[[Any, datetime], Iterable[Deadline]]
_public: list[PublicSource] = []
_personal: list[PersonalSource] = []


def register_public_deadlines(source: PublicSource) -> None:
    """Let `source(now)` tell what everybody may know is due: in the reader's language, in a fixed number of queries."""
    if source not in _public:
        _public.append(source)


def register_personal_deadlines(source: PersonalSource) -> None:
    """Let `source(account, now)` tell what is due of this person, who may read all of it."""
    if source not in _personal:
        _personal.append(source)


def public_deadlines(now: datetime) -> list[Deadline]:
    """What is due in public, by name."""
    return sorted((one for source in _public for one in source(now)), key=lambda one: one.key)


def personal_deadlines(account: Any, now: datetime) -> list[Deadline]:
    """What is due of this person, by name."""
    return sorted((one for source in _personal for one in source(account, now)), key=lambda one: one.key)


def start_of(day: date) -> datetime:
    """The beginning of a day, for what is known by its day alone."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
