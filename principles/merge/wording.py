"""Two changes inside one sentence: together when they are clearly apart, refused otherwise."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from principles.merge.diff import diff_words
from principles.merge.model import Author, MergeOperation, Readings, told
from principles.merge.tokens import count_words, tokenize
from principles.merge.units import Unit, UnitKind

WORDS_APART = 6
LONGEST = 4_000
_WHOLE = frozenset({UnitKind.CODE, UnitKind.LINE, UnitKind.END})
_ORDERED = re.compile(r"(?<!\d)\d{1,9}(?=[.)]\s*$)")
_COUNTING = re.compile(
    r"\d|\b(?:not?|never|none|ne|pas|jamais|aucune?|sans|without|unless|except|sauf)\b|n['’]t\b", re.I
)


class Replacement(NamedTuple):
    """Characters `start` to `end` of a sentence replaced by `text`, by `author`."""

    start: int
    end: int
    text: str
    author: Author


def merge_wording(base: Unit, proposed: Unit, current: Unit, move: int | None = None) -> list[MergeOperation] | None:
    """The words of one unit out of its three readings, as operations; None when the changes are too close.

    When both sides changed the sentence, differently, all of this must hold, else None:
    - it is prose, a heading or a table row (lines of code, front matter and link definitions are taken whole);
    - between a change of one side and a change of the other, WORDS_APART unchanged words stand, or one of the two
      is of white space only and they do not touch;
    - not both sides change a figure or a negation;
    - none of the three wordings is longer than LONGEST characters.
    The same replacement by both counts once.
    """
    readings = Readings(base.text, proposed.text, current.text)
    if proposed.text == current.text or proposed.text == base.text or current.text == base.text:
        return _one_sided(readings, move)
    if any(unit.kind in _WHOLE or len(unit.text) > LONGEST for unit in (base, proposed, current)):
        return None
    first, second = (
        _replacements(base.text, proposed.text, "proposed"),
        _replacements(base.text, current.text, "current"),
    )
    merged = _together(base.text, first, second)
    return None if merged is None else _operations(base.text, merged, move)


def _one_sided(readings: Readings, move: int | None) -> list[MergeOperation]:
    """The words when at most one side, or both alike, changed them."""
    base, proposed, current = readings
    changed = current if proposed == base else proposed
    author: Author = "both" if proposed == current else "current" if proposed == base else "proposed"
    if changed == base:
        return told(readings, base, move)
    return _operations(base, _replacements(base, changed, author), move)


def _replacements(base: str, changed: str, author: Author) -> list[Replacement]:
    """The differences of two wordings of a sentence, in order; one, the whole, when one is over LONGEST characters."""
    if max(len(base), len(changed)) > LONGEST:
        return [Replacement(0, len(base), changed, author)]
    found: list[Replacement] = []
    at = 0
    for kind, text in diff_words(base, changed):
        if kind == "equal":
            at += len(text)
        elif kind == "delete":
            found.append(Replacement(at, at + len(text), "", author))
            at += len(text)
        elif found and found[-1].end == at and not found[-1].text:
            found[-1] = found[-1]._replace(text=text)
        else:
            found.append(Replacement(at, at, text, author))
    return found


def _together(base: str, first: list[Replacement], second: list[Replacement]) -> list[Replacement] | None:
    """Both lists as one, in order; None when two of them are too close or both sides touch figures or negations."""
    merged = _once(first, second)
    own = [one for one in merged if one.author != "both"]
    if _both_count(base, own) or not _separate(merged):
        return None
    return merged if all(_apart(base, *pair) for pair in _meetings(own)) else None


def _once(first: list[Replacement], second: list[Replacement]) -> list[Replacement]:
    """Both lists as one, in order, with what stands in both once, by both."""
    same = {one[:3] for one in first} & {one[:3] for one in second}
    shared = [one._replace(author="both") for one in first if one[:3] in same]
    return sorted([one for one in first + second if one[:3] not in same] + shared)


def _separate(replacements: list[Replacement]) -> bool:
    """True when replacements by different authors do not touch."""
    return all(left.end < right.start for left, right in _meetings(replacements))


def _both_count(base: str, replacements: list[Replacement]) -> bool:
    """True when both sides touch a figure or a negation."""
    counting = (one for one in replacements if _COUNTING.search(f"{base[one.start : one.end]} {one.text}"))
    return len({one.author for one in counting}) > 1


def _meetings(replacements: list[Replacement]) -> Iterator[tuple[Replacement, Replacement]]:
    """Neighbours by different authors."""
    return ((left, right) for left, right in pairwise(replacements) if left.author != right.author)


def _apart(base: str, left: Replacement, right: Replacement) -> bool:
    """True when two neighbouring replacements, in order, do not bear on each other."""
    between = base[left.end : right.start]
    if any(not (base[one.start : one.end] + one.text).strip() for one in (left, right)):
        return True
    return count_words(tokenize(between)) >= WORDS_APART


def _operations(base: str, replacements: list[Replacement], move: int | None) -> list[MergeOperation]:
    operations: list[MergeOperation] = []
    at = 0
    for start, end, text, author in replacements:
        operations.append(MergeOperation("kept", base[at:start], None, move))
        operations.append(MergeOperation("removed", base[start:end], author, move))
        operations.append(MergeOperation("inserted", text, author, move))
        at = end
    return [one for one in [*operations, MergeOperation("kept", base[at:], None, move)] if one.text]


class Lead(NamedTuple):
    """What stands before a unit, merged: the text, or None when a person must decide; `opens` as in `Unit`."""

    text: str | None
    opens: bool


def lead_parts(before: str) -> tuple[str, str]:
    """(line breaks, last line): blank lines and what stands on the line of the unit, indentation and marker."""
    cut = before.rfind("\n") + 1
    return before[:cut], before[cut:]


def same_marker(first: Unit, second: Unit) -> bool:
    """True when what stands before two units says the same: blank lines and the number in a list left out."""
    markers = [_ORDERED.sub("0", lead_parts(unit.before)[1]) for unit in (first, second)]
    return first.opens == second.opens and (not first.opens or markers[0] == markers[1])


def list_number(before: str) -> int | None:
    """The number of an ordered list item, None for anything else."""
    found = _ORDERED.search(before)
    return int(found.group()) if found else None


def with_number(before: str, value: int) -> str:
    """What stands before an item, with another number."""
    return _ORDERED.sub(str(value), before)


def merge_lead(base: Unit, proposed: Unit, current: Unit) -> Lead:
    """What stands before a unit out of its three readings.

    A side that changed it wins over one that did not, and one whose change contains the other's (the same marker and
    other blank lines, or the other way round) over that one. Two other changes need a person, unless they differ in the
    number in a list only (settled again for the whole list), or in blank lines only: there the shorter, then the first
    in character order, is kept.
    """
    for changed, other in ((proposed, current), (current, proposed)):
        if other.before == base.before or changed.before == other.before:
            opens = proposed.opens if proposed.opens != base.opens else current.opens
            return Lead(changed.before, opens)
    if not base.opens == proposed.opens == current.opens:
        return Lead(None, True)
    if same_marker(proposed, current):
        return Lead(min(proposed.before, current.before, key=_order), proposed.opens)
    for changed, other in ((proposed, current), (current, proposed)):
        if same_marker(base, other) and (
            lead_parts(other.before)[0] in (lead_parts(base.before)[0], lead_parts(changed.before)[0])
        ):
            return Lead(changed.before, changed.opens)
    return Lead(None, True)


def _order(text: str) -> tuple[int, str]:
    return len(text), text
