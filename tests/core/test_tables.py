"""Tables leave as data, whatever a spreadsheet would make of them."""

import csv
import io

import pytest

from coalition.core.tables import csv_response, csv_text, safe_cell


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
