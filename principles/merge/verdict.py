"""Whether two edits, one of each side, can both be made without asking anybody."""

from functools import cached_property

from principles.merge.align import Alignment, Edit, EditKind, braid
from principles.merge.model import Reason
from principles.merge.units import Unit, UnitKind
from principles.merge.wording import merge_lead, merge_wording, same_marker


class Judge:
    """Compares edits of the proposed side with edits of the current side that touch them."""

    def __init__(self, proposed: Alignment, current: Alignment) -> None:
        self.sides = (proposed, current)
        self.base = proposed.base

    def reason(self, proposed: Edit, current: Edit) -> Reason | None:
        """Why two edits that touch collide, None when they do not. Swapping the sides gives the same answer."""
        if proposed.kind is current.kind is EditKind.INSERT:
            return None if self._braided(proposed, current) else "both inserted here"
        if EditKind.INSERT not in (proposed.kind, current.kind) and proposed.overlaps(current):
            return self._upon(proposed, current)
        if {proposed.place, current.place} & self.shared:
            return None
        if EditKind.INSERT in (proposed.kind, current.kind):
            return self._beside(proposed, current)
        left, right = sorted((proposed, current))
        lines = self.base[left.end - 1].kind is self.base[right.start].kind is UnitKind.LINE
        return "neighbouring lines" if lines else None

    @cached_property
    def shared(self) -> set[tuple[int, int]]:
        """(start, end) of the edits that both sides made alike; what one side did beside them, it did knowingly."""
        others = {edit.place: edit for edit in self.sides[1].edits}
        pairs = [(edit, others.get(edit.place)) for edit in self.sides[0].edits]
        return {
            edit.place
            for edit, other in pairs
            if other and other.kind is edit.kind and self._same_units(edit, other)
        }  # fmt: skip

    @cached_property
    def arrivals(self) -> list[dict[int, Edit]]:
        """For each side, the insertion each unit of the edited text came with."""
        return [
            {place: edit for edit in side.edits if edit.kind is EditKind.INSERT for place in range(edit.lo, edit.hi)}
            for side in self.sides
        ]

    def _beside(self, proposed: Edit, current: Edit) -> Reason | None:
        """Why an insertion and an edit that touches it collide, or None."""
        side = 0 if proposed.kind is EditKind.INSERT else 1
        insert, other = (current, proposed) if side else (proposed, current)
        after = insert.start > other.start
        if other.kind is EditKind.CHANGE:
            return self._beside_changed(side, insert, other, after)
        if other.kind is EditKind.REWRITE or after:
            return "beside a change"
        edges = (self.sides[side].units[insert.lo], self.sides[side].units[insert.hi], self.base[other.start])
        return None if all(unit.opens for unit in edges) else "beside a change"

    def _beside_changed(self, side: int, insert: Edit, change: Edit, after: bool) -> Reason | None:
        """Why an insertion just before, or after, a unit the other side changed collides with that, or None."""
        touched = self.base[change.start]
        near = self.sides[side].units[insert.lo if after else insert.hi - 1]
        if near.kind is touched.kind is UnitKind.LINE:
            return "neighbouring lines"
        changed = self.sides[1 - side].units[change.lo]
        if after:
            went_on = touched.text.endswith((".", "!", "?", "…")) and changed.text.startswith(touched.text)
            return "both inserted here" if went_on and changed.text != touched.text else None
        return "beside a change" if changed.opens != touched.opens else None

    def _upon(self, proposed: Edit, current: Edit) -> Reason | None:
        """Why two edits of the same units collide, or None."""
        kinds = {proposed.kind, current.kind}
        if kinds == {EditKind.DELETE}:
            return self._both_removed(proposed.start)
        if kinds == {EditKind.CHANGE}:
            return self._both_changed(proposed, current)
        if kinds == {EditKind.REWRITE}:
            alike = proposed.place == current.place and self._braided(proposed, current)
            return None if alike else "both rewrote"
        if EditKind.CHANGE not in kinds:
            return "changed and removed"
        side = 0 if proposed.kind is EditKind.CHANGE else 1
        return self._changed_and_gone(side, (proposed, current)[side])

    def _changed_and_gone(self, side: int, change: Edit) -> Reason | None:
        """A unit one side changed and the other removed, rewrote or moved: fine if the change says nothing new."""
        base, changed = self.base[change.start], self.sides[side].units[change.lo]
        if base.text == changed.text and same_marker(base, changed):
            return None
        if change.start in self.sides[1 - side].moved:
            return self._followed(change.start, 1 - side, changed)
        return "changed and removed"

    def _followed(self, index: int, mover: int, changed: Unit) -> Reason | None:
        """A change inside several units that moved as one follows them; one of a unit that moved alone collides."""
        moved, base = self.sides[mover].moved, self.base[index]
        arrived = self.sides[mover].units[moved[index]]
        alone = all(moved.get(index + step, -2) != moved[index] + step for step in (-1, 1))
        if alone and base.text != changed.text:
            return "moved and changed"
        clear = merge_lead(base, arrived, changed).text is not None and base.opens == arrived.opens == changed.opens
        return None if clear else "moved and changed"

    def _both_removed(self, index: int) -> Reason | None:
        """Both removed a unit: fine unless one, or both at different places, put it back elsewhere."""
        first, second = (side.moved.get(index) for side in self.sides)
        if first is None and second is None:
            return None
        if first is None or second is None:
            return "changed and removed"
        edits = self.arrivals[0][first], self.arrivals[1][second]
        alike = edits[0].place == edits[1].place and self._braided(*edits)
        return None if alike else "moved twice"

    def _both_changed(self, proposed: Edit, current: Edit) -> Reason | None:
        """Two changes of one unit: of what stands before it, of the paragraph it is in, of its words."""
        base = self.base[proposed.start]
        units = self.sides[0].units[proposed.lo], self.sides[1].units[current.lo]
        if merge_lead(base, *units).text is None:
            return "blank space"
        for one, two in (units, units[::-1]):
            if one.opens != base.opens and two.text not in (base.text, one.text):
                return "same sentence"
        return "same sentence" if merge_wording(base, *units) is None else None

    def _same_units(self, proposed: Edit, current: Edit) -> bool:
        """True when the two edits brought the same text."""
        brought = self.sides[0].units[proposed.lo : proposed.hi], self.sides[1].units[current.lo : current.hi]
        return [unit.whole for unit in brought[0]] == [unit.whole for unit in brought[1]]

    def _braided(self, proposed: Edit, current: Edit) -> bool:
        """True when what the two brought to one place can be told in one order; what moved must have moved in both."""
        origins = [
            sorted(index for index, place in side.moved.items() if edit.lo <= place < edit.hi)
            for side, edit in zip(self.sides, (proposed, current), strict=True)
        ]
        if origins[0] or origins[1]:
            return origins[0] == origins[1] and self._same_units(proposed, current)
        brought = self.sides[0].units[proposed.lo : proposed.hi], self.sides[1].units[current.lo : current.hi]
        return braid(*brought) is not None
