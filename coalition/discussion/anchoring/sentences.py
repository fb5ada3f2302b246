"""A Markdown text as the sentences a reader can point at.

Close to the sentences amendments are merged by, but the two need not agree: an anchor is always read in its own text.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from coalition.discussion.anchoring.words import words_of


class SentenceKind(StrEnum):
    """Prose (list items and quotations too) and headings can hold a remark; tables and code cannot."""

    PROSE = "prose"
    HEADING = "heading"
    OTHER = "other"


class Sentence(NamedTuple):
    """One sentence: `text` is `source[start:end]`, `words` what it is compared by, `block` counts paragraphs from 0."""

    start: int
    end: int
    text: str
    kind: SentenceKind
    block: int
    words: tuple[str, ...]

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """Equal for the same sentence: its kind and its words."""
        return self.kind.value, self.words

    @property
    def holds_remarks(self) -> bool:
        """A reader can point at it."""
        return self.kind is not SentenceKind.OTHER


_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_RULER = re.compile(r"\s*(?:[-=*_][^\S\n]*){2,}$")
_SPACE = r"[^\S\n]"
_MARKER = re.compile(rf"(?:{_SPACE}*(?:>|[-*+](?={_SPACE})|\d{{1,9}}[.)](?={_SPACE})))+{_SPACE}*")
_HEADING = re.compile(rf"{_SPACE}{{0,3}}#{{1,6}}{_SPACE}+")
_END = re.compile(r"(?<![.!?…])[.!?…]+(?:[\u00a0\u202f ]?[»”]|[\"'’)\]*_])*(?=(\s+)(\S))")
_SHORTENED = re.compile(
    r"(?:^|[\s(’'])(?:\w|e\.g|i\.e|art|al|chap|cf|etc|ex|env|fig|p|pp|resp|vs|Mr|Mrs|Ms|Mme|Mlle|Dr|St|No|Inc)\.$",
    re.IGNORECASE,
)


class _Block(NamedTuple):
    kind: SentenceKind
    start: int
    end: int


def split_sentences(text: str) -> list[Sentence]:
    """Cut any text into sentences, in order; pieces without a single word are left out.

    A sentence ends at . ! ? or … (closing marks included) before white space and something else than a lower-case
    letter, common abbreviations aside; a block (paragraph, list item, heading, table row, code) always ends one.
    Linear in the length of `text`.
    """
    found = []
    for number, block in enumerate(_blocks(text)):
        for start, end in _cuts(text, block):
            words = words_of(text[start:end])
            if words:
                found.append(Sentence(start, end, text[start:end], block.kind, number, words))
    return found


def _blocks(text: str) -> Iterator[_Block]:
    lines = [(found.start(), found.group()) for found in _LINES.finditer(text)]
    index = 0
    while index < len(lines):
        start, line = lines[index]
        if not line.strip():
            index += 1
            continue
        last = _last_line(lines, index)
        yield _trimmed(text, start, lines[last][0] + len(lines[last][1]), _kind(line))
        index = last + 1


def _kind(line: str) -> SentenceKind:
    if _HEADING.match(line):
        return SentenceKind.HEADING
    other = _FENCE.match(line) or _RULER.match(line) or line.lstrip().startswith("|")
    return SentenceKind.OTHER if other else SentenceKind.PROSE


def _last_line(lines: list[tuple[int, str]], index: int) -> int:
    """Number of the last line of the block that begins at `index`."""
    line = lines[index][1]
    if fence := _FENCE.match(line):
        closing = (n for n in range(index + 1, len(lines)) if lines[n][1].strip().startswith(fence.group(1)))
        return next(closing, len(lines) - 1)
    last = index
    if _kind(line) is SentenceKind.PROSE:
        while last + 1 < len(lines) and _continues(lines[last + 1][1]):
            last += 1
    return last


def _continues(line: str) -> bool:
    return bool(line.strip()) and _kind(line) is SentenceKind.PROSE and not _MARKER.match(line)


def _trimmed(text: str, start: int, end: int, kind: SentenceKind) -> _Block:
    """The block without its marker and the white space around it."""
    pattern = {SentenceKind.HEADING: _HEADING, SentenceKind.PROSE: _MARKER}.get(kind)
    marker = pattern.match(text, start, end) if pattern else None
    start = marker.end() if marker else start
    words = text[start:end]
    return _Block(kind, start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _cuts(text: str, block: _Block) -> Iterator[tuple[int, int]]:
    start = block.start
    if block.kind is SentenceKind.PROSE:
        for found in _END.finditer(text, block.start, block.end):
            if found.group(2).islower() or _SHORTENED.search(text[max(found.start() - 8, start) : found.start() + 1]):
                continue
            yield start, found.end()
            start = found.end(1)
    if start < block.end:
        yield start, block.end
