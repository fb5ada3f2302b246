"""What changed between two texts, word by word, in groups a person can read.

The core is in `sequence` (Myers, patience); the absorption of small islands follows the semantic clean-up of
N. Fraser's diff-match-patch.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from principles.merge.sequence import Stretch, common, longest_rising, number
from principles.merge.tokens import Token, TokenKind, count_words, ends_sentence, tokenize

Kind = Literal["equal", "insert", "delete"]


class Operation(NamedTuple):
    """One piece of a comparison: text kept, added or removed."""

    kind: Kind
    text: str


class _Run:
    """Consecutive tokens: kept (`kept`), or removed and added at the same place."""

    __slots__ = ("added", "kept", "removed")

    def __init__(self, kept: Sequence[Token] = (), removed: Sequence[Token] = (), added: Sequence[Token] = ()) -> None:
        self.kept = list(kept)
        self.removed = list(removed)
        self.added = list(added)


def diff_words(before: str, after: str) -> tuple[Operation, ...]:
    """Compare two Markdown texts word by word.

    Returns operations in reading order, removals before the additions that replace them, no two neighbours of the
    same kind and none empty; `equal` and `insert` joined give `after` exactly, `equal` and `delete` joined give
    `before` exactly, whatever the texts. A word or two left standing inside a replaced phrase is shown as part of the
    replacement; paragraph breaks that both texts share always stay apart.

    Bound: O(n log n) for n characters, plus at most STEP_LIMIT (1.5 million) steps of the exact search in all; where
    that budget or REGION_EDITS changed tokens in one region is used up, the region is shown as replaced whole.
    """
    old, new = tokenize(before), tokenize(after)
    runs = _group(_matches(old, new), old, new)
    return tuple(_operations(_absorb_islands(_slide(runs))))


def _matches(old: list[Token], new: list[Token]) -> list[Stretch]:
    """Common stretches, rising in both."""
    first, second = number(old, new)
    return common(first, second, _anchors(old, new))


def _lines(tokens: list[Token]) -> list[tuple[int, int]]:
    """(start, end) of each stretch up to and including a sentence end, a line end or a paragraph break."""
    spans, start = [], 0
    for index, token in enumerate(tokens):
        if ends_sentence(token):
            spans.append((start, index + 1))
            start = index + 1
    if start < len(tokens):
        spans.append((start, len(tokens)))
    return spans


def _anchors(old: list[Token], new: list[Token]) -> list[Stretch]:
    """Sentences that occur once in each text and keep their order: the longest rising chain of them."""
    old_spans = {tuple(old[a:b]): (a, b) for a, b in _lines(old)}
    old_counts = Counter(tuple(old[a:b]) for a, b in _lines(old))
    new_counts = Counter(tuple(new[a:b]) for a, b in _lines(new))
    pairs = []
    for start, end in _lines(new):
        key = tuple(new[start:end])
        if old_counts.get(key) == 1 and new_counts[key] == 1 and count_words(list(key)) > 2:
            pairs.append(Stretch(old_spans[key][0], start, end - start))
    return longest_rising(pairs)


def _group(matches: list[Stretch], old: list[Token], new: list[Token]) -> list[_Run]:
    """Common stretches as runs: kept and changed ones in turn, the first and the last kept (maybe empty)."""
    runs = [_Run()]
    at_old = at_new = 0
    for start_old, start_new, length in [*matches, Stretch(len(old), len(new), 0)]:
        if start_old > at_old or start_new > at_new:
            runs.append(_Run(removed=old[at_old:start_old], added=new[at_new:start_new]))
            runs.append(_Run())
        runs[-1].kept.extend(old[start_old : start_old + length])
        at_old, at_new = start_old + length, start_new + length
    return runs


def _slide(runs: list[_Run]) -> list[_Run]:
    """Move a pure addition or removal left onto the start of its sentence, when it reads the same there.

    "Les a. Les [c. Les ]b." becomes "Les a. [Les c. ]Les b."; elsewhere "ville[ très] ouverte" becomes
    "ville [très ]ouverte": a word takes the space after it.
    """
    for index in range(1, len(runs) - 1, 2):
        before, change, after = runs[index - 1 : index + 2]
        edit = change.added or change.removed
        if change.added and change.removed:
            continue
        steps = _steps_to_sentence(before.kept, edit)
        if steps:
            moved = before.kept[-steps:]
            del before.kept[-steps:]
            after.kept[:0] = moved
            edit[:] = moved + edit[:-steps]
        elif edit[0].kind is TokenKind.SPACE and after.kept[:1] == edit[:1]:
            before.kept.append(after.kept.pop(0))
            edit.append(edit.pop(0))
    return runs


def _steps_to_sentence(before: list[Token], edit: list[Token]) -> int:
    """How far left `edit` may slide to begin just after a sentence end; 0 when it does already or cannot."""
    for steps in range(min(len(before), len(edit)) + 1):
        if steps and before[-steps] != edit[-steps]:
            return 0
        end = len(before) - steps
        rest = before[max(end - 2, 0) : end]
        if not rest or rest[-1].kind is TokenKind.BLOCK:
            return steps
        if len(rest) == 2 and rest[-1].kind is TokenKind.SPACE and ends_sentence(rest[0]):
            return steps
    return 0


def _absorb_islands(runs: list[_Run]) -> list[_Run]:
    """Join two changes around a kept stretch too short to help a reader."""
    joined = runs[:1]
    for index in range(1, len(runs) - 1, 2):
        joined.extend(runs[index : index + 2])
        while len(joined) >= 5 and _is_island(joined[-4], joined[-3], joined[-2]):
            left, island, right, after = joined[-4:]
            merged = _Run(
                removed=[*left.removed, *island.kept, *right.removed],
                added=[*left.added, *island.kept, *right.added],
            )
            joined[-4:] = [merged, after]
    return joined


def _is_island(left: _Run, island: _Run, right: _Run) -> bool:
    """A stretch inside one line, no longer than either change beside it, where words were replaced, not only added."""
    if not island.kept:
        return True
    if any(token.kind in (TokenKind.BLOCK, TokenKind.LINE) for token in island.kept):
        return False
    removed, added = bool(left.removed or right.removed), bool(left.added or right.added)
    if not (removed and added):
        return False
    return count_words(island.kept) <= min(_weight(left), _weight(right), 3)


def _weight(change: _Run) -> int:
    return max(count_words(change.removed), count_words(change.added))


def _operations(runs: list[_Run]) -> Iterator[Operation]:
    parts: list[tuple[Kind, list[Token]]] = []
    for run in runs:
        parts.extend([("equal", run.kept), ("delete", run.removed), ("insert", run.added)])
    for kind, tokens in parts:
        if tokens:
            yield Operation(kind, "".join(token.text for token in tokens))
