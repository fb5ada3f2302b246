"""Invented charters and what people do to them. Each word of a charter occurs once, so that it can be followed."""

import re
from collections.abc import Callable
from typing import NamedTuple

from hypothesis import strategies as st

WORD = re.compile(r"[a-z]+\d+")
SNIPPETS = (
    "la ville ", "a", ".", ". ", "Y. ", "\n", "\n\n", "\r\n", "\r\n\r\n", "- ", "* ", "1. ", "2. ", "# ", "> ",
    "| ", "|---|---|\n", "```\n", "~~~", "---\n", "[^1]", "[^1]: x\n", "[x](y)", " ", "    ", "\t", "é", "\u0301",
    "\u2028", "\x1c", "😊", "***", "===\n", "<div>", "\x00", "10", "ne pas ",
)  # fmt: skip


class Block(NamedTuple):
    """A paragraph, heading, bullet, numbered item, table row or block of code; `sentences` are lists of words."""

    kind: str
    sentences: tuple[tuple[str, ...], ...]


class Amended(NamedTuple):
    """A text and two edited copies of it."""

    base: str
    proposed: str
    current: str


Step = tuple[str, int, int, int]
STEPS = (
    "add word", "drop word", "replace word", "add sentence", "drop sentence", "add block", "drop block", "move block",
    "other kind", "split", "join",
)  # fmt: skip


def written(blocks: list[Block]) -> str:
    """The Markdown of a charter."""
    parts: list[str] = []
    previous, number = "", 0
    for kind, sentences in blocks:
        text = " ".join(f"Les {' '.join(words)}." for words in sentences)
        number = number + 1 if kind == "numbered" else 0
        head = "| a | b |\n|---|---|\n" if kind == "row" and previous != "row" else ""
        shapes = {
            "heading": f"## {text[:-1]}", "bullet": f"* {text}", "numbered": f"{number}. {text}",
            "row": f"{head}| a | {text} |", "code": f"```\n{text}\n```",
        }  # fmt: skip
        close = kind == previous and kind in ("bullet", "numbered", "row")
        parts += ["" if not parts else "\n" if close else "\n\n", shapes.get(kind, text)]
        previous = kind
    return "".join(parts)


def edited(blocks: list[Block], steps: list[Step], author: str) -> list[Block]:
    """A copy after some steps, with new words that are the author's own."""
    result = list(blocks)
    for number, (step, where, inner, size) in enumerate(steps):
        fresh = tuple(f"{author}{number * 10 + count}" for count in range(1 + size % 6))
        place = where % (len(result) + 1)
        if step == "add block" or not result:
            result.insert(place, Block(("text", "heading", "bullet", "numbered", "row")[inner % 5], (fresh,)))
        else:
            _take(step, result, where % len(result), inner, fresh)
    return result


def _take(step: str, blocks: list[Block], at: int, inner: int, fresh: tuple[str, ...]) -> None:
    block = blocks[at]
    sentence = inner % len(block.sentences)
    words = block.sentences[sentence]
    word = inner % len(words)
    moves: dict[str, Callable[[], list[Block]]] = {
        "add word": lambda: [_with(block, sentence, (*words[:word], fresh[0], *words[word:]))],
        "drop word": lambda: [_with(block, sentence, (*words[:word], *words[word + 1 :]) or words)],
        "replace word": lambda: [_with(block, sentence, (*words[:word], fresh[0], *words[word + 1 :]))],
        "add sentence": lambda: [
            block._replace(sentences=(*block.sentences[:sentence], fresh, *block.sentences[sentence:]))
        ],
        "drop sentence": lambda: [
            block._replace(sentences=block.sentences[:sentence] + block.sentences[sentence + 1 :] or block.sentences)
        ],
        "drop block": list,
        "move block": list,
        "other kind": lambda: [block._replace(kind=("text", "heading", "bullet")[inner % 3])],
        "split": lambda: [
            block._replace(sentences=part) for part in (block.sentences[:sentence], block.sentences[sentence:]) if part
        ],
        "join": lambda: [block._replace(sentences=sum((one.sentences for one in blocks[at : at + 2]), ()))],
    }  # fmt: skip
    blocks[at : at + (2 if step == "join" else 1)] = moves[step]()
    if step == "move block":
        blocks.insert(inner % (len(blocks) + 1), block)


def _with(block: Block, sentence: int, words: tuple[str, ...]) -> Block:
    return block._replace(sentences=(*block.sentences[:sentence], words, *block.sentences[sentence + 1 :]))


@st.composite
def charters(draw: st.DrawFn) -> list[Block]:
    """Up to eight blocks of one to three sentences of one to fourteen words."""
    shape = st.tuples(
        st.sampled_from(("text", "text", "heading", "bullet", "bullet", "numbered", "row", "code")),
        st.lists(st.sampled_from((1, 3, 6, 10, 14)), min_size=1, max_size=3),
    )
    numbers = iter(range(10_000))
    return [
        Block(kind, tuple(tuple(f"m{next(numbers)}" for _ in range(size)) for size in sizes))
        for kind, sizes in draw(st.lists(shape, max_size=8))
    ]


@st.composite
def amendments(draw: st.DrawFn) -> Amended:
    """A charter and two edited copies of it."""
    blocks = draw(charters())
    number = st.integers(0, 40)
    steps = st.lists(st.tuples(st.sampled_from(STEPS), number, number, number), max_size=3)
    proposed, current = edited(blocks, draw(steps), "p"), edited(blocks, draw(steps), "c")
    return Amended(written(blocks), written(proposed), written(current))


@st.composite
def scraps(draw: st.DrawFn) -> Amended:
    """Any text at all, or pieces of Markdown in any order, and two copies with a stretch replaced."""
    pieces = st.lists(st.sampled_from(SNIPPETS), max_size=25).map("".join)
    base = draw(st.one_of(pieces, st.text(max_size=60)))
    copies = []
    for _side in range(2):
        start = draw(st.integers(0, len(base)))
        end = draw(st.integers(start, min(len(base), start + 8)))
        copies.append(base[:start] + draw(st.one_of(st.just(""), pieces, st.text(max_size=5))) + base[end:])
    return Amended(base, *copies)
