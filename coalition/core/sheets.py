"""Reading tables people send: CSV as spreadsheets write it, and XLSX. Bounded before anything is held in memory.

    rows = read_sheet(data=upload.read(), limits=Limits(lines=500, columns=40))

A workbook is told from a text by its content, never by its name. What comes back is cells, row by row; whoever asks
knows what the columns mean.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from django.utils.translation import gettext_lazy as _

from coalition.core.errors import DomainError
from coalition.core.text import one_line

MEGABYTE = 1024 * 1024
MOST_PARTS = 200
DELIMITERS = ";,\t"


class SheetRefused(DomainError):
    """The file is no table we can read: empty, too large, damaged, in another encoding."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a table may hold: lines under the headings, columns, bytes of the file, bytes of a workbook unpacked."""

    lines: int
    columns: int
    size: int = MEGABYTE
    unpacked: int = 12 * MEGABYTE

    @property
    def rows(self) -> int:
        """Rows looked at before giving up, empty ones too."""
        return 3 * self.lines


def cell_words(cell: Any, longest: int) -> str:
    """A cell as one line of text, cut at `longest`."""
    return one_line("" if cell is None else str(cell))[:longest].strip()


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are those of an XLSX file."""
    return data.startswith(b"PK")


def read_sheet(*, data: bytes, limits: Limits, computed: bool = False) -> list[list[Any]]:
    """The rows of a CSV or XLSX file, in order, empty ones too; cells as text, or as the workbook holds them.

    `computed`: a formula is what it last came to; otherwise what was typed. Raises SheetRefused.
    """
    if not data.strip():
        raise SheetRefused(_("Ce fichier est vide."), field="file")
    if len(data) > limits.size:
        too_big = _("Ce fichier dépasse %(most)d Mo : partagez-le en plusieurs.")
        raise SheetRefused(too_big % {"most": limits.size // MEGABYTE}, field="file")
    rows = sheet_rows(data, limits, computed) if is_workbook(data) else csv_rows(data, limits)
    return list(_bounded(rows, limits))


def _bounded(rows: Iterable[Sequence[Any]], limits: Limits) -> Iterator[list[Any]]:
    """Rows up to the limits; SheetRefused beyond them, before the rest is read."""
    blank = full = 0
    for row in rows:
        if len(row) > limits.columns:
            raise SheetRefused(
                _("Ce fichier a trop de colonnes : gardez-en %(most)d au plus.") % {"most": limits.columns},
                field="file",
            )
        said = any(cell not in (None, "") for cell in row)
        blank, full = (0, full + 1) if said else (blank + 1, full)
        if full > limits.lines + 1:
            raise too_long(limits)
        if blank > limits.lines:
            return
        yield list(row)


def too_long(limits: Limits) -> SheetRefused:
    """More lines than we take at once."""
    sentence = _("Ce fichier dépasse %(most)d lignes : partagez-le en plusieurs.") % {"most": limits.lines}
    return SheetRefused(sentence, field="file")


def decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what spreadsheets of western Europe write; SheetRefused for anything else."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.strip() and not any(ord(c) < 32 and c not in "\t\r\n" for c in text):
            return text
    raise SheetRefused(
        _("Ce fichier n’est pas du texte que nous savons lire : enregistrez-le en CSV UTF-8, ou en XLSX."), field="file"
    )


def csv_rows(data: bytes, limits: Limits) -> Iterator[list[str]]:
    """Rows of a text, its cells between semicolons, commas or tabs, whichever its first line uses most."""
    text = decoded(data)
    head = text.lstrip().splitlines()[0]
    delimiter = max(DELIMITERS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    count = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise SheetRefused(_("Ce fichier ne se lit pas comme un tableau CSV."), field="file") from error
        count += 1
        if count > limits.rows:
            raise too_long(limits)
        yield row


def sheet_rows(data: bytes, limits: Limits, computed: bool = False) -> Iterator[Sequence[Any]]:
    """The first sheet, read as a stream, one cell beyond the limit so that what is too wide is seen."""
    unreadable = SheetRefused(_("Ce classeur ne peut pas être lu : enregistrez-le de nouveau en XLSX."), field="file")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > limits.unpacked:
            raise SheetRefused(_("Ce classeur est trop volumineux une fois ouvert."), field="file")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=computed, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        cells = sheet.iter_rows(max_row=limits.rows, max_col=limits.columns + 1, values_only=True)
        rows = [_trimmed(row) for row in cells]
    except SheetRefused:
        raise
    except Exception as error:  # a damaged workbook fails in the reader in a great many ways
        raise unreadable from error
    return iter(rows)


def _trimmed(row: Sequence[Any]) -> list[Any]:
    """Without the empty cells at its end."""
    cells = list(row)
    while cells and cells[-1] in (None, ""):
        cells.pop()
    return cells
