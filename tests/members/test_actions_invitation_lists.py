"""Lists of people to invite: read whatever wrote them, judged line by line, sent once."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from coalition.core.access import Hidden
from members.actions import ListRefused, invite_list, judge_list, list_text, read_list
from members.actions.invitation_lists import MOST_BYTES, MOST_LINES
from members.enums import Role
from members.models import Invitation, Organisation, User
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
HEAD = "organisation;courriel;nom;fonction;rôle;langue"


def sheet(*rows: list[Any]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


def outcomes(text: str) -> list[str]:
    return [one.outcome for one in judge_list(lines=read_list(data=text.encode()))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_list_is_read_in_the_encodings_spreadsheets_write(encoding: str) -> None:
    [line] = read_list(data=f"{HEAD}\r\nThiès;a@b.example;Aïssatou;Adjointe;Rédaction;français".encode(encoding))
    assert (line.number, line.organisation, line.name, line.role) == (2, "Thiès", "Aïssatou", "Rédaction")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_come_in_any_order_under_french_or_english_names(separator: str) -> None:
    rows = [["Language", "E-mail", "?", "Organization"], ["en", "a@b.example", "x", "Thiès"]]
    [line] = read_list(data="\n".join(separator.join(row) for row in rows).encode())
    assert (line.organisation, line.email, line.language) == ("Thiès", "a@b.example", "en")


def test_a_workbook_is_read_and_its_formulas_are_text() -> None:
    data = sheet(["Courriel", "Organisation", "Nom"], ["a@b.example", "Thiès", "=1+1"], [None], ["c@d.example", 7])
    first, second = read_list(data=data)
    assert (first.name, first.number, second.number, second.organisation) == ("=1+1", 2, 4, "7")


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", b"0" * (60 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "vide"),
        (b" \n\n ", "vide"),
        (HEAD.encode(), "personne"),
        (b"nom;prenom\na;b", "nommer les colonnes"),
        (f"{HEAD}\n".encode() + b"a;b@c.example\n" * (MOST_LINES + 1), "500 lignes"),
        (f"{HEAD}\n".encode() + b"\n" * (4 * MOST_LINES) + b"a;b@c.example", "personne"),
        (b"a" * (MOST_BYTES + 1), "1 Mo"),
        (b"a;" * 100_000 + b"\n1;2", "colonnes"),
        (f"{HEAD}\n".encode() + b"\x81\x8d\x00", "pas du texte"),
        (b"\xff\xfe\x00", "pas du texte"),
        (HEAD.encode() + b'\n"' + b"x" * 200_000, "tableau CSV"),
        (b"PK\x03\x04 broken", "classeur"),
        (bomb(), "volumineux"),
    ],
    ids=["empty", "blank", "head", "columns", "long", "gap", "heavy", "wide", "bytes", "half", "cell", "zip", "bomb"],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(ListRefused, match=sentence):
        read_list(data=data)


def test_a_hundred_thousand_columns_in_a_workbook_are_refused() -> None:
    with pytest.raises(ListRefused, match="colonnes"):
        read_list(data=sheet(["organisation", "courriel", *["x"] * 15_000], ["a", "b"]))


def test_each_line_is_judged(city: Organisation, chief: User, make_organisation: Make) -> None:
    make_organisation(name="Même nom", country="FR")
    make_organisation(name="Même nom", country="SN")
    Invitation.objects.create(
        organisation=city, email="waits@x.example", role=Role.MEMBER, created_at=NOW, expires_at="2999-01-01T00:00Z"
    )
    text = "\n".join(
        [
            HEAD,
            "ville de saint-louis;new@x.example;;;;",
            f"{city.slug};NEW@x.example;;;;",
            f"{city.slug};{chief.email.upper()};;;;",
            f"{city.slug};Waits@x.example;;;;",
            "Nulle part;a@x.example;;;;",
            "meme nom;a@x.example;;;;",
            f"{city.slug};pas une adresse;;;;",
            f"{city.slug};b@x.example;;;roi;",
            f"{city.slug};b@x.example;;;;wolof",
        ]
    )
    assert outcomes(text) == [
        "invite", "twice", "member", "invited", "unknown", "several", "address", "role", "language",
    ]  # fmt: skip


def test_sending_twice_invites_nobody_twice(city: Organisation, organiser: User) -> None:
    text = f"{HEAD}\n\n{city.slug};a@x.example;Awa;Maire;représentation;en\n{city.slug};b@x.example"
    lines = read_list(data=text.encode())
    assert read_list(data=list_text(lines=lines).encode()) == lines
    sent = invite_list(lines=lines, actor=organiser, now=NOW)
    assert [(one.line.number, one.outcome) for one in sent] == [(3, "sent"), (4, "sent")]
    again = invite_list(lines=lines, actor=organiser, now=NOW)
    assert [one.outcome for one in again] == ["invited", "invited"]
    first = Invitation.objects.get(email="a@x.example")
    assert (first.name, first.function, first.role, first.language) == ("Awa", "Maire", Role.REPRESENTATIVE, "en")
    assert Invitation.objects.count() == 2


def test_only_organisers_send_lists(city: Organisation, chief: User) -> None:
    with pytest.raises(Hidden):
        invite_list(lines=read_list(data=f"{HEAD}\n{city.slug};a@x.example".encode()), actor=chief, now=NOW)


def test_judging_costs_the_same_at_any_length(make_organisation: Make) -> None:
    counts = []
    for number in (2, 60):
        slugs = [make_organisation().slug for _ in range(number)]
        lines = read_list(data="\n".join([HEAD, *(f"{slug};a@x.example" for slug in slugs)]).encode())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            judge_list(lines=lines)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5
