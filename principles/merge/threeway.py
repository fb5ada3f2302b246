"""The three-way merge of a text: two people changed the same base, one text comes out, or questions do."""

from principles.merge.align import Alignment, Edit, EditKind, align
from principles.merge.checks import faults
from principles.merge.collide import Collisions
from principles.merge.model import Conflict, MergeOperation, MergeResult, Readings, Reason, joined
from principles.merge.numbering import settle_numbers
from principles.merge.units import split_units
from principles.merge.weave import Piece, Weaver, conflict_of

ROUNDS = 4


def merge_texts(base: str, proposed: str, current: str) -> MergeResult:
    """Merge what `proposed` and `current` each changed in `base`.

    Any str is accepted and nothing raises. `text` is the merged text, or None when a person must decide; `conflicts`
    are the passages to decide, with the three readings; `operations` tell the whole story, from which `rebuild` gives
    back each of the three texts and the merged one, character by character.
    """
    texts = Readings(base, proposed, current)
    old = split_units(base)
    sides = align(old, split_units(proposed)), align(old, split_units(current))
    forced: dict[Edit, Reason] = {}
    for attempt in range(ROUNDS + 1):
        pieces = _pieces(sides, forced)
        if attempt == ROUNDS or base in (proposed, current) or proposed == current:
            break
        refused = faults(pieces, sides)
        if not refused:
            break
        forced.update(refused)
        if attempt == ROUNDS - 1:
            forced[Edit(EditKind.REWRITE, 0, len(old), 0, 0)] = "structure"
    return _result(pieces, sides, texts)


def _pieces(sides: tuple[Alignment, Alignment], forced: dict[Edit, Reason]) -> list[Piece]:
    passages = Collisions(*sides, forced).passages()
    return settle_numbers(list(Weaver(*sides, passages).pieces()))


def _result(pieces: list[Piece], sides: tuple[Alignment, Alignment], texts: Readings) -> MergeResult:
    operations: list[MergeOperation] = []
    conflicts: list[Conflict] = []
    for piece in pieces:
        if piece.passage is None:
            operations += piece.operations()
            continue
        shared, conflict = conflict_of(piece.passage, *sides, texts)
        readings = Readings(conflict.base, conflict.proposed, conflict.current)
        operations.append(MergeOperation("kept", shared))
        operations.append(MergeOperation("conflict", "", None, None, readings, len(conflicts)))
        conflicts.append(conflict)
    told = tuple(joined(operations))
    text = None if conflicts else "".join(one.text for one in told if one.kind in ("kept", "inserted", "settled"))
    return MergeResult(text, tuple(conflicts), told)
