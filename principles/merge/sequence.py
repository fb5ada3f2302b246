"""What two sequences have in common, in order.

Source: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986), with the members that
occur once in each sequence as fixed points first, after Bram Cohen's patience diff.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

STEP_LIMIT = 1_500_000
REGION_EDITS = 1_200


class Stretch(NamedTuple):
    """`length` members in common, from `old` in the first sequence and from `new` in the second."""

    old: int
    new: int
    length: int


def number(*sequences: Sequence[Hashable]) -> list[list[int]]:
    """The same sequences with equal members as equal numbers, which compare faster."""
    numbers: dict[Hashable, int] = {}
    return [[numbers.setdefault(member, len(numbers)) for member in sequence] for sequence in sequences]


def unique_pairs(old: Sequence[int], new: Sequence[int]) -> list[Stretch]:
    """Members that occur once in each sequence, as far as they keep their order, as stretches of length 1."""
    old_counts, new_counts = Counter(old), Counter(new)
    places = {member: index for index, member in enumerate(old)}
    pairs = [
        Stretch(places[member], index, 1)
        for index, member in enumerate(new)
        if new_counts[member] == 1 and old_counts.get(member) == 1
    ]
    return longest_rising(pairs)


def longest_rising(pairs: list[Stretch]) -> list[Stretch]:
    """The longest chain whose `old` rises (`new` already does), in O(n log n)."""
    tails: list[int] = []
    holders: list[int] = []
    back: list[int] = []
    for index, pair in enumerate(pairs):
        place = bisect_left(tails, pair.old)
        back.append(holders[place - 1] if place else -1)
        if place == len(tails):
            tails.append(pair.old)
            holders.append(index)
        else:
            tails[place], holders[place] = pair.old, index
    chain: list[Stretch] = []
    at = holders[-1] if holders else -1
    while at >= 0:
        chain.append(pairs[at])
        at = back[at]
    return chain[::-1]


def common(old: Sequence[int], new: Sequence[int], anchors: Sequence[Stretch]) -> list[Stretch]:
    """Common stretches of two sequences, rising in both: the anchors, and an exact search between them.

    Bound: at most STEP_LIMIT (1.5 million) steps of search in all, and REGION_EDITS edits between two anchors; what
    lies beyond has nothing in common as far as this function says.
    """
    found: list[Stretch] = []
    budget = [STEP_LIMIT]
    start_old = start_new = 0
    for anchor in [*anchors, Stretch(len(old), len(new), 0)]:
        for match in _region(old[start_old : anchor.old], new[start_new : anchor.new], budget):
            found.append(Stretch(match.old + start_old, match.new + start_new, match.length))
        if anchor.length:
            found.append(anchor)
        start_old, start_new = anchor.old + anchor.length, anchor.new + anchor.length
    return found


def _region(old: Sequence[int], new: Sequence[int], budget: list[int]) -> Iterator[Stretch]:
    """Common stretches of two sequences: shared head, exact search between, shared tail."""
    shortest = min(len(old), len(new))
    head = 0
    while head < shortest and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shortest - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield Stretch(0, 0, head)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if middle_old and middle_new:
        for match in _search(middle_old, middle_new, budget):
            yield Stretch(match.old + head, match.new + head, match.length)
    if tail:
        yield Stretch(len(old) - tail, len(new) - tail, tail)


def _search(old: Sequence[int], new: Sequence[int], budget: list[int]) -> list[Stretch]:
    """Myers' greedy search. Empty list (nothing in common) when it would cost more than what is left of `budget`."""
    trace: list[list[int]] = []
    reach = {1: 0}
    for edits in range(min(len(old) + len(new), REGION_EDITS) + 1):
        budget[0] -= edits + 1
        if budget[0] < 0:
            return []
        for diagonal in range(-edits, edits + 1, 2):
            x = _advance(old, new, reach, diagonal, edits)
            if x >= len(old) and x - diagonal >= len(new):
                return _walk_back(trace, diagonal, len(old))
        trace.append([reach[diagonal] for diagonal in range(-edits, edits + 1, 2)])
    return []


def _advance(old: Sequence[int], new: Sequence[int], reach: dict[int, int], diagonal: int, edits: int) -> int:
    """How far in `old` one gets on `diagonal` with `edits` edits: one edit, then what is common. Noted in `reach`."""
    down = diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1])
    x = reach[diagonal + 1] if down else reach[diagonal - 1] + 1
    end = min(len(old), len(new) + diagonal)
    while x < end and old[x] == new[x - diagonal]:
        x += 1
    reach[diagonal] = x
    return x


def _walk_back(trace: list[list[int]], diagonal: int, x: int) -> list[Stretch]:
    """The common stretches of the path the search found, from the reaches it kept after each edit."""
    found: list[Stretch] = []
    for edits in range(len(trace), 0, -1):
        kept = trace[edits - 1]
        left = (diagonal - 1 + edits - 1) // 2
        down = diagonal == -edits or (diagonal != edits and kept[left] < kept[left + 1])
        start = kept[left + 1] if down else kept[left] + 1
        if x > start:
            found.append(Stretch(start, start - diagonal, x - start))
        diagonal += 1 if down else -1
        x = start if down else start - 1
    if x > 0:
        found.append(Stretch(0, 0, x))
    return found[::-1]
