"""How one edited text lies on the base: which units it kept, changed, removed, added and moved.

Units with the same words are matched first (`sequence`: Myers, patience); between them, the pairs of units with most
words in common (Dice coefficient, order kept) are taken for two wordings of one sentence.
"""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, pairwise
from typing import NamedTuple

from principles.merge.sequence import Stretch, common, number, unique_pairs
from principles.merge.tokens import TokenKind, tokenize
from principles.merge.units import Unit

ALIKE = 0.5
CELLS = 60_000
MOVE_ROUNDS = 8


class EditKind(StrEnum):
    """INSERT: units at a gap. DELETE: one unit. CHANGE: one unit, another wording. REWRITE: some units, others."""

    INSERT = "insert"
    DELETE = "delete"
    CHANGE = "change"
    REWRITE = "rewrite"


class Edit(NamedTuple):
    """Units `start` to `end` of the base became units `lo` to `hi` of the edited text (ends not included)."""

    kind: EditKind
    start: int
    end: int
    lo: int
    hi: int

    @property
    def place(self) -> tuple[int, int]:
        """(start, end) in the base."""
        return self.start, self.end

    def overlaps(self, other: "Edit") -> bool:
        """True when both touch one base unit, or one inserts inside what the other touches."""
        if self.start == self.end or other.start == other.end:
            return max(self.start, other.start) < min(self.end, other.end) or (
                self.start < other.start < self.end or other.start < self.start < other.end
            )
        return max(self.start, other.start) < min(self.end, other.end)


@dataclass(slots=True)
class Alignment:
    """An edited text on the base.

    `partner[i]` is the unit of the edited text that base unit i became, -1 without any; `moved[i]` the same for moved
    units, which have no partner; `edits` are in base order; `first[g]` and `after[g]` are the places in the edited text
    before and after what is inserted at gap g (meaningless inside a REWRITE).
    """

    base: list[Unit]
    units: list[Unit]
    partner: list[int]
    moved: dict[int, int] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)

    @property
    def insertions(self) -> dict[int, Edit]:
        """The insertions by their gap."""
        return {edit.start: edit for edit in self.edits if edit.kind is EditKind.INSERT}

    @property
    def origins(self) -> dict[int, int]:
        """Where the moved units were in the base, by where they are in the edited text."""
        return {place: index for index, place in self.moved.items()}


def align(base: list[Unit], units: list[Unit]) -> Alignment:
    """Lay an edited text on the base. Linear but for the exact search (bounded) and CELLS comparisons of wording."""
    result = Alignment(base, units, _partners(base, units))
    result.moved = _moves(result)
    _list_edits(result)
    _note_places(result)
    return result


def _partners(base: list[Unit], units: list[Unit]) -> list[int]:
    old, new = number([unit.key for unit in base[:-1]], [unit.key for unit in units[:-1]])
    partner = [-1] * len(base)
    partner[-1] = len(units) - 1
    likeness = _Likeness(base, units)
    at_old = at_new = 0
    for stretch in [*common(old, new, unique_pairs(old, new)), Stretch(len(old), len(new), 0)]:
        for i, j in likeness.pairs(range(at_old, stretch.old), range(at_new, stretch.new)):
            partner[i] = j
        for step in range(stretch.length):
            partner[stretch.old + step] = stretch.new + step
        at_old, at_new = stretch.old + stretch.length, stretch.new + stretch.length
    return partner


def words_of(text: str) -> Counter[str]:
    """The words of a text with how often each stands in it, capitals aside."""
    return Counter(token.text.lower() for token in tokenize(text) if token.kind is TokenKind.WORD)


class _Likeness:
    """Pairs units by wording, within a budget of CELLS comparisons for one text."""

    def __init__(self, base: list[Unit], units: list[Unit]) -> None:
        self.base, self.units = base, units
        self.cells = CELLS
        self.bags: dict[str, Counter[str]] = {}

    def _bag(self, unit: Unit) -> Counter[str]:
        if unit.key not in self.bags:
            self.bags[unit.key] = words_of(unit.key)
        return self.bags[unit.key]

    def _alike(self, i: int, j: int) -> float:
        if self.base[i].kind is not self.units[j].kind:
            return 0.0
        return dice(self._bag(self.base[i]), self._bag(self.units[j]))

    def pairs(self, old: range, new: range) -> list[tuple[int, int]]:
        """The chain of pairs, rising on both sides, with the most words in common; none once the budget is spent."""
        self.cells -= len(old) * len(new)
        if not old or not new or self.cells < 0:
            return []
        best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
        gains: dict[tuple[int, int], float] = {}
        for row in range(len(old) - 1, -1, -1):
            for column in range(len(new) - 1, -1, -1):
                alike = self._alike(old[row], new[column])
                gain = alike + best[row + 1][column + 1] if alike >= ALIKE else 0.0
                gains[row, column] = gain
                best[row][column] = max(best[row + 1][column], best[row][column + 1], gain)
        return [(old[row], new[column]) for row, column in _chain(best, gains, len(old), len(new))]


def dice(first: Counter[str], second: Counter[str]) -> float:
    """Words in common over words in all, from 0 to 1 (L. R. Dice, 1945)."""
    total = first.total() + second.total()
    if not total or first.keys().isdisjoint(second):
        return 0.0
    small, large = sorted((first, second), key=len)
    return 2 * sum(min(count, large[word]) for word, count in small.items()) / total


def _chain(
    best: list[list[float]], gains: dict[tuple[int, int], float], rows: int, columns: int
) -> list[tuple[int, int]]:
    """Follow the best choices from the start."""
    found, row, column = [], 0, 0
    while row < rows and column < columns:
        if gains[row, column] and gains[row, column] == best[row][column]:
            found.append((row, column))
            row, column = row + 1, column + 1
        elif best[row + 1][column] == best[row][column]:
            row += 1
        else:
            column += 1
    return found


def _hunks(result: Alignment) -> list[Edit]:
    """The stretches without partners, as REWRITEs to be refined."""
    hunks, start, lo = [], 0, 0
    for index, place in enumerate(result.partner):
        if place < 0:
            continue
        if index > start or place > lo:
            hunks.append(Edit(EditKind.REWRITE, start, index, lo, place))
        start, lo = index + 1, place + 1
    return hunks


def _moves(result: Alignment) -> dict[int, int]:
    """Units removed here and added there, word for word, each once in each text.

    A move out of, or into, a passage that was also rewritten is no move: nobody could say what followed it.
    """
    moved = _same_words_elsewhere(result)
    hunks = _hunks(result)
    for _round in range(MOVE_ROUNDS):
        arrived = set(moved.values())
        mixed = [hunk for hunk in hunks if not _is_pure(hunk, moved, arrived)]
        left = set(chain.from_iterable(range(hunk.start, hunk.end) for hunk in mixed))
        came = set(chain.from_iterable(range(hunk.lo, hunk.hi) for hunk in mixed))
        kept = {index: place for index, place in moved.items() if index not in left and place not in came}
        if len(kept) == len(moved):
            return moved
        moved = kept
    return {}


def _same_words_elsewhere(result: Alignment) -> dict[int, int]:
    """(place in the base, place in the edited text) of the units without partner that stand once in each."""
    taken = set(result.partner)
    gone = _once(result.base, {index for index, place in enumerate(result.partner) if place >= 0})
    added = _once(result.units, taken)
    return {gone[key]: added[key] for key in gone.keys() & added.keys()}


def _once(units: list[Unit], taken: set[int]) -> dict[str, int]:
    """The units that stand once in a text, by their words, but for those at the places `taken`."""
    counts = Counter(unit.key for unit in units)
    return {unit.key: index for index, unit in enumerate(units) if counts[unit.key] == 1 and index not in taken}


def _is_pure(hunk: Edit, moved: dict[int, int], arrived: set[int]) -> bool:
    """True unless a stretch has both units removed for good and units that are new."""
    removed = any(index not in moved for index in range(hunk.start, hunk.end))
    return not removed or all(place in arrived for place in range(hunk.lo, hunk.hi))


def _list_edits(result: Alignment) -> None:
    """Write down the edits: hunks cut into their kinds, and partners that differ."""
    arrived = set(result.moved.values())
    for hunk in _hunks(result):
        if hunk.start < hunk.end and hunk.lo < hunk.hi and not _is_pure(hunk, result.moved, arrived):
            result.edits.append(hunk)
            continue
        if hunk.lo < hunk.hi:
            result.edits.append(Edit(EditKind.INSERT, hunk.start, hunk.start, hunk.lo, hunk.hi))
        for index in range(hunk.start, hunk.end):
            result.edits.append(Edit(EditKind.DELETE, index, index + 1, hunk.hi, hunk.hi))
    for index, place in enumerate(result.partner):
        if place >= 0 and result.base[index].whole != result.units[place].whole:
            result.edits.append(Edit(EditKind.CHANGE, index, index + 1, place, place + 1))
    result.edits.sort(key=lambda edit: (edit.start, edit.end))


def _note_places(result: Alignment) -> None:
    inserted = {edit.start: edit.hi for edit in result.edits if edit.kind is EditKind.INSERT}
    rewritten = {edit.start: edit.hi for edit in result.edits if edit.kind is EditKind.REWRITE}
    at = 0
    for index, place in enumerate([*result.partner, -1]):
        result.first.append(at)
        at = inserted.get(index, at)
        result.after.append(at)
        at = place + 1 if place >= 0 else rewritten.get(index, at)


def runs(moved: dict[int, int]) -> list[tuple[int, int]]:
    """(first, last) base units of the passages that moved as one."""
    ordered = sorted(moved)
    cuts = [n for n, (i, j) in enumerate(pairwise(ordered), 1) if j != i + 1 or moved[j] != moved[i] + 1]
    bounds = [0, *cuts, len(ordered)]
    return [(ordered[a], ordered[b - 1]) for a, b in pairwise(bounds) if b > a]


def braid(first: list[Unit], second: list[Unit]) -> list[tuple[int, int]] | None:
    """What two sides brought to one place, as one sequence of (index in first, index in second), -1 for none.

    Units that are the same stand once; between them only one side may bring something, else nobody could tell the order
    and the answer is None, as it is when they have nothing in common.
    """
    old, new = number([unit.whole for unit in first], [unit.whole for unit in second])
    found: list[tuple[int, int]] = []
    at_old = at_new = 0
    stretches = common(old, new, unique_pairs(old, new))
    for stretch in [*stretches, Stretch(len(old), len(new), 0)]:
        if stretch.old > at_old and stretch.new > at_new:
            return None
        found += [(index, -1) for index in range(at_old, stretch.old)]
        found += [(-1, index) for index in range(at_new, stretch.new)]
        found += [(stretch.old + step, stretch.new + step) for step in range(stretch.length)]
        at_old, at_new = stretch.old + stretch.length, stretch.new + stretch.length
    return found if stretches else None
