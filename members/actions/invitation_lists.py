"""Whole lists of invitations: a CSV or XLSX file is read, each line judged, and sent once somebody has looked.

The file is never kept: what was read travels back as CSV text (`list_text`), and is read and judged again.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from coalition.core.access import require
from coalition.core.errors import DomainError
from coalition.core.sheets import Limits, SheetRefused, cell_words, read_sheet
from coalition.core.text import fold, is_mail_address
from members.actions.invitations import AlreadyInvited, open_invitation
from members.enums import Role
from members.models import Affiliation, Invitation, Organisation

MOST_LINES = 500
MOST_COLUMNS = 40
MOST_BYTES = 1024 * 1024
LONGEST_CELL = 500
LIMITS = Limits(lines=MOST_LINES, columns=MOST_COLUMNS, size=MOST_BYTES)

HEADERS = {
    "organisation": ("organisation", "organization", "organisme", "structure", "ville"),
    "email": ("courriel", "e-mail", "email", "mail", "adresse", "adresse electronique", "adresse e-mail", "address"),
    "name": ("nom", "name", "nom complet", "full name", "personne"),
    "function": ("fonction", "function", "poste", "job title"),
    "role": ("role",),
    "language": ("langue", "language"),
}
NEEDED = ("organisation", "email")
ROLES = {
    Role.MEMBER: ("", "membre", "member"),
    Role.EDITOR: ("redaction", "redacteur", "redactrice", "editor"),
    Role.REPRESENTATIVE: ("representation", "representant", "representante", "representative"),
}
LANGUAGES = {"fr": ("", "fr", "francais", "french"), "en": ("en", "anglais", "english")}


class ListRefused(DomainError):
    """The file is no list of people: empty, too large, unreadable, or without the columns it needs."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list, words as they were written; `number` is the line of the file, from 1."""

    number: int
    organisation: str = ""
    email: str = ""
    name: str = ""
    function: str = ""
    role: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A line and what becomes of it. `outcome`: invite, sent, member, invited, twice, unknown, several, address, role
    or language; `place` is the organisation found."""

    line: Line
    outcome: str
    place: Organisation | None = None


# Reading --------------------------------------------------------------------------------


def read_list(*, data: bytes) -> list[Line]:
    """The people of a CSV or XLSX file (told apart by content), in its order; lines without a word are left out.

    The first line names the columns, in French or English, in any order; others are ignored. Cells are text: a formula
    is what was typed, never what it computes. Raises ListRefused with a sentence for whatever cannot be read.
    """
    try:
        rows = [[cell_words(cell, LONGEST_CELL) for cell in row] for row in read_sheet(data=data, limits=LIMITS)]
    except SheetRefused as error:
        raise ListRefused(error.message, field=error.field) from error
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
    if len(numbered) < 2:
        raise ListRefused(_("Ce fichier ne contient personne sous la ligne des titres."), field="file")
    columns = _columns(numbered[0][1])
    return [_line(number, row, columns) for number, row in numbered[1:]]


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Where each column stands, by the names of the first line."""
    known = {word: name for name, words in HEADERS.items() for word in words}
    places: dict[str, int] = {}
    for place, cell in enumerate(head):
        name = known.get(fold(cell).strip(" :*"))
        if name is not None:
            places.setdefault(name, place)
    if not all(name in places for name in NEEDED):
        raise ListRefused(
            _("La première ligne doit nommer les colonnes : au moins « organisation » et « courriel »."), field="file"
        )
    return places


def _line(number: int, row: Sequence[str], columns: dict[str, int]) -> Line:
    return Line(number, **{name: row[place] for name, place in columns.items() if place < len(row)})


def list_text(*, lines: Sequence[Line]) -> str:
    """The same list as CSV text, each person on the line of the same number."""
    out = io.StringIO()
    writer = csv.writer(out)
    names = tuple(HEADERS)
    writer.writerow(names)
    written = 1
    for line in lines:
        while written < line.number - 1:
            writer.writerow([""] * len(names))
            written += 1
        writer.writerow([getattr(line, name) for name in names])
        written += 1
    return out.getvalue()


# Judging --------------------------------------------------------------------------------


def judge_list(*, lines: Sequence[Line]) -> list[Judged]:
    """What would become of each line, in order; five queries whatever their number, nothing is written."""
    places = _places(lines)
    found = [place for candidates in places.values() for place in candidates]
    inside, open_ones = _inside(found), _open(found)
    seen: set[tuple[int, str]] = set()
    judged = []
    for line in lines:
        candidates = places.get(fold(line.organisation), [])
        one = _judge(line, candidates, inside, open_ones, seen)
        if one.place is not None and one.outcome == "invite":
            seen.add((one.place.pk, line.email.lower()))
        judged.append(one)
    return judged


def _places(lines: Sequence[Line]) -> dict[str, list[Organisation]]:
    """Confirmed organisations by the folded name or the slug the lines give."""
    asked = {fold(line.organisation) for line in lines if line.organisation}
    by_name = Organisation.objects.confirmed().filter(folded_name__in=asked)
    by_slug = Organisation.objects.confirmed().filter(slug__in=asked)
    places: dict[str, list[Organisation]] = {}
    for organisation in by_name:
        places.setdefault(organisation.folded_name, []).append(organisation)
    for organisation in by_slug:
        places[organisation.slug] = [organisation]
    return places


def _inside(places: Sequence[Organisation]) -> set[tuple[int, str]]:
    """Organisation and address, in lower case, of everybody who acts there today, by main and by proved address."""
    running = Affiliation.objects.active().filter(organisation__in=places)
    main = running.values_list("organisation_id", Lower("account__email"))
    proved = running.filter(account__emailaddress__verified=True)
    return {*main, *proved.values_list("organisation_id", Lower("account__emailaddress__email"))}


def _open(places: Sequence[Organisation]) -> set[tuple[int, str]]:
    waiting = Invitation.objects.open().filter(organisation__in=places, expires_at__gt=Now())
    return set(waiting.values_list("organisation_id", Lower("email")))


def _judge(
    line: Line,
    candidates: list[Organisation],
    inside: set[tuple[int, str]],
    open_ones: set[tuple[int, str]],
    seen: set[tuple[int, str]],
) -> Judged:
    if len(candidates) != 1:
        return Judged(line, "several" if candidates else "unknown")
    place = candidates[0]
    faults = (
        ("address", not is_mail_address(line.email)),
        ("role", role_of(line) is None),
        ("language", language_of(line) is None),
        ("member", (place.pk, line.email.lower()) in inside),
        ("invited", (place.pk, line.email.lower()) in open_ones),
        ("twice", (place.pk, line.email.lower()) in seen),
    )
    return Judged(line, next((name for name, holds in faults if holds), "invite"), place)


def role_of(line: Line) -> str | None:
    """The role a line gives, by its French or English name; member when it gives none, None for an unknown word."""
    asked = fold(line.role)
    return next((role for role, words in ROLES.items() if asked in words), None)


def language_of(line: Line) -> str | None:
    """The language a line gives; French when it gives none, None for one the site does not speak."""
    asked = fold(line.language)
    return next((code for code, words in LANGUAGES.items() if asked in words), None)


# Sending --------------------------------------------------------------------------------


def invite_list(*, lines: Sequence[Line], actor: Any, now: datetime) -> list[Judged]:
    """Judge the lines again, and invite those that may be; the same list twice invites nobody twice.

    Rule: organisers; `actor` None is the console. Each invitation is its own transaction, so that an interruption
    loses nothing that was done. Returns what became of each line.
    """
    if actor is not None:
        require(actor, "invitation.import_list")
    done = []
    for one in judge_list(lines=lines):
        done.append(_send(one, actor, now) if one.outcome == "invite" else one)
    return done


def _send(one: Judged, actor: Any, now: datetime) -> Judged:
    assert one.place is not None  # noqa: S101 - for the type checker: "invite" is only said of a place found
    try:
        open_invitation(
            organisation=one.place,
            actor=actor,
            email=one.line.email,
            role=role_of(one.line) or Role.MEMBER,
            now=now,
            name=one.line.name[:150],
            function=one.line.function[:150],
            language=language_of(one.line) or "fr",
        )
    except AlreadyInvited:
        return replace(one, outcome="invited")
    return replace(one, outcome="sent")
