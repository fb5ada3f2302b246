"""A Markdown text as the pieces people read: blocks, words, spaces, punctuation. Nothing is lost."""

import re
from enum import StrEnum
from typing import NamedTuple


class TokenKind(StrEnum):
    """What a token is to a reader."""

    BLOCK = "block"
    LINE = "line"
    SPACE = "space"
    WORD = "word"
    MARK = "mark"


class Token(NamedTuple):
    """One piece of a text, with its exact characters. Equal when kind and characters are equal."""

    kind: TokenKind
    text: str


_LETTER = r"[\w\u0300-\u036f]"
_PATTERN = re.compile(
    r"(?P<block>\n[^\S\n]*\n\s*)"
    r"|(?P<line>\n)"
    r"|(?P<space>[^\S\n]+)"
    rf"|(?P<word>https?://[^\s<>()]+|{_LETTER}{{1,6}}['’](?={_LETTER})|{_LETTER}+(?:[-‑]{_LETTER}+)*)"
    r"|(?P<mark>.)",
    re.DOTALL,
)
_KINDS = {kind.value: kind for kind in TokenKind}
SENTENCE_ENDS = frozenset(".!?…;:")


def tokenize(text: str) -> list[Token]:
    """Cut `text` (any str, Markdown or not) into tokens whose texts joined give `text` back, character by character.

    A block token is a paragraph break: one or more blank lines and the indentation after them. A word is a run of
    letters, figures and combining marks, hyphens inside included; an elided word keeps its apostrophe and stands
    alone ("l’", "qu’"), so that only what changed shows; an address on the web is one word. Every other character is
    a mark of its own, Markdown signs included. Time is linear in the length of `text`.
    """
    return [Token(_KINDS[str(found.lastgroup)], found.group()) for found in _PATTERN.finditer(text)]


def count_words(tokens: list[Token]) -> int:
    """How many words are among `tokens`."""
    return sum(token.kind is TokenKind.WORD for token in tokens)


def ends_sentence(token: Token) -> bool:
    """True for a paragraph or line break and for the marks that close a sentence or a clause."""
    return token.kind in (TokenKind.BLOCK, TokenKind.LINE) or token.text in SENTENCE_ENDS
