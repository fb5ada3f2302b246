"""The two alignments as one sequence of pieces, in the order of the merged text."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from principles.merge.align import Alignment, Edit, EditKind, braid, runs
from principles.merge.collide import Passage
from principles.merge.model import Author, Conflict, MergeOperation, Readings, Span, told
from principles.merge.units import Unit
from principles.merge.wording import Lead, merge_lead, merge_wording

Trio = tuple[Unit | None, Unit | None, Unit | None]


@dataclass(slots=True)
class Piece:
    """One unit of the outcome, or one passage to be decided.

    `units` are the unit in base, proposed and current, None where a text does not have it; `lead` is what stands before
    it in the merged text, None when the merged text does not have the unit; `place` are the (start, end) units of the
    base it stands for, empty for an insertion. `source` tells a moved passage left from here.
    """

    place: tuple[int, int]
    units: Trio = (None, None, None)
    lead: Lead | None = None
    move: int | None = None
    source: MergeOperation | None = None
    passage: Passage | None = None
    words: list[MergeOperation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = self._told_words()

    @property
    def text(self) -> str:
        """The words in the merged text."""
        return "".join(one.text for one in self.words if one.kind != "removed") if self.lead else ""

    def _told_words(self) -> list[MergeOperation]:
        base, proposed, current = self.units
        if base and proposed and current:
            return merge_wording(base, proposed, current, self.move) or []
        readings = Readings(*(unit.text if unit else "" for unit in self.units))
        present = next((unit.text for unit in self.units if unit), "") if self.lead else ""
        return told(readings, present, self.move)

    def operations(self) -> list[MergeOperation]:
        """What stands before the unit, then its words."""
        if self.source:
            return [self.source]
        readings = Readings(*(unit.before if unit else "" for unit in self.units))
        lead = self.lead.text if self.lead and self.lead.text is not None else ""
        return [*told(readings, lead, self.move), *self.words]


class Weaver:
    """Walks the gaps and units of the base and lays down what each side made of them."""

    def __init__(self, proposed: Alignment, current: Alignment, passages: list[Passage]) -> None:
        self.sides = (proposed, current)
        self.base = proposed.base
        self.passages = {passage.start: passage for passage in passages if passage.end > passage.start}
        self.undecided = {key: passage for passage in passages for key in passage.inserts}
        self.edits = [{edit.start: edit for edit in side.edits if edit.start < edit.end} for side in self.sides]
        self.inserts = [side.insertions for side in self.sides]
        self.origins = [side.origins for side in self.sides]
        self.moves = self._number_moves(passages)
        self.told: set[int] = set()

    def _number_moves(self, passages: list[Passage]) -> dict[int, tuple[int, Author, tuple[int, int]]]:
        """For each base unit that moved and is not to be decided: the number of its move, by whom, (first, last)."""
        covered = {index for passage in passages for index in range(passage.start, passage.end)}
        found: dict[int, tuple[int, Author, tuple[int, int]]] = {}
        movers: dict[tuple[int, int], Author] = {}
        authors: tuple[Author, Author] = ("proposed", "current")
        for side, author in zip(self.sides, authors, strict=True):
            for span in runs(side.moved):
                movers[span] = "both" if span in movers else author
        for number, (span, author) in enumerate(sorted(movers.items())):
            if span[0] not in covered:
                found.update((index, (number, author, span)) for index in range(span[0], span[1] + 1))
        return found

    def pieces(self) -> Iterator[Piece]:
        """The pieces, in order."""
        gap = 0
        while gap < len(self.base):
            yield from self._inserted(gap)
            if passage := self.passages.get(gap):
                yield Piece((gap, passage.end), passage=passage)
                gap = passage.end
                continue
            rewrites = [(n, self.edits[n][gap]) for n in (0, 1) if self._rewrites(n, gap)]
            if rewrites:
                yield from self._rewritten(rewrites)
                gap = rewrites[0][1].end
                continue
            yield from self._unit(gap)
            gap += 1

    def _rewrites(self, side: int, gap: int) -> bool:
        edit = self.edits[side].get(gap)
        return edit is not None and edit.kind is EditKind.REWRITE

    def _inserted(self, gap: int) -> Iterator[Piece]:
        """What was inserted at a gap: a passage to be decided, once, or the units of one side or of both alike."""
        undecided = {id(p): p for n in (0, 1) if (p := self.undecided.get((n, gap))) is not None}
        for passage in undecided.values():
            if passage.start == passage.end:
                yield Piece((gap, gap), passage=passage)
        clean = [(n, self.inserts[n][gap]) for n in (0, 1) if gap in self.inserts[n] and (n, gap) not in self.undecided]
        if clean:
            yield from self._brought((gap, gap), clean)

    def _brought(self, place: tuple[int, int], edits: list[tuple[int, Edit]]) -> Iterator[Piece]:
        """Units one side brought, or both; those that came from elsewhere carry the changes made to them there."""
        brought: list[list[Unit]] = [[], []]
        places = [0, 0]
        for side, edit in edits:
            brought[side], places[side] = self.sides[side].units[edit.lo : edit.hi], edit.lo
        for pair in _one_order(*brought):
            units: list[Unit | None] = [None, *(brought[n][at] if at >= 0 else None for n, at in enumerate(pair))]
            side = 0 if pair[0] >= 0 else 1
            origin = self.origins[side].get(places[side] + pair[side])
            lead = brought[side][pair[side]]
            if origin is None or origin not in self.moves:
                yield Piece(place, (None, units[1], units[2]), Lead(lead.before, lead.opens))
            else:
                yield self._arrived(place, origin, units)

    def _arrived(self, place: tuple[int, int], origin: int, units: list[Unit | None]) -> Piece:
        """A moved unit at its new place, with what the other side made of it at the old one."""
        units[0] = self.base[origin]
        for number in (0, 1):
            if units[number + 1] is None and (partner := self.sides[number].partner[origin]) >= 0:
                units[number + 1] = self.sides[number].units[partner]
        base, proposed, current = units
        lead = merge_lead(base, proposed, current) if base and proposed and current else None
        return Piece(place, (base, proposed, current), lead, self.moves[origin][0])

    def _rewritten(self, rewrites: list[tuple[int, Edit]]) -> Iterator[Piece]:
        """Units gone, then the units one side, or both alike, wrote in their place."""
        edit = rewrites[0][1]
        for index in range(edit.start, edit.end):
            yield Piece((index, index + 1), self._trio(index))
        yield from self._brought((edit.start, edit.end), rewrites)

    def _trio(self, index: int) -> Trio:
        """A base unit and its partners; None where a side removed, rewrote or moved it."""
        partners = [side.units[side.partner[index]] if side.partner[index] >= 0 else None for side in self.sides]
        return self.base[index], partners[0], partners[1]

    def _unit(self, index: int) -> Iterator[Piece]:
        """A base unit that no side rewrote: kept, changed, removed, or moved away."""
        base, proposed, current = self._trio(index)
        if index in self.moves:
            number, author, (start, end) = self.moves[index]
            if number not in self.told:
                self.told.add(number)
                text = "".join(unit.whole for unit in self.base[start : end + 1])
                yield Piece((index, index + 1), source=MergeOperation("moved", text, author, number))
            return
        lead = merge_lead(base, proposed, current) if base and proposed and current else None
        yield Piece((index, index + 1), (base, proposed, current), lead)


def _one_order(first: list[Unit], second: list[Unit]) -> list[tuple[int, int]]:
    """(index in first, index in second) of what was brought to one place; -1 for none."""
    if first and second:
        return braid(first, second) or []
    return [(index, -1) for index in range(len(first))] + [(-1, index) for index in range(len(second))]


def conflict_of(passage: Passage, proposed: Alignment, current: Alignment, texts: Readings) -> tuple[str, Conflict]:
    """The conflict of a passage, and what stands before it alike in the three texts, left out of the conflict."""
    base = proposed.base
    bounds = [(passage.start, passage.end)]
    for number, side in enumerate((proposed, current)):
        opening = passage.inserts.get((number, passage.start))
        closing = passage.inserts.get((number, passage.end))
        lo = opening.lo if opening else side.after[passage.start]
        hi = closing.hi if closing else side.first[passage.end]
        bounds.append((lo, max(lo, hi)))
    units = (base, proposed.units, current.units)
    firsts = [side[lo].before if lo < hi else None for side, (lo, hi) in zip(units, bounds, strict=True)]
    shared = firsts[0] if firsts[0] is not None and firsts.count(firsts[0]) == len(firsts) else ""
    spans = [_span(side, lo, hi, len(shared)) for side, (lo, hi) in zip(units, bounds, strict=True)]
    readings = [text[span.start : span.end] for text, span in zip(texts, spans, strict=True)]
    block = base[passage.start].block
    return shared, Conflict(passage.reason, block, readings[0], readings[1], readings[2], spans[0], spans[1], spans[2])


def _span(units: list[Unit], lo: int, hi: int, skipped: int) -> Span:
    """Where units `lo` to `hi` stand, what stands before them included but for its `skipped` first characters."""
    start = units[lo].start - len(units[lo].before)
    return Span(start + skipped, units[hi - 1].start + len(units[hi - 1].text)) if hi > lo else Span(start, start)
