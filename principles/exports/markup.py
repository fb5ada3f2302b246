"""The Markdown of an article as blocks and runs, which every other format is written from.

Numbers of lists are kept as they are written: paragraphs of a charter are cited by them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

BlockKind = Literal["paragraph", "heading", "item", "quote", "code", "row", "rule"]
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
_parser.enable("table").disable(["image", "html_block", "html_inline"])


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; `link` is an address or empty."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `level` is the depth of an item or the rank of a heading; `mark` what stands before an item.

    The second paragraph of an item has an empty mark. A row has `cells` instead of `runs`, `head` for the first.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    level: int = 0
    mark: str = ""
    cells: tuple[tuple[Run, ...], ...] = ()
    head: bool = False


@dataclass
class _Reader:
    """Where the reading of the tokens stands: open lists with their next numbers, quotations, the row being read."""

    lists: list[tuple[int | None, str]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    quoted: int = 0
    heading: int = 0
    cells: list[tuple[Run, ...]] = field(default_factory=list)
    in_row: bool = False
    in_head: bool = False


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """The blocks of a text, in order. The same subset of Markdown as the pages; no HTML, no pictures."""
    reader = _Reader()
    return tuple(block for token in _parser.parse(markdown) for block in _read(reader, token))


def _read(reader: _Reader, token: Token) -> Iterator[Block]:
    """What a token says, once what it opens or closes is noted."""
    _note(reader, token)
    if token.type == "inline":
        runs = tuple(_runs(token.children or ()))
        if reader.in_row:
            reader.cells.append(runs)
        else:
            yield _block(reader, runs)
    elif token.type in ("fence", "code_block"):
        yield Block("code", (Run(token.content.rstrip("\n"), code=True),), level=len(reader.lists))
    elif token.type == "hr":
        yield Block("rule")
    elif token.type == "tr_close":
        yield Block("row", cells=tuple(reader.cells), head=reader.in_head)


def _note(reader: _Reader, token: Token) -> None:
    kind = token.type
    if kind == "ordered_list_open":
        reader.lists.append((int(token.attrs.get("start", 1)), token.markup))
    elif kind == "bullet_list_open":
        reader.lists.append((None, ""))
    elif kind in ("ordered_list_close", "bullet_list_close"):
        reader.lists.pop()
    elif kind == "list_item_open":
        reader.marks.append(_next_mark(reader))
    elif kind == "list_item_close":
        reader.marks.pop()
    elif kind == "heading_open":
        reader.heading = int(token.tag[1])
    elif kind in ("blockquote_open", "blockquote_close"):
        reader.quoted += token.nesting
    else:
        _note_table(reader, kind)


def _note_table(reader: _Reader, kind: str) -> None:
    if kind in ("thead_open", "thead_close"):
        reader.in_head = kind == "thead_open"
    elif kind in ("tr_open", "tr_close"):
        reader.in_row = kind == "tr_open"
        if reader.in_row:
            reader.cells = []


def _next_mark(reader: _Reader) -> str:
    number, point = reader.lists[-1]
    if number is None:
        return "•"
    reader.lists[-1] = (number + 1, point)
    return f"{number}{point}"


def _block(reader: _Reader, runs: tuple[Run, ...]) -> Block:
    if reader.heading:
        level, reader.heading = reader.heading, 0
        return Block("heading", runs, level=level)
    if reader.marks:
        mark, reader.marks[-1] = reader.marks[-1], ""
        return Block("item", runs, level=len(reader.marks), mark=mark)
    return Block("quote" if reader.quoted else "paragraph", runs)


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    """The words of a line of Markdown with their styles; a break is a line end in a run of its own."""
    style = Run("")
    for token in tokens:
        if token.type == "strong_open":
            style = replace(style, strong=True)
        elif token.type == "strong_close":
            style = replace(style, strong=False)
        elif token.type in ("em_open", "em_close"):
            style = replace(style, emphasis=token.nesting > 0)
        elif token.type in ("link_open", "link_close"):
            style = replace(style, link=_safe(str(token.attrs.get("href", ""))))
        elif token.type == "code_inline":
            yield replace(style, text=token.content, code=True)
        elif token.type in ("softbreak", "hardbreak"):
            yield replace(style, text=" " if token.type == "softbreak" else "\n")
        elif token.content:
            yield replace(style, text=token.content)


def _safe(address: str) -> str:
    """The address of a link that may be printed: the web and mail only."""
    return address if address.startswith(("http://", "https://", "mailto:")) else ""


def plain(runs: Sequence[Run]) -> str:
    """The words alone."""
    return "".join(run.text for run in runs)
