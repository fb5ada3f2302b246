"""Cutting a document into a title, a preamble and articles."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from django.utils.text import slugify
from django.utils.translation import gettext as _, ngettext

from coalition.core.text import fold
from principles.imports.document import Document, Line
from principles.imports.pieces import Board, Piece

KEY_LENGTH = 60
LINE = 9
_KEY = re.compile(r"\s*\{#([a-z0-9][a-z0-9_-]{0,59})?\}\s*$")
_NUMBERED = re.compile(
    r"^(?:article|art\.?)\s+(?:\d{1,3}|[ivxl]{1,6}|premier|1er)\b\s*[.:\u2013\u2014-]?\s*|^\d{1,3}\s*[.)]\s+",
    re.IGNORECASE,
)
_ARTICLE_LINE = re.compile(r"^\**(?:article|art\.)\s+(?:\d{1,3}|[ivxl]{1,6}|premier|1er)\b[^\n]{0,150}$", re.IGNORECASE)
_PREAMBLE = {"preambule", "preamble"}
_FINGERPRINT = re.compile(r"SHA-256.*\b[0-9a-f]{64}$")


def split_document(document: Document, *, keys: Mapping[str, str] | None = None) -> Board:
    """The articles a document could become, and in words what to look at.

    The articles are the headings of the highest rank of which there are two (the title of the document aside), or the
    lines that begin with "Article 1", or the whole text. What stands before the first is the preamble. Keys: those
    written as {#key}; else, from `keys` (folded title -> key), the key of the article of that title; else the title.
    """
    lines = _with_article_lines(document.lines)
    title, lines = _title(lines)
    rank = _rank(lines)
    before, articles = _cut(lines, rank)
    warnings = [*_lost_words(document.lost)]
    if rank is None:
        warnings.append(
            _("Aucun titre d’article n’a été trouvé : coupez le texte vous-même, paragraphe par paragraphe.")
        )
    preamble, left_out = _preamble(before, articles)
    if left_out:
        warnings.append(_("Laissé de côté, avant le préambule : « %(text)s »") % {"text": _short(left_out)})
    pieces = _keyed(articles, keys or {})
    return Board(title=title, preamble=preamble, pieces=tuple(pieces), warnings=tuple(warnings))


def _with_article_lines(lines: list[Line]) -> list[Line]:
    """The same, with lines that begin with "Article 1" as headings where the document has no two headings."""
    if sum(line.level is not None and line.level > 0 for line in lines) >= 2:
        return lines
    found = [part for line in lines for part in _article_parts(line)]
    return found if any(line.level == LINE for line in found) else lines


def _article_parts(line: Line) -> Iterable[Line]:
    """A block cut where a paragraph is a line that begins with "Article 1"."""
    if line.level is not None:
        yield line
        return
    for part in line.text.split("\n\n"):
        is_article = _ARTICLE_LINE.match(part.strip())
        yield Line(part.strip().strip("*"), LINE) if is_article else Line(part)


def _title(lines: list[Line]) -> tuple[str, list[Line]]:
    """The title of the document: its first line, when that is a heading no other has the rank of."""
    ranks = Counter(line.level for line in lines if line.level is not None)
    first = lines[0] if lines else Line("")
    if first.level is None or (ranks[first.level] > 1 and first.level != 0) or len(ranks) + sum(ranks.values()) <= 2:
        return "", lines
    return _without_key(first.text), lines[1:]


def _rank(lines: list[Line]) -> int | None:
    ranks = Counter(line.level for line in lines if line.level is not None)
    shared = [rank for rank, count in ranks.items() if rank is not None and count >= 2]
    return min(shared or [rank for rank in ranks if rank is not None], default=None)


def _cut(lines: list[Line], rank: int | None) -> tuple[list[Line], list[tuple[str, list[Line]]]]:
    """What stands before the first article, and each article as its heading and its lines."""
    if rank is None:
        return [], [("", lines)] if lines else []
    before: list[Line] = []
    articles: list[tuple[str, list[Line]]] = []
    for line in lines:
        if line.level is not None and line.level <= rank:
            articles.append((line.text, []))
        elif articles:
            articles[-1][1].append(line)
        else:
            before.append(line)
    return before, articles


def _preamble(before: list[Line], articles: list[tuple[str, list[Line]]]) -> tuple[str, str]:
    """The preamble, and what was left out because a heading says where the preamble begins."""
    lead = _markdown(before)
    if articles and fold(_without_key(articles[0][0])) in _PREAMBLE:
        return _markdown(articles.pop(0)[1]), lead
    return lead, ""


def _without_key(heading: str) -> str:
    return _KEY.sub("", heading).strip()


def _markdown(lines: Iterable[Line]) -> str:
    """The lines as one text; items of one list stand together."""
    text = ""
    for line in lines:
        said = line.text if line.level is None else f"{'#' * min(max(line.level, 3), 6)} {line.text}"
        together = _is_item(said) and _is_item(text.rsplit("\n", 1)[-1])
        text += ("\n" if together else "\n\n" if text else "") + said
    return _without_fingerprint(text.strip())


def _without_fingerprint(text: str) -> str:
    """The text without the last line of a file of ours, which says the hash of the version it was written from."""
    before, _break, last = text.rpartition("\n")
    return before.strip().removesuffix("---").strip() if _FINGERPRINT.search(last) else text


def _is_item(text: str) -> bool:
    return bool(re.match(r"\s*(?:[-*+]|\d{1,3}[.)])\s", text)) and "\n\n" not in text


def _keyed(articles: list[tuple[str, list[Line]]], keys: Mapping[str, str]) -> list[Piece]:
    pieces: list[Piece] = []
    taken: set[str] = set()
    for number, (heading, lines) in enumerate(articles, 1):
        written = _KEY.search(heading)
        title = _NUMBERED.sub("", _without_key(heading)).strip()
        key = (written[1] if written else "") or keys.get(fold(title), "") or slugify(title)[:KEY_LENGTH].strip("-")
        key = _free(key or f"article-{number}", taken)
        taken.add(key)
        pieces.append(Piece(key=key, title=title, text=_markdown(lines)))
    return pieces


def _free(key: str, taken: set[str]) -> str:
    """`key`, with a number after it when another article has it."""
    if key not in taken:
        return key
    number = next(n for n in range(2, len(taken) + 3) if f"{key[: KEY_LENGTH - 4]}-{n}" not in taken)
    return f"{key[: KEY_LENGTH - 4]}-{number}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 90 else f"{words[:89]}…"


def _lost_words(lost: Counter[str]) -> Iterable[str]:
    """What of the document could not be kept, each kind in a sentence with its number."""
    words = {
        "pictures": lambda n: ngettext("%(n)d image laissée de côté.", "%(n)d images laissées de côté.", n),
        "tables": lambda n: ngettext("%(n)d tableau à relire.", "%(n)d tableaux à relire.", n),
        "notes": lambda n: ngettext(
            "%(n)d note de bas de page laissée de côté.", "%(n)d notes de bas de page laissées de côté.", n
        ),
        "comments": lambda n: ngettext("%(n)d commentaire laissé de côté.", "%(n)d commentaires laissés de côté.", n),
        "changes": lambda n: ngettext(
            "%(n)d modification suivie, lue comme acceptée.", "%(n)d modifications suivies, lues comme acceptées.", n
        ),
        "contents": lambda n: ngettext(
            "%(n)d table des matières laissée de côté.", "%(n)d tables des matières laissées de côté.", n
        ),
        "html": lambda n: ngettext(
            "%(n)d passage en HTML, qui se lira tel quel.", "%(n)d passages en HTML, qui se liront tels quels.", n
        ),
    }  # fmt: skip
    return [words[kind](count) % {"n": count} for kind, count in sorted(lost.items()) if count and kind in words]
