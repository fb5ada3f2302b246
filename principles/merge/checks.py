"""What neither side could see: the outcome read again as a whole, before anybody relies on it.

Each check answers with passages of the base that a person must decide after all, as edits (`align.Edit`) with a reason.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from principles.merge.align import ALIKE, Alignment, Edit, EditKind, dice, words_of
from principles.merge.model import Reason
from principles.merge.numbering import miscounted
from principles.merge.units import Unit, UnitKind, split_units
from principles.merge.weave import Piece

_DEFINED = re.compile(r"\[([^\]\n]+)\]:\s*(.*)", re.DOTALL)
_LABEL = re.compile(r"\[([^\[\]\n]+)\](?!\()")
_BAR = re.compile(r"(?<!\\)\|")


def faults(pieces: list[Piece], sides: tuple[Alignment, Alignment]) -> dict[Edit, Reason]:
    """The passages that must be decided by a person though no two edits collide in them; empty when all is well.

    - a list both sides numbered, one of them in a way of its own;
    - a table whose rows have different numbers of cells, when they have not in either text, or of which one side moved
      columns while the other wrote rows;
    - a link or footnote label defined twice, or a new reference whose label now stands for something else;
    - a text that, read again, falls into other sentences or blocks than the ones merged.
    """
    found: dict[Edit, Reason] = {}
    for run in miscounted(pieces):
        found[_around(run)] = "list numbers"
    for rows in _torn_tables(pieces):
        found[_around(rows)] = "table columns"
    for piece in _misdirected(pieces, sides):
        found[_around([piece])] = "references"
    if not found and all(piece.passage is None for piece in pieces):
        for piece in _misread(pieces):
            place = _around([piece])
            found[place._replace(start=max(place.start - 1, 0), end=min(place.end + 1, len(sides[0].base)))] = (
                "structure"
            )
    return found


def _around(pieces: Iterable[Piece]) -> Edit:
    """The passage of the base that pieces stand for."""
    places = [piece.place for piece in pieces]
    return Edit(EditKind.REWRITE, min(start for start, _end in places), max(end for _start, end in places), 0, 0)


def _torn_tables(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """The tables uneven in the merged text only, or of which one side moved columns and the other changed rows."""
    present = [piece for piece in pieces if piece.passage or piece.lead]
    for is_row, group in groupby(present, key=_is_row):
        rows = list(group) if is_row else []
        if _uneven(rows) or any(_columns_moved(rows, a) and _rows_changed(rows, b, a) for a, b in ((1, 2), (2, 1))):
            yield rows


def _uneven(rows: list[Piece]) -> bool:
    """True when the rows have different numbers of cells though each side's own rows have one number."""
    merged = {len(_cells(row.text)) for row in rows}
    return len(merged) > 1 and all(len({len(_cells(unit.text)) for unit in _of(rows, side)}) < 2 for side in (1, 2))


def _columns_moved(rows: list[Piece], side: int) -> bool:
    """True when a side changed the number or the order of the columns, as the first row shows."""
    base, unit = (rows[0].units[0], rows[0].units[side]) if rows else (None, None)
    if base is None or unit is None or base.text == unit.text:
        return False
    old, new = _cells(base.text), _cells(unit.text)
    return len(old) != len(new) or sorted(old) == sorted(new)


def _rows_changed(rows: list[Piece], side: int, other: int) -> bool:
    """True when a side changed or added a row, otherwise than the other side did."""
    for row in rows:
        base, unit, others = row.units[0], row.units[side], row.units[other]
        if unit and (base is None or base.text != unit.text) and (others is None or others.text != unit.text):
            return True
    return False


def _is_row(piece: Piece) -> bool:
    return piece.passage is None and any(unit and unit.kind is UnitKind.ROW for unit in piece.units)


def _of(pieces: Iterable[Piece], side: int) -> Iterator[Unit]:
    return (unit for piece in pieces if (unit := piece.units[side]))


def _cells(row: str) -> list[str]:
    """The cells of a table row; bars at its ends may be left out."""
    return [cell.strip() for cell in _BAR.split(row.strip().strip("|"))]


def _misdirected(pieces: list[Piece], sides: tuple[Alignment, Alignment]) -> Iterator[Piece]:
    """Definitions of one label that only the merge put together, and new references the merge sends elsewhere."""
    present = [piece for piece in pieces if piece.lead]
    defined: dict[str, list[Piece]] = defaultdict(list)
    for piece in present:
        defined[_definition(piece.text)[0]].append(piece)
    defined.pop("", None)
    if not defined:
        return
    own = [_definitions(side.units) for side in sides]
    for label, places in defined.items():
        yield from places if len(places) > max(len(own[0][label]), len(own[1][label])) else ()
    meanings = {label: _definition(places[0].text)[1] for label, places in defined.items()}
    yield from filter(lambda piece: _sent_elsewhere(piece, own, meanings), present)


def _definition(text: str) -> tuple[str, str]:
    """(label, meaning) of a link or footnote definition, ("", "") for any other text."""
    found = _DEFINED.match(text)
    return (found.group(1).casefold(), found.group(2)) if found else ("", "")


def _definitions(units: Iterable[Unit]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        label, meaning = _definition(unit.text)
        if label:
            found[label].append(meaning)
    return found


def _sent_elsewhere(piece: Piece, own: list[dict[str, list[str]]], meanings: dict[str, str]) -> bool:
    """True when one side wrote a reference here that its own text explains otherwise than the merged one does."""
    base, *others = piece.units
    known = Counter(_labels(base.text)) if base else Counter()
    for side, unit in enumerate(others):
        for label in Counter(_labels(unit.text)) - known if unit else ():
            explained = own[side][label]
            if explained and label in meanings and not _same_meaning(explained[0], meanings[label]):
                return True
    return False


def _labels(text: str) -> list[str]:
    return [] if _DEFINED.match(text) else [found.casefold() for found in _LABEL.findall(text)]


def _same_meaning(first: str, second: str) -> bool:
    return first == second or dice(words_of(first), words_of(second)) >= ALIKE


def _misread(pieces: list[Piece]) -> Iterator[Piece]:
    """The first piece that is not a unit of the merged text as it was merged, if any."""
    present = [piece for piece in pieces if piece.lead]
    text = "".join((piece.lead.text or "") + piece.text for piece in present if piece.lead)
    for piece, unit in zip(present, split_units(text), strict=False):
        if piece.lead and (piece.text, piece.lead.opens) != (unit.text, unit.opens):
            yield piece
            return
