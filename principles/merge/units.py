"""A Markdown text as the units people amend: sentences, headings, table rows, code blocks.

What stands before a unit (blank lines, indentation, list marker, heading signs) is kept apart from its words, so that
splitting a paragraph, indenting an item or renumbering a list is a change of its own and not a change of the sentence.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class UnitKind(StrEnum):
    """What a unit is; two units of different kinds are never taken for two wordings of one."""

    SENTENCE = "sentence"
    HEADING = "heading"
    ROW = "row"
    LINE = "line"
    CODE = "code"
    END = "end"


class Unit(NamedTuple):
    """One unit. `before` + `text` of all units, joined, give the text back; `start` is the offset of `text`.

    `key` is the text with every run of white space made one space: what a reader would call the same sentence.
    `opens` says that the unit is the first of its block; `block` counts blocks from 0.
    """

    before: str
    text: str
    key: str
    kind: UnitKind
    block: int
    opens: bool
    start: int

    @property
    def whole(self) -> str:
        """The unit with what stands before it."""
        return self.before + self.text


class _Line(NamedTuple):
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class _Block(NamedTuple):
    """One block: its words go from `start` to `end`, marker and white space around left out."""

    kind: UnitKind
    start: int
    end: int


_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_RULER = re.compile(r"\s*(?:[-=*_][^\S\n]*){2,}$")
_DEFINITION = re.compile(r"\s*\[[^\]\n]+\]:\s")
_DELIMITER = re.compile(r"(?=[^\n]*\|)(?=[^\n]*-)[\s|:-]+$")
_SPACE = r"[^\S\n]"
_MARKER = re.compile(rf"(?:{_SPACE}*(?:>|[-*+](?={_SPACE})|\d{{1,9}}[.)](?={_SPACE})|\[[ xX]\](?={_SPACE})))+{_SPACE}*")
_HEADING = re.compile(rf"{_SPACE}*#{{1,6}}{_SPACE}+")
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'»”’)\]*_]*(?=(\s+)(\S))")
_SHORTENED = re.compile(r"(?:^|[\s(’'])(?:\w|e\.g|i\.e|art|cf|etc|ex|vs|Mr|Mrs|Ms|Mme|Dr|St|No|Inc)\.$", re.IGNORECASE)


def split_units(text: str) -> list[Unit]:
    """Cut any text into units, the last an empty one of kind END that carries the white space after the last word.

    Blocks follow CommonMark as far as merging needs: front matter (one unit a line), fenced code (one unit each),
    headings, list items and quotations with their markers, table rows (one unit a row), rulers and link definitions
    (one unit a line), paragraphs (one unit a sentence). A sentence ends at . ! ? or … followed by white space and
    something other than a lower-case letter, common abbreviations aside. Linear in the length of `text`.
    """
    units: list[Unit] = []
    at = number = 0
    for number, block in enumerate(_blocks(text), 1):
        opens = True
        for start, end in _sentences(text, block):
            words = text[start:end]
            key = " ".join(words.split())
            units.append(Unit(text[at:start], words, key, block.kind, number - 1, opens, start))
            at, opens = end, False
    units.append(Unit(text[at:], "", "", UnitKind.END, number, True, len(text)))
    return units


def _blocks(text: str) -> Iterator[_Block]:
    """The blocks of a text, in order; blank lines belong to none."""
    lines = [_Line(found.start(), found.group()) for found in _LINES.finditer(text)]
    tables = _table_lines(lines)
    index = 0
    for line in lines[: _front_matter(lines)]:
        index += 1
        if line.text.strip():
            yield _trimmed(UnitKind.LINE, line.start, line.text)
    while index < len(lines):
        line = lines[index]
        kind, last = _extent(lines, index, tables)
        if kind and line.text.strip():
            yield _cut(kind, line.start, text[line.start : lines[last].end])
        index = last + 1


def _front_matter(lines: list[_Line]) -> int:
    """How many lines at the start stand in front matter, from `---` to `---`; 0 without any."""
    if not lines or lines[0].text.strip() != "---":
        return 0
    closing = (n for n, line in enumerate(lines) if n and line.text.strip() == "---")
    return next(closing, -1) + 1


def _table_lines(lines: list[_Line]) -> set[int]:
    """Numbers of the lines that belong to a table: those with a bar beside a delimiter row, up and down."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if "|" not in line.text or not _DELIMITER.match(line.text):
            continue
        for step in (-1, 1):
            at = index
            while 0 <= at < len(lines) and "|" in lines[at].text and (at == index or at not in found):
                found.add(at)
                at += step
    return found


def _extent(lines: list[_Line], index: int, tables: set[int]) -> tuple[UnitKind | None, int]:
    """Kind of the block that begins at a line, and number of its last line. No kind for a blank line."""
    line = lines[index].text
    if not line.strip():
        return None, index
    if fence := _FENCE.match(line):
        return UnitKind.CODE, _closing_line(lines, index, fence.group(1))
    if kind := _kind_of_line(line, index in tables):
        return kind, index
    last = index
    while last + 1 < len(lines) and _continues(lines[last + 1].text, last + 1 in tables):
        last += 1
    return UnitKind.SENTENCE, last


def _kind_of_line(line: str, in_table: bool) -> UnitKind | None:
    """Kind of a block that is one line by nature, None for prose."""
    if in_table:
        return UnitKind.ROW
    if _HEADING.match(line):
        return UnitKind.HEADING
    if _RULER.match(line) or _DEFINITION.match(line):
        return UnitKind.LINE
    return None


def _continues(line: str, in_table: bool) -> bool:
    """True when a line goes on with the paragraph above it."""
    if not line.strip() or _kind_of_line(line, in_table):
        return False
    return not _FENCE.match(line) and not _MARKER.match(line)


def _closing_line(lines: list[_Line], index: int, fence: str) -> int:
    """Number of the line that closes the fence opened at `index`; the last line when nothing does."""
    for number in range(index + 1, len(lines)):
        mark = lines[number].text.strip()
        if mark.startswith(fence) and not mark.strip(fence[0]):
            return number
    return len(lines) - 1


def _cut(kind: UnitKind, start: int, text: str) -> _Block:
    """The block without its marker, which belongs to what stands before; a marker without words is the words."""
    pattern = {UnitKind.HEADING: _HEADING, UnitKind.SENTENCE: _MARKER}.get(kind)
    marker = pattern.match(text) if pattern else None
    if marker and text[marker.end() :].strip():
        return _trimmed(kind, start + marker.end(), text[marker.end() :])
    return _trimmed(kind, start, text)


def _trimmed(kind: UnitKind, start: int, text: str) -> _Block:
    left = len(text) - len(text.lstrip())
    return _Block(kind, start + left, start + len(text.rstrip()))


def _sentences(text: str, block: _Block) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of a block of prose; of the whole block for the other kinds."""
    start = block.start
    if block.kind is UnitKind.SENTENCE:
        for found in _SENTENCE_END.finditer(text, block.start, block.end):
            if found.group(2).islower() or _SHORTENED.search(text, max(found.start() - 8, start), found.start() + 1):
                continue
            yield start, found.end()
            start = found.end(1)
    yield start, block.end
