"""A city's table: read whatever program wrote it, its columns recognised in either language."""

import io
import json
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from cases.actions import InvalidCase
from cases.actions.cells import CellReader
from cases.actions.columns import LIMITS, LONGEST_LINE, TableLine, guess_columns, read_table, record_of
from coalition.core.sheets import SheetRefused

FRENCH = "Titre;Résumé;Étape;Ville;Pays;Date de début;Toujours en cours\n"


def workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fields(data: bytes, remembered: dict[str, str] | None = None) -> dict[str, str]:
    columns = guess_columns(table=read_table(data=data), remembered=remembered or {})
    return {column["heading"]: column["field"] for column in columns}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_way_of_saving_a_table_reads_the_same(encoding: str, separator: str) -> None:
    text = (FRENCH + "Un tour à l’été;Court;Pilote;Évry;France;12/03/2024;oui\n").replace(";", separator)
    table = read_table(data=text.encode(encoding))
    assert table.format == "csv"
    (line,) = table.lines
    assert (line.number, line.cells["Titre"], line.cells["Ville"]) == (2, "Un tour à l’été", "Évry")


def test_headings_are_recognised_in_french_in_english_and_by_name() -> None:
    assert list(fields((FRENCH + "a;b;c;d;e;f;g").encode()).values()) == [
        "title", "summary", "stage", "city", "country", "started_on", "ongoing",
    ]  # fmt: skip
    english = "Title,Summary,Stage,City,Country,Start date,person_days,Partners,Reference\na,b,c,d,e,f,g,h,i"
    assert list(fields(english.encode()).values()) == [
        "title", "summary", "stage", "city", "country", "started_on", "person_days", "partners", "external_id",
    ]  # fmt: skip


def test_a_field_is_guessed_once_and_what_the_city_chose_counts_first() -> None:
    assert fields(b"Titre;Nom;Truc\na;b;c") == {"Titre": "title", "Nom": "", "Truc": ""}
    chosen = {"nom": "title", "titre": "", "truc": "failed"}
    assert fields(b"Titre;Nom;Truc\na;b;c", chosen) == {"Titre": "", "Nom": "title", "Truc": "failed"}


def test_two_columns_of_one_name_stay_two() -> None:
    assert list(fields(b"Titre;Titre;\na;b;c")) == ["Titre", "Titre (2)"]


@pytest.mark.django_db
def test_a_workbook_gives_days_numbers_and_results() -> None:
    table = read_table(data=workbook(["Titre", "Début", "Jours"], ["A", datetime(2024, 3, 12), 12.0], [], ["B"]))  # noqa: DTZ001
    assert table.format == "xlsx"
    assert [line.number for line in table.lines] == [2, 4]
    assert table.lines[0].cells["Jours"] == 12
    record = record_of(
        line=table.lines[0], targets={"Titre": "title", "Début": "started_on"}, reader=CellReader(), language="fr"
    )
    assert str(record.content["started_on"]) == "2024-03-12"


def test_lines_of_json_keep_their_numbers_and_a_broken_one_its_reason() -> None:
    rows = [
        json.dumps({"title": "A", "stage": "pilot"}).encode(),
        b"",
        b"{broken",
        b"[1]",
        b"\xff{",
        b"{" + b"[" * 9_000,
    ]
    table = read_table(data=b"\n".join(rows))
    assert [(line.number, bool(line.error)) for line in table.lines] == [
        (1, False), (3, True), (4, True), (5, True), (6, True),
    ]  # fmt: skip
    assert read_table(data=b'{"a": 1}\n' + b"{" + b" " * LONGEST_LINE + b"}").lines[1].error


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "vide"),
        (b"Titre;Ville\n", "aucun cas"),
        (b"x" * (LIMITS.size + 1), "10"),
        (b'{"a": 1}' + b" " * LIMITS.size, "10"),
        (b'{"a": 1}\n' * (LIMITS.lines + 1), "5000"),
        (b"Titre\n" + b"a\n" * (LIMITS.lines + 1), "5000"),
        (";".join("t" for _rank in range(LIMITS.columns + 1)).encode() + b"\na", "colonnes"),
        (json.dumps({str(rank): 1 for rank in range(LIMITS.columns + 1)}).encode(), "colonnes"),
        (b"PK\x03\x04 damaged", "classeur"),
        (b"%PDF-1.7\x00\x01", "texte"),
    ],
    ids=["empty", "head", "heavy", "heavy json", "long json", "long", "wide", "wide json", "zip", "pdf"],
)
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(SheetRefused, match=sentence):
        read_table(data=data)


def test_samples_show_the_first_values_shortened() -> None:
    data = ("Titre\n" + "\n".join(["Un", "", "x" * 200, "Trois", "Quatre"])).encode()
    (column,) = guess_columns(table=read_table(data=data), remembered={})
    assert (column["samples"][0], column["samples"][2]) == ("Un", "Trois")
    assert column["samples"][1].endswith("…")


@pytest.mark.django_db
def test_a_line_becomes_a_record_and_empty_cells_say_nothing() -> None:
    targets = {"t": "title", "v": "city", "l": "language", "i": "external_id", "s": "summary"}
    line = TableLine(2, {"t": "Un tour", "v": "", "l": "Anglais", "i": " 42 ", "s": None})
    record = record_of(line=line, targets=targets, reader=CellReader(), language="fr")
    assert (record.external_id, record.language, record.content) == ("42", "en", {"title": "Un tour"})


@pytest.mark.django_db
def test_a_line_without_identifier_is_known_by_its_title_and_city_however_spelt() -> None:
    def named(title: str, city: str) -> str:
        line = TableLine(2, {"t": title, "v": city})
        return record_of(line=line, targets={"t": "title", "v": "city"}, reader=CellReader(), language="fr").external_id

    assert named("Un Tour", "Évry") == named("un  tour", "evry") != named("Un tour", "Lomé")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cells", "field"),
    [({"t": ""}, "title"), ({"t": "a", "l": "klingon"}, "language"), ({"t": "a", "i": "x" * 130}, "external_id")],
)
def test_a_line_that_is_no_case_says_why(cells: dict[str, str], field: str) -> None:
    targets = {"t": "title", "l": "language", "i": "external_id"}
    with pytest.raises(InvalidCase) as refused:
        record_of(line=TableLine(2, cells), targets=targets, reader=CellReader(), language="fr")
    assert list(refused.value.errors) == [field]


def test_our_guard_against_formulas_is_taken_off_again() -> None:
    table = read_table(data=b"Titre;Ville\n'=1+1;'''-x\n'simple;l'eau")
    assert [dict(line.cells) for line in table.lines] == [
        {"Titre": "=1+1", "Ville": "''-x"}, {"Titre": "'simple", "Ville": "l'eau"},
    ]  # fmt: skip
