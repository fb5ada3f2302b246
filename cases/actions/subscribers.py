"""Bringing a list of addresses to a question of the catalogue: read, judged line by line, then each asked once by mail.

Nobody is subscribed by it: every new address gets the mail of a typed address, and nothing runs before its owner says
yes. The file is never kept: what was read travels back as text (`subscriber_text`), and is judged again.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions.alerts import asked_lately, asking_key, kept_query
from cases.enums import Frequency, SearchState
from cases.models import LeftMailbox, SavedSearch
from cases.rules import ALERT_CONSENT
from cases.search import Selection
from coalition.core.access import require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.models import Consent, Erasure
from coalition.core.retention import address_digest
from coalition.core.sheets import Limits, SheetRefused, cell_words, read_sheet
from coalition.core.text import fold, is_mail_address
from coalition.notifications.actions import record_events
from coalition.notifications.stops.listing import stopped_among

LIMITS = Limits(lines=5_000, columns=40)
LONGEST_CELL = 300
LOT = 1_000
"""Addresses one query asks about."""

HEADERS = {
    "address": ("adresse", "adresse electronique", "adresse e-mail", "courriel", "e-mail", "email", "mail", "address"),
    "language": ("langue", "language"),
    "frequency": ("rythme", "frequence", "frequency", "rhythm"),
}
LANGUAGES = {"fr": ("fr", "francais", "french"), "en": ("en", "anglais", "english")}
FREQUENCIES = {
    Frequency.DAILY: ("daily", "jour", "chaque jour", "quotidien", "quotidienne", "every day"),
    Frequency.WEEKLY: ("weekly", "semaine", "chaque semaine", "hebdomadaire", "every week"),
}


class ListRefused(DomainError):
    """The file is no list of addresses: empty, too large, unreadable, or without a column of addresses."""


@dataclass(frozen=True, slots=True)
class Line:
    """One address of a list, words as they were written; `number` is the line of the file, from 1."""

    number: int
    address: str = ""
    language: str = ""
    frequency: str = ""

    @property
    def mailbox(self) -> str:
        """The address as it is kept."""
        return self.address.lower()


@dataclass(frozen=True, slots=True)
class Judged:
    """A line and what becomes of it: new (a mail would leave), quiet (kept, but its owner was asked less than a day
    ago), follows, waits, stopped, left, twice, address, language or frequency; after the import added and added_quiet.
    """

    line: Line
    outcome: str


# Reading --------------------------------------------------------------------------------


def read_subscribers(*, data: bytes, language: str, frequency: str) -> list[Line]:
    """The addresses of a CSV or XLSX file (told apart by content), in its order; empty lines are left out.

    The first line names the columns, in French or English, in any order; where it holds an address already there are
    no names, and the columns are address, language, rhythm. Cells that say no language or rhythm get those given.
    Raises ListRefused with a sentence for whatever cannot be read.
    """
    lines = _lines([(number, row) for number, row in enumerate(_rows(data), start=1) if any(row)])
    if not lines:
        raise ListRefused(_("Ce fichier ne contient aucune adresse."), field="file")
    if len(lines) > LIMITS.lines:
        raise ListRefused(_("Ce fichier dépasse 5 000 lignes : partagez-le en plusieurs."), field="file")
    return [replace(one, language=one.language or language, frequency=one.frequency or frequency) for one in lines]


def _rows(data: bytes) -> list[list[str]]:
    try:
        return [[cell_words(cell, LONGEST_CELL) for cell in row] for row in read_sheet(data=data, limits=LIMITS)]
    except SheetRefused as error:
        raise ListRefused(error.message, field=error.field) from error


def _lines(numbered: Sequence[tuple[int, Sequence[str]]]) -> list[Line]:
    columns = _columns(numbered[0][1]) if numbered else {}
    return [_line(number, row, columns) for number, row in numbered[0 if _is_bare(numbered) else 1 :]]


def _is_bare(numbered: Sequence[tuple[int, Sequence[str]]]) -> bool:
    """Does the list begin with an address, without names of columns?"""
    return bool(numbered) and any("@" in cell for cell in numbered[0][1])


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Where each column stands, by the names of the first line."""
    if any("@" in cell for cell in head):
        return {name: place for place, name in enumerate(HEADERS)}
    known = {word: name for name, words in HEADERS.items() for word in words}
    places: dict[str, int] = {}
    for place, cell in enumerate(head):
        name = known.get(fold(cell).strip(" :*"))
        if name is not None:
            places.setdefault(name, place)
    if "address" not in places:
        raise ListRefused(_("La première ligne doit nommer la colonne « adresse »."), field="file")
    return places


def _line(number: int, row: Sequence[str], columns: dict[str, int]) -> Line:
    return Line(number, **{name: row[place] for name, place in columns.items() if place < len(row)})


def subscriber_text(*, lines: Sequence[Line]) -> str:
    """The list as one text, a line each: number, address, language, rhythm, between tabs. No cell holds one."""
    return "\n".join(f"{one.number}\t{one.address}\t{one.language}\t{one.frequency}" for one in lines)


def subscribers_of_text(*, text: str) -> list[Line]:
    """What `subscriber_text` wrote. Raises ListRefused for any other text."""
    cells = [row.split("\t") for row in text.splitlines() if row]
    if not cells or len(cells) > LIMITS.lines or any(len(row) != 4 or not row[0].isdecimal() for row in cells):
        raise ListRefused(_("Cette liste s’est perdue en route : donnez-la de nouveau."))
    return [Line(int(row[0][:6]), *(cell[:LONGEST_CELL] for cell in row[1:])) for row in cells]


def _lots(items: Iterable[str]) -> Iterator[list[str]]:
    """LOT at a time, each once."""
    every = list(dict.fromkeys(items))
    return (every[start : start + LOT] for start in range(0, len(every), LOT))


# Judging --------------------------------------------------------------------------------


def judge_subscribers(*, lines: Sequence[Line], selection: Selection, now: datetime) -> list[Judged]:
    """What would become of each line, in order; nothing is written. Eight queries for each LOT of addresses.

    An address that is stopped, that stopped an alert or erased its account is not written to again; only its owner,
    from a page of the site, brings it back. Raises SearchTooLong.
    """
    query, seen, judged = kept_query(selection), set[str](), []
    known = _Known(query, [line.mailbox for line in lines if is_mail_address(line.address)], now)
    for line in lines:
        fault = _fault(line)
        judged.append(Judged(line, fault or ("twice" if line.mailbox in seen else known.say(line.mailbox))))
        if not fault:
            seen.add(line.mailbox)
    return judged


class _Known:
    """What the site knows of the addresses of a list, asked lot by lot."""

    def __init__(self, query: str, mailboxes: Sequence[str], now: datetime) -> None:
        self.words: list[tuple[str, set[str]]] = [(name, set()) for name in ("stopped", "follows", "waits", "left")]
        self.asked: set[str] = set()
        found = dict(self.words)
        for lot in _lots(mailboxes):
            found["stopped"] |= set(stopped_among(lot))
            found["follows"] |= _standing(lot, query, SearchState.ACTIVE)
            found["waits"] |= _standing(lot, query, SearchState.PENDING)
            found["left"] |= _left(lot)
            self.asked |= asked_lately(lot, now)

    def say(self, mailbox: str) -> str:
        """The first that holds, or whether its owner would be written to."""
        said = next((name for name, those in self.words if mailbox in those), "")
        return said or ("quiet" if mailbox in self.asked else "new")


def _standing(mailboxes: Sequence[str], query: str, state: str) -> set[str]:
    """Those that follow, or wait to follow, this question in whatever language, by an account or without."""
    asked = SavedSearch.objects.with_mailbox().filter(query=query, state=state, reached__in=mailboxes)
    return set(asked.values_list("reached", flat=True))


def _left(mailboxes: Sequence[str]) -> set[str]:
    """Those whose owner stopped an alert, or erased an account."""
    digests = {address_digest(mailbox): mailbox for mailbox in mailboxes}
    gone = LeftMailbox.objects.filter(digest__in=digests).values_list("digest", flat=True)
    erased = Erasure.objects.filter(address_digest__in=digests).values_list("address_digest", flat=True)
    ended = Consent.objects.filter(purpose=ALERT_CONSENT, address__in=mailboxes).exclude(withdrawn_at=None)
    again = Consent.objects.filter(purpose=ALERT_CONSENT, address__in=mailboxes, withdrawn_at=None)
    stopped = set(ended.values_list("address", flat=True)) - set(again.values_list("address", flat=True))
    return {digests[digest] for digest in (*gone, *erased)} | stopped


def _fault(line: Line) -> str:
    """What cannot be read of a line; "" when all can."""
    if not is_mail_address(line.address):
        return "address"
    if language_of(line) is None:
        return "language"
    return "" if frequency_of(line) else "frequency"


def language_of(line: Line) -> str | None:
    """The language a line gives; None for one the site does not speak."""
    return next((code for code, words in LANGUAGES.items() if fold(line.language) in words), None)


def frequency_of(line: Line) -> str | None:
    """The rhythm a line gives; None for one there is not."""
    return next((str(code) for code, words in FREQUENCIES.items() if fold(line.frequency) in words), None)


# Writing --------------------------------------------------------------------------------


@transaction.atomic
def import_subscribers(
    *, lines: Sequence[Line], selection: Selection, source: str, actor: Any, now: datetime
) -> list[Judged]:
    """Judge the lines again, keep what is new as alerts that wait, and ask each new mailbox once by mail.

    Rule: superusers. The whole list is one transaction; the same list twice writes nothing the second time. The mail
    is that of a typed address, one an address and MAIL_EVERY. The log keeps who, when, from where (`source`) and how
    many, no address. Returns what became of each line. Raises SearchTooLong.
    """
    require(actor, "subscriber.import")
    judged = judge_subscribers(lines=lines, selection=selection, now=now)
    query = kept_query(selection)
    chosen = [one for one in judged if one.outcome in ("new", "quiet")]
    made = {search.address: search for search in _make(chosen, query, now)}
    facts: Any = {
        asking_key(one.line.mailbox, now): (made[one.line.mailbox], {})
        for one in chosen
        if one.outcome == "new" and one.line.mailbox in made
    }
    if facts:
        record_events(kind="search.confirm", facts=facts, now=now)
    if made:
        counts = {"lines": len(lines), "added": len(made), "mails": len(facts)}
        record(actor=actor, action="subscriber.import", obj=actor, now=now, source=source, query=query, **counts)
    return [_told(one, made) for one in judged]


def _told(one: Judged, made: Container[str]) -> Judged:
    """What was said before, in the words of what was done."""
    after = {"new": "added", "quiet": "added_quiet"}.get(one.outcome)
    if after is None:
        return one
    return replace(one, outcome=after if one.line.mailbox in made else "waits")


def _make(chosen: Sequence[Judged], query: str, now: datetime) -> Iterator[SavedSearch]:
    """The alerts that wait now for these addresses; those another import wrote in between are not ours."""
    rows = [
        SavedSearch(
            address=one.line.mailbox,
            query=query,
            language=language_of(one.line) or "fr",
            frequency=frequency_of(one.line) or Frequency.WEEKLY,
            asked_at=now,
        )
        for one in chosen
    ]
    SavedSearch.objects.bulk_create(rows, ignore_conflicts=True, batch_size=LOT)
    for lot in _lots(row.address for row in rows):
        yield from SavedSearch.objects.filter(
            address__in=lot, account=None, query=query, state=SearchState.PENDING, asked_at=now
        )


@transaction.atomic
def note_subscribers_read(*, actor: Any, count: int, filters: dict[str, str], now: datetime) -> None:
    """Write in the log that the list, or a part of it, left the site as a file. Rule: superusers."""
    require(actor, "subscriber.list")
    record(actor=actor, action="subscriber.download", obj=actor, now=now, lines=count, **filters)
