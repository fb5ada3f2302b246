"""Which edits of the two sides bear on each other, and the passages of the base a person must decide.

After S. Khanna, K. Kunal, B. C. Pierce, "A Formal Investigation of Diff3", FSTTCS 2007: what only one side touched is
taken, what both touched alike is taken once, the rest is a conflict. Here the unit is the sentence, not the line, two
edits may touch without overlapping, and a move is one edit at two places.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise

from principles.merge.align import ALIKE, Alignment, Edit, EditKind, dice, words_of
from principles.merge.model import REASONS, Reason
from principles.merge.verdict import Judge

COMMON_WORD = 50
Node = tuple[int, Edit]
"""An edit and its side: 0 proposed, 1 current, 2 a passage the checks of the outcome refused."""


@dataclass(slots=True)
class Passage:
    """Units `start` to `end` of the base to be decided by a person; `inserts` are the (side, edit) insertions in it."""

    start: int
    end: int
    reason: Reason
    inserts: dict[tuple[int, int], Edit] = field(default_factory=dict)


class Collisions:
    """Groups the edits that collide, with all they are bound to: what overlaps them, and both ends of a move."""

    def __init__(self, proposed: Alignment, current: Alignment, forced: dict[Edit, Reason]) -> None:
        self.sides = (proposed, current)
        self.base = proposed.base
        self.inserts = [side.insertions for side in self.sides]
        self.judge = Judge(proposed, current)
        self.leader: dict[Node, Node] = {}
        self.reasons: list[tuple[Node, Reason]] = []
        self._bind_moves()
        for first, second in touching(proposed.edits, current.edits):
            self._compare(first, second)
        self._find_twins()
        for edit, reason in forced.items():
            self._force(edit, reason)
        for left, right in pairwise(sorted(forced)):
            if right.start < left.end:
                self._bind((2, left), (2, right))

    def passages(self) -> list[Passage]:
        """The passages to be decided, in base order; they share no unit, and no insertion is in two."""
        hot: dict[Node, Reason] = {}
        for node, reason in self.reasons:
            leader = self._find(node)
            hot[leader] = min(hot.get(leader, reason), reason, key=REASONS.index)
        found: list[Passage] = []
        owner: Node | None = None
        for node in sorted((node for node in self._nodes() if self._find(node) in hot), key=_rank):
            leader, edit = self._find(node), node[1]
            if leader != owner or edit.start > found[-1].end or self._parted(edit.start, found[-1].end, leader):
                found.append(Passage(edit.start, edit.end, hot[leader]))
            found[-1].end = max(found[-1].end, edit.end)
            if edit.kind is EditKind.INSERT:
                found[-1].inserts[node[0], edit.start] = edit
            owner = leader
        return found

    def _parted(self, start: int, end: int, leader: Node) -> bool:
        """True when two passages of one group meet where somebody inserted what is not to be decided."""
        inserted = [(n, self.inserts[n][start]) for n in (0, 1) if start in self.inserts[n]]
        return start == end and any(self._find(node) != leader for node in inserted)

    def _nodes(self) -> Iterator[Node]:
        for side in (0, 1):
            yield from ((side, edit) for edit in self.sides[side].edits)
        yield from (node for node in self.leader if node[0] == 2)

    def _find(self, node: Node) -> Node:
        path = []
        while (up := self.leader.get(node, node)) != node:
            path.append(node)
            node = up
        for one in path:
            self.leader[one] = node
        return node

    def _bind(self, first: Node, second: Node) -> None:
        first, second = self._find(first), self._find(second)
        if first != second:
            self.leader[max(first, second, key=_rank)] = min(first, second, key=_rank)

    def _collide(self, first: Node, second: Node, reason: Reason) -> None:
        self._bind(first, second)
        self.reasons.append((first, reason))

    def _bind_moves(self) -> None:
        """A moved passage is decided as a whole, at its old and at its new place."""
        for number, side in enumerate(self.sides):
            arrivals = self.judge.arrivals[number]
            sources = {edit.start: edit for edit in side.edits if edit.kind is EditKind.DELETE}
            for index, place in side.moved.items():
                self._bind((number, sources[index]), (number, arrivals[place]))

    def _compare(self, proposed: Edit, current: Edit) -> None:
        """Bind two edits that touch when one cannot be decided without the other; note why a person must decide."""
        first, second = (0, proposed), (1, current)
        inserted = proposed.kind is current.kind is EditKind.INSERT
        if reason := self.judge.reason(proposed, current):
            self._collide(first, second, reason)
        elif inserted or (proposed.overlaps(current) and EditKind.INSERT not in (proposed.kind, current.kind)):
            self._bind(first, second)

    def _force(self, refused: Edit, reason: Reason) -> None:
        """A passage the checks of the outcome refused: with every edit in it, and every insertion at its ends."""
        node = (2, refused)
        self.leader.setdefault(node, node)
        for side in (0, 1):
            for edit in self.sides[side].edits:
                within = refused.start <= edit.start <= refused.end and edit.kind is EditKind.INSERT
                if within or edit.overlaps(refused):
                    self._bind((side, edit), node)
        self.reasons.append((node, reason))

    def _find_twins(self) -> None:
        """The same new sentence from both sides at two places, or a sentence both removed that one wrote anew."""
        new = [list(self._new_units(side)) for side in (0, 1)]
        places: list[dict[str, dict[Node, Node]]] = [defaultdict(dict), defaultdict(dict)]
        for side in (0, 1):
            for edit, key in new[side]:
                places[side][key][self._find((side, edit))] = (side, edit)
        for key in sorted(places[0].keys() & places[1].keys()):
            first, second = _apart(places[0][key], places[1][key]), _apart(places[1][key], places[0][key])
            for node in first + second if first and second and words_of(key) else ():
                self._collide(min(first, key=_rank), node, "inserted twice")
        self._find_returned(list(self._lost_units()), new)

    def _find_returned(self, lost: list[tuple[Edit, int]], new: list[list[tuple[Edit, str]]]) -> None:
        """Collide a removal by both sides with the same sentence, or a like one, written elsewhere by one of them."""
        own = self._written_by_one(new) if lost else []
        places: dict[str, list[int]] = defaultdict(list)
        for index, (_node, bag) in enumerate(own):
            for word in bag:
                places[word].append(index)
        for removal, unit in lost:
            bag = words_of(self.base[unit].key)
            rare = [places[word] for word in bag if len(places[word]) <= COMMON_WORD]
            for index in sorted(set(chain.from_iterable(rare))):
                if dice(bag, own[index][1]) >= ALIKE:
                    self._collide(own[index][0], (0, removal), "changed and removed")

    @staticmethod
    def _written_by_one(new: list[list[tuple[Edit, str]]]) -> list[tuple[Node, Counter[str]]]:
        """The new units that only one side wrote, with their words."""
        others = {key for _edit, key in new[1]}, {key for _edit, key in new[0]}
        return [((side, edit), words_of(key)) for side in (0, 1) for edit, key in new[side] if key not in others[side]]

    def _new_units(self, side: int) -> Iterator[tuple[Edit, str]]:
        """(edit, words) of each unit a side wrote."""
        units, moved = self.sides[side].units, set(self.sides[side].moved.values())
        for edit in self.sides[side].edits:
            old = self.base[edit.start].key if edit.kind is EditKind.CHANGE else None
            for place in range(edit.lo, edit.hi):
                if units[place].key != old and place not in moved:
                    yield edit, units[place].key

    def _lost_units(self) -> Iterator[tuple[Edit, int]]:
        """(edit of the proposed side, unit) of the units that both sides removed, or rewrote, and neither moved."""
        removed = {edit.place: edit.kind for edit in self.sides[1].edits}
        moved = self.sides[0].moved.keys() | self.sides[1].moved.keys()
        for edit in self.sides[0].edits:
            if edit.kind in (EditKind.DELETE, EditKind.REWRITE) and removed.get(edit.place) is edit.kind:
                yield from ((edit, index) for index in range(edit.start, edit.end) if index not in moved)


def touching(proposed: list[Edit], current: list[Edit]) -> Iterator[tuple[Edit, Edit]]:
    """Pairs of edits, one of each side, that share a unit or meet at a gap. Linear in edits and pairs."""
    lo = 0
    for first in proposed:
        while lo < len(current) and current[lo].end < first.start:
            lo += 1
        at = lo
        while at < len(current) and current[at].start <= first.end:
            yield first, current[at]
            at += 1


def _rank(node: Node) -> tuple[int, int, int]:
    return node[1].start, node[1].end, node[0]


def _apart(places: dict[Node, Node], others: dict[Node, Node]) -> list[Node]:
    """The edits, by their leader, of the groups that are not among the others, in base order."""
    return sorted((node for leader, node in places.items() if leader not in others), key=_rank)
