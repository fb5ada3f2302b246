"""Tables people send: every usual way of saving one, and nothing that would fill the memory."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from coalition.core.sheets import Limits, SheetRefused, decoded, is_workbook, read_sheet

FEW = Limits(lines=3, columns=4)


def workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * (20 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_text_reads_the_same_however_it_was_saved(encoding: str, separator: str) -> None:
    text = f'ville{separator}été\r\n"Évry{separator} ou\r\nnon"{separator}à\r\n'
    assert read_sheet(data=text.encode(encoding), limits=FEW) == [["ville", "été"], [f"Évry{separator} ou\r\nnon", "à"]]


def test_a_workbook_gives_what_was_typed_or_what_it_came_to() -> None:
    data = workbook(["a", "b"], [1, "=1+1"])
    assert is_workbook(data)
    assert read_sheet(data=data, limits=FEW)[1] == [1, "=1+1"]
    assert read_sheet(data=data, limits=FEW, computed=True)[1] == [1]


def test_empty_rows_keep_their_place() -> None:
    assert read_sheet(data=b"a\n\nb\n", limits=FEW) == [["a"], [], ["b"]]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b" \n", "vide"),
        (b"x" * (FEW.size + 1), "1"),
        (b"a\nb\nc\nd\ne\n", "3"),
        (b"a;b;c;d;e", "colonnes"),
        (workbook(["a"] * 5), "colonnes"),
        (workbook(*[["a"]] * 5), "3"),
        (b"PK damaged", "classeur"),
        (bomb(), "volumineux"),
        (b"\x00\x01", "texte"),
        (b'a\n"' + b"x" * 200_000, "CSV"),
    ],
    ids=["blank", "heavy", "long", "wide", "wide book", "long book", "damaged", "bomb", "bytes", "cell"],
)
def test_what_is_no_table_or_too_much_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(SheetRefused, match=sentence):
        read_sheet(data=data, limits=FEW)


def test_text_that_no_spreadsheet_writes_is_refused() -> None:
    assert decoded("é".encode("cp1252")) == "é"
    with pytest.raises(SheetRefused):
        decoded(b"\xff\xfe\x00")
