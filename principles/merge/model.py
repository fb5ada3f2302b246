"""What a merge gives back: operations that can be drawn, conflicts that can be shown, and the merged text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple, get_args

Author = Literal["proposed", "current", "both"]
Role = Literal["base", "proposed", "current", "merged"]
OperationKind = Literal["kept", "inserted", "removed", "moved", "settled", "conflict"]
Reason = Literal[
    "same sentence",
    "changed and removed",
    "both inserted here",
    "beside a change",
    "neighbouring lines",
    "both rewrote",
    "moved twice",
    "moved and changed",
    "inserted twice",
    "blank space",
    "list numbers",
    "table columns",
    "references",
    "structure",
]

REASONS: tuple[Reason, ...] = get_args(Reason)


class Readings(NamedTuple):
    """One passage as each of the three texts has it; empty where a text does not have it."""

    base: str
    proposed: str
    current: str


class MergeOperation(NamedTuple):
    """One piece of a merge, in the order of the merged text.

    | kind | `text` | stands in |
    |---|---|---|
    | kept | the words | all texts |
    | inserted | the words | the text of `author`, and the merged one |
    | removed | the words | the base, and the text of who is not `author` |
    | moved | the passage as the base has it | nothing; its operations (`move`) stand at the new place |
    | settled | the merged reading | `readings`: blank lines or a list number the sides differ on, decided by rule |
    | conflict | empty | `readings`; `conflict` is the index in `MergeResult.conflicts` |

    `move` numbers the moved passages; an operation with a `move` and another kind than "moved" is inside that passage
    at its new place.
    """

    kind: OperationKind
    text: str
    author: Author | None = None
    move: int | None = None
    readings: Readings | None = None
    conflict: int | None = None


class Span(NamedTuple):
    """Characters `start` to `end` (not included) of a text."""

    start: int
    end: int


class Conflict(NamedTuple):
    """A passage the two sides changed in ways a person must decide between.

    `base`, `proposed` and `current` are its readings, `*_span` where they stand in the three texts (an empty span says
    where the passage would be), `block` the number of its block in the base, from 0; `reason` says which rule held.
    """

    reason: Reason
    block: int
    base: str
    proposed: str
    current: str
    base_span: Span
    proposed_span: Span
    current_span: Span


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The outcome of `merge_texts`. `text` is None exactly when there are conflicts."""

    text: str | None
    conflicts: tuple[Conflict, ...]
    operations: tuple[MergeOperation, ...]

    def resolved(self, choices: Sequence[str]) -> str:
        """The merged text with `choices[n]` in the place of conflict n. ValueError unless one choice per conflict."""
        if len(choices) != len(self.conflicts):
            raise ValueError(f"{len(self.conflicts)} conflicts, {len(choices)} choices")
        return "".join(_texts(self.operations, "merged", choices))


def rebuild(operations: Iterable[MergeOperation], role: Role) -> str:
    """One of the texts from the operations alone: "base", "proposed", "current", or "merged".

    The first three are exact whatever was merged, which is why no change can be lost: each character of each text is in
    an operation. "merged" raises ValueError when there is a conflict.
    """
    return "".join(_texts(tuple(operations), role, None))


def _texts(operations: Sequence[MergeOperation], role: Role, choices: Sequence[str] | None) -> Iterator[str]:
    """The pieces of one text, in order; what moved is told at its old or at its new place, as the text has it."""
    movers = {one.move: one.author for one in operations if one.kind == "moved"}
    passages = _passages(operations)
    for one in operations:
        at_new_place = one.move is None or role == "merged" or _stands_for(movers[one.move], role)
        if one.kind == "moved":
            told_here = [] if at_new_place else passages[one.move]
        else:
            told_here = [one] if at_new_place else []
        yield from (_text(inner, role, choices) for inner in told_here)


def _passages(operations: Iterable[MergeOperation]) -> dict[int | None, list[MergeOperation]]:
    """What each moved passage is made of."""
    found: dict[int | None, list[MergeOperation]] = defaultdict(list)
    for one in operations:
        if one.move is not None and one.kind != "moved":
            found[one.move].append(one)
    return found


def _stands_for(author: Author | None, role: Role) -> bool:
    return author == role or (author == "both" and role in ("proposed", "current"))


def _text(one: MergeOperation, role: Role, choices: Sequence[str] | None) -> str:
    """What one operation gives to one text."""
    if one.readings is not None:
        return _reading(one, role, choices)
    has_it = role == "merged" or _stands_for(one.author, role)
    shown = {"kept": True, "inserted": has_it, "removed": not has_it}[one.kind]
    return one.text if shown else ""


def _reading(one: MergeOperation, role: Role, choices: Sequence[str] | None) -> str:
    """What one text has of a passage with three readings."""
    if role != "merged":
        return str(getattr(one.readings, role))
    if one.conflict is None:
        return one.text
    if choices is None:
        raise ValueError("a text with conflicts has no merged reading")
    return choices[one.conflict]


def told(readings: Readings, merged: str, move: int | None = None) -> list[MergeOperation]:
    """The operations for a passage with these readings and this outcome; `settled` when the outcome is nobody's own."""
    base, proposed, current = readings
    authors: dict[tuple[str, str], Author] = {
        (base, merged): "current",
        (merged, base): "proposed",
        (merged, merged): "both",
    }
    author = authors.get((proposed, current))
    if author is None:
        return [MergeOperation("settled", merged, None, move, readings)]
    if base == merged:
        return [MergeOperation("kept", merged, None, move)] if merged else []
    removed, inserted = MergeOperation("removed", base, author, move), MergeOperation("inserted", merged, author, move)
    return [one for one in (removed, inserted) if one.text]


def joined(operations: Iterable[MergeOperation]) -> list[MergeOperation]:
    """The same with neighbours of one kind, author and move made one, and empty ones left out."""
    result: list[MergeOperation] = []
    spoken = (one for one in operations if one.text or one.kind in ("settled", "conflict"))
    for (kind, author, move, _alone), group in groupby(enumerate(spoken), key=_likeness):
        same = [one for _index, one in group]
        result.append(same[0] if len(same) == 1 else MergeOperation(kind, "".join(o.text for o in same), author, move))
    return result


def _likeness(numbered: tuple[int, MergeOperation]) -> tuple[OperationKind, Author | None, int | None, int]:
    """What two neighbours must share to be one operation; conflicts and settlements stand alone."""
    index, one = numbered
    return one.kind, one.author, one.move, index if one.kind in ("settled", "conflict") else -1
