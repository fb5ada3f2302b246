"""The writers of tables: what they write is data, even to a spreadsheet that would rather compute it."""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from coalition.core.text import one_line

BOM = "\ufeff"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LOT = 200
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> str:
    """`value` as text no spreadsheet takes for a formula: an apostrophe is put before one (OWASP, CSV injection).

    Plain numbers, negative ones too, are left as they are.
    """
    text = "" if value is None else str(value)
    if isinstance(value, int | float) or not text.lstrip().startswith(FORMULA):
        return text
    return f"'{text}"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """RFC 4180 text, UTF-8 with a mark so that spreadsheets read the accents."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return BOM + out.getvalue()


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download of the table."""
    response = HttpResponse(csv_text(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


class _Line:
    """What a CSV writer writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The same text as `csv_text`, LOT lines at a time: a table of any length in the memory of a short one."""
    writer: Any = csv.writer(_Line())
    yield (BOM + writer.writerow(header)).encode()
    lines = (writer.writerow([safe_cell(value) for value in row]).encode() for row in rows)
    while lot := b"".join(islice(lines, LOT)):
        yield lot


def csv_stream(filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A download of the table, sent while it is read."""
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def geojson_stream(features: Iterable[dict[str, Any]]) -> StreamingHttpResponse:
    """A collection of features (RFC 7946), sent while it is read."""
    return StreamingHttpResponse(_collection(features), content_type="application/geo+json")


def _collection(features: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield b'{"type": "FeatureCollection", "features": ['
    written = (json.dumps(feature, ensure_ascii=False, cls=DjangoJSONEncoder) for feature in features)
    between = ""
    while lot := ",\n".join(islice(written, LOT)):
        yield f"{between}{lot}".encode()
        between = ",\n"
    yield b"]}"


def streamed(filename: str, content_type: str, chunks: Iterable[Any]) -> StreamingHttpResponse:
    """A download that leaves as it is made and that no cache keeps."""
    response = StreamingHttpResponse(chunks, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    return response


def xlsx_file(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """A workbook in a temporary file, at its beginning; row by row, so that it is never held whole.

    Cells keep their line breaks; signs a workbook cannot hold are left out.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(header))
    for row in rows:
        sheet.append([_kept_cell(sheet, value) for value in row])
    out: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the response that sends it
    book.save(out)
    out.seek(0)
    return out


def _kept_cell(sheet: Any, value: Any) -> Any:
    number = isinstance(value, int | float)
    text = value if number else ILLEGAL_CHARACTERS_RE.sub("", "" if value is None else str(value))
    cell = WriteOnlyCell(sheet, value=text)
    if not number:
        cell.data_type = "s"
    return cell


def xlsx_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet. Every cell is text or a number: what looks like a formula is marked as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(header))
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    number = isinstance(value, int | float)
    cell = WriteOnlyCell(sheet, value=value if number else one_line("" if value is None else str(value)))
    if not number:
        cell.data_type = "s"
    return cell
