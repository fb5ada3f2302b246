"""Which sentences of a text a change touches, without a second change to compare it with."""

from typing import Literal, NamedTuple

from principles.merge.align import align
from principles.merge.units import split_units


class Touched(NamedTuple):
    """A sentence that is changed, removed or moved, or (kind "gap") the sentence after which something is added."""

    kind: Literal["sentence", "gap"]
    text: str


def touched_by(base: str, proposed: str) -> tuple[Touched, ...]:
    """The places of `base` that `proposed` changes, in order, each once; () for equal texts. Nothing raises.

    A place is named by the words of its sentence, so that it is found again in another version that has them. Two
    changes that name one place are those `merge_texts` would have to weave into one sentence or one gap.
    """
    alignment = align(split_units(base), split_units(proposed))
    units, found = alignment.base, dict[Touched, None]()
    for edit in alignment.edits:
        if edit.start == edit.end:
            found[Touched("gap", units[edit.start - 1].key if edit.start else "")] = None
        for unit in units[edit.start : edit.end]:
            found[Touched("sentence", unit.key)] = None
    for index in sorted(alignment.moved):
        found[Touched("sentence", units[index].key)] = None
    return tuple(found)
