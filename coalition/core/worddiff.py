"""What changed between two texts, word by word, for histories: lines first, then the words of lines that changed."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_TOKENS = 4_000
Operation = tuple[str, str]


def diff_words(before: str, after: str) -> list[Operation]:
    """(operation, text) pairs in reading order; operation is "equal", "delete" or "insert".

    Equal and delete joined give `before`, equal and insert joined give `after`. Bound: lines are compared first; in a
    changed stretch of more than MOST_TOKENS words the whole stretch is shown as replaced.
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Operation] = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        removed, added = "".join(old[start:end]), "".join(new[other_start:other_end])
        found += [("equal", removed)] if tag == "equal" else _inside(removed, added)
    return list(_joined(found))


def _inside(before: str, after: str) -> list[Operation]:
    """A changed stretch, word by word."""
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    if not old or not new or len(old) + len(new) > MOST_TOKENS:
        return [("delete", before), ("insert", after)]
    found: list[Operation] = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("equal", "".join(old[start:end])))
        else:
            found += [("delete", "".join(old[start:end])), ("insert", "".join(new[other_start:other_end]))]
    return found


def _joined(operations: list[Operation]) -> Iterator[Operation]:
    """Without empty pieces, neighbours of one kind together, removals before what replaces them."""
    pending: dict[str, str] = {"delete": "", "insert": ""}
    equal = ""
    for kind, text in operations:
        if kind != "equal":
            if text and equal:
                yield "equal", equal
                equal = ""
            pending[kind] += text
        elif text:
            yield from _changes(pending)
            equal += text
    if equal:
        yield "equal", equal
    yield from _changes(pending)


def _changes(pending: dict[str, str]) -> Iterator[Operation]:
    for kind in ("delete", "insert"):
        if pending[kind]:
            yield kind, pending[kind]
            pending[kind] = ""
