"""Lists numbered by hand: when both sides added or removed items, each counted without the other."""

from collections.abc import Iterator
from itertools import pairwise

from principles.merge.weave import Piece
from principles.merge.wording import Lead, lead_parts, list_number, with_number


def settle_numbers(pieces: list[Piece]) -> list[Piece]:
    """The same pieces, with the items of a list counted again where the merge broke the count.

    Only where each side alone counts well: one by one, or all items alike. The first number stays.
    """
    for run in numbered_lists(pieces):
        if _counts(_numbers(run)) or not all(_counts(_numbers_of(run, side)) for side in (1, 2)):
            continue
        first = _numbers(run)[0]
        for offset, piece in enumerate(run):
            if piece.lead and piece.lead.text is not None:
                piece.lead = Lead(with_number(piece.lead.text, first + offset), piece.lead.opens)
    return pieces


def miscounted(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Lists both sides numbered anew, of which nobody can tell the count: one of the sides counts in its own way."""
    for run in numbered_lists(pieces):
        if not _counts(_numbers(run)) and all(_renumbered(run, side) for side in (1, 2)):
            yield run


def numbered_lists(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """The ordered lists of the merged text: pieces that are items of one list, at one depth."""
    opened: list[tuple[int, list[Piece]]] = []
    for piece in pieces:
        if piece.passage is not None:
            yield from (run for _depth, run in opened)
            opened = []
        elif piece.lead and piece.lead.text is not None and piece.lead.opens and piece.text:
            yield from _place(piece, piece.lead.text, opened)
    yield from (run for _depth, run in opened)


def _place(piece: Piece, lead: str, opened: list[tuple[int, list[Piece]]]) -> Iterator[list[Piece]]:
    """Put a piece in the list it belongs to; yield the lists it ends."""
    line = lead_parts(lead)[1].expandtabs(4)
    depth = len(line) - len(line.lstrip())
    is_item = list_number(lead) is not None
    while opened and (opened[-1][0] > depth or (opened[-1][0] == depth and not is_item)):
        yield opened.pop()[1]
    if is_item and opened and opened[-1][0] == depth:
        opened[-1][1].append(piece)
    elif is_item:
        opened.append((depth, [piece]))


def _numbers(run: list[Piece]) -> list[int]:
    found = (list_number(piece.lead.text) for piece in run if piece.lead and piece.lead.text is not None)
    return [number for number in found if number is not None]


def _numbers_of(run: list[Piece], side: int) -> list[int]:
    """The numbers the items of a list have in the base (0), the proposed (1) or the current text (2)."""
    found = (list_number(unit.before) for piece in run if (unit := piece.units[side]))
    return [number for number in found if number is not None]


def _counts(numbers: list[int]) -> bool:
    """True when numbers go up one by one, or are all the same."""
    return len({after - before for before, after in pairwise(numbers)} | {1}) == 1 or len(set(numbers)) == 1


def _renumbered(run: list[Piece], side: int) -> bool:
    """True when a side added an item to the list, or gave one another number."""
    for piece in run:
        base, unit = piece.units[0], piece.units[side]
        if unit and (base is None or list_number(base.before) != list_number(unit.before)):
            return True
    return False
