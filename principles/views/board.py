"""The articles of a text to come, laid out in a form: read from what was sent, changed by one button, drawn again.

Nothing is kept between two steps: the whole board travels with the form, so it works without JavaScript and no
half-made charter lies in a table.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from principles.imports import Board, Piece, faults_of
from principles.models import ArticleText, CharterText

MOST = 150
LANGUAGES = ("fr", "en")
Act = Callable[[Board, int, int], Board]
ACTS: dict[str, Act] = {
    "join": lambda board, index, _at: board.joined(index),
    "cut": lambda board, index, at: board.cut(index, at),
    "up": lambda board, index, _at: board.raised(index),
    "drop": lambda board, index, _at: board.dropped(index),
    "preamble": lambda board, index, _at: board.in_preamble(index),
    "add": lambda board, _index, _at: board.added(),
}


def read_board(data: QueryDict) -> Board:
    """The board a form sent; what is missing is empty, what is too much is left out."""
    total = min(_whole(data.get("total", "0")), MOST)
    pieces = [
        Piece(*(_line(data.get(f"{name}-{index}", ""), name) for name in ("key", "title", "text")))
        for index in range(total)
    ]
    preamble = data.get("preamble", "").replace("\r\n", "\n").strip()
    return Board(
        title=_line(data.get("title", ""), "title"),
        preamble=preamble,
        pieces=tuple(pieces),
        warnings=tuple(data.getlist("warning")[:20]),
    )


def _line(text: str, name: str) -> str:
    return text.replace("\r\n", "\n").strip() if name == "text" else " ".join(text.split())


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def acted(board: Board, data: QueryDict) -> Board:
    """The board after the button that was pressed: "join-3", "cut-3" (before paragraph `at-3`), "up-3", "add"..."""
    name, _dash, number = data.get("do", "").partition("-")
    act, index = ACTS.get(name), _whole(number)
    return act(board, index, _whole(data.get(f"at-{index}", ""))) if act else board


@dataclass(frozen=True)
class Row:
    """One article of the board as the page draws it."""

    index: int
    piece: Piece
    faults: tuple[str, ...]
    cuts: list[tuple[int, str]]


def rows_of(board: Board) -> list[Row]:
    """The articles with what is wrong with each, and where each can be cut."""
    return [
        Row(index, piece, faults, [(at, _short(piece.text[place:])) for at, place in enumerate(piece.places, 1)])
        for index, (piece, faults) in enumerate(zip(board.pieces, faults_of(board), strict=True))
    ]


def _short(text: str) -> str:
    words = " ".join(text[:200].split())
    return words if len(words) <= 60 else f"{words[:59]}…"


def as_text(board: Board, language: str) -> CharterText:
    """The board as the text of a charter of which only one language is known."""
    empty = CharterText("", "", "", "", ())
    articles = tuple(_article(ArticleText(one.key, "", "", "", ""), one, language) for one in board.pieces)
    head = {f"title_{language}": board.title, f"preamble_{language}": board.preamble}
    return replace(empty, articles=articles, **head)


def with_leg(text: CharterText, board: Board, language: str) -> CharterText | None:
    """The text with another language, article by article in order; None when they are not as many."""
    if len(board.pieces) != len(text.articles):
        return None
    articles = tuple(_article(own, one, language) for own, one in zip(text.articles, board.pieces, strict=True))
    head = {f"title_{language}": board.title, f"preamble_{language}": board.preamble}
    return replace(text, articles=articles, **{name: value for name, value in head.items() if value})


def _article(own: ArticleText, piece: Piece, language: str) -> ArticleText:
    return replace(own, **{f"title_{language}": piece.title, f"text_{language}": piece.text})


def read_both(data: QueryDict) -> CharterText:
    """The text a form in both languages sent, after its button: "up-3", "drop-3" or "add"."""
    total = min(_whole(data.get("total", "0")), MOST)
    names = ("key", "title_fr", "title_en", "text_fr", "text_en")
    articles = [
        ArticleText(*(_line(data.get(f"{name}-{index}", ""), name.split("_")[0]) for name in names))
        for index in range(total)
    ]
    heads: dict[str, Any] = {
        f"{name}_{language}": data.get(f"{name}_{language}", "").replace("\r\n", "\n").strip()
        for name in ("title", "preamble")
        for language in LANGUAGES
    }
    return CharterText(**heads, articles=tuple(_pressed(articles, data.get("do", ""))))


def _pressed(articles: list[ArticleText], button: str) -> list[ArticleText]:
    """The articles after a button."""
    name, _dash, number = button.partition("-")
    index, total = _whole(number), len(articles)
    if name == "up" and 0 < index < total:
        articles[index - 1 : index + 1] = [articles[index], articles[index - 1]]
    elif name == "drop" and index < total:
        del articles[index]
    elif name == "add" and total < MOST:
        articles.append(ArticleText(f"article-{total + 1}", "", "", "", ""))
    return articles


def missing_legs(text: CharterText) -> list[str]:
    """In words, which articles lack a title or a text in a language: what keeps a version from being published."""
    words = {"fr": _("en français"), "en": _("en anglais")}
    return [
        _("Article %(n)d : manque %(language)s.") % {"n": number, "language": words[language]}
        for number, one in enumerate(text.articles, 1)
        for language in LANGUAGES
        if not (getattr(one, f"title_{language}") and getattr(one, f"text_{language}"))
    ]
