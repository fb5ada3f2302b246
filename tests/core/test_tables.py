"""Tables leave as data, whatever a spreadsheet would make of them."""

import csv
import io

import openpyxl
import pytest

from coalition.core.tables import csv_lines, csv_response, csv_text, safe_cell, streamed, xlsx_file


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_what_looks_like_a_formula_is_quoted(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "cell"), [(None, ""), (-3, "-3"), (2.5, "2.5"), ("Lomé", "Lomé"), ("", "")])
def test_plain_values_stay_as_they_are(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_quotes_commas_and_lines_come_back_as_they_went() -> None:
    rows = [("Ville « A », B", 'dit "oui"'), ("deux\nlignes", "é")]
    text = csv_text(("nom", "mot"), rows)
    assert [tuple(row) for row in csv.reader(io.StringIO(text.lstrip("\ufeff")))] == [("nom", "mot"), *rows]


def test_a_download_is_named_and_says_its_encoding() -> None:
    response = csv_response("liste.csv", ("nom",), [("Lomé",)])
    assert response["Content-Disposition"] == 'attachment; filename="liste.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")


def test_a_table_leaves_line_by_line_as_it_would_whole() -> None:
    header, rows = ("a", "b"), [("=1", -2), ("x,y", None)]
    assert b"".join(csv_lines(header, iter(rows))).decode() == csv_text(header, rows)
    answer = streamed("t.csv", "text/csv", csv_lines(header, rows))
    assert b"".join(answer.streaming_content).decode() == csv_text(header, rows)  # type: ignore[arg-type]
    assert answer["Cache-Control"] == "private, no-store"


def test_a_workbook_in_a_file_keeps_line_breaks_and_computes_nothing() -> None:
    with xlsx_file(("a", "b"), iter([("un\ndeux\x01", "=1+1"), (3, None)])) as file:
        sheet = openpyxl.load_workbook(file).active
    assert sheet["A2"].value == "un\ndeux"
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert sheet["A3"].value == 3
