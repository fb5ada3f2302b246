"""The articles found in a text, laid out so that somebody can put them right before they are kept."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from django.utils.text import slugify
from django.utils.translation import gettext as _

LONGEST_TITLE = 160
LONGEST_TEXT = 20_000
MOST = 150
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s")
KEY = r"[a-z0-9][a-z0-9_-]{0,59}"


@dataclass(frozen=True, slots=True)
class Piece:
    """One article to be: its stable key, its title, its text in Markdown, in one language."""

    key: str
    title: str
    text: str

    @property
    def places(self) -> list[int]:
        """Where it can be cut in two: offsets of its paragraphs and of the items of its lists, the first left out."""
        found, at, fenced, blank = [], 0, False, True
        for line in self.text.splitlines(keepends=True):
            opens = blank or bool(_ITEM.match(line))
            if at and opens and line.strip() and not fenced and not line[:1].isspace():
                found.append(at)
            fenced ^= line.lstrip().startswith(("```", "~~~"))
            blank, at = not line.strip(), at + len(line)
        return found


@dataclass(frozen=True, slots=True)
class Board:
    """Title, preamble and articles of one language; `warnings` say what was lost on the way."""

    title: str = ""
    preamble: str = ""
    pieces: tuple[Piece, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def joined(self, index: int) -> "Board":
        """With article `index` put at the end of the one before it, its title kept as a heading inside."""
        if not 0 < index < len(self.pieces):
            return self
        before, one = self.pieces[index - 1], self.pieces[index]
        heading = f"### {one.title}" if one.title else ""
        text = "\n\n".join(part for part in (before.text, heading, one.text) if part)
        return self._with(index - 1, index + 1, replace(before, text=text))

    def cut(self, index: int, at: int) -> "Board":
        """With article `index` cut in two at the `at`-th of its places, from 1; a heading there is the new title."""
        places = self.pieces[index].places if 0 <= index < len(self.pieces) else []
        if not 0 < at <= len(places):
            return self
        one, place = self.pieces[index], places[at - 1]
        title, text = "", one.text[place:].strip()
        if text.startswith("#"):
            first, _break, rest = text.partition("\n")
            title, text = (first.lstrip("#").strip(), rest.strip()) if rest.strip() else ("", text)
        key = self._free(slugify(title)[:56].strip("-") or f"{one.key[:50]}-suite")
        return self._with(index, index + 1, replace(one, text=one.text[:place].strip()), Piece(key, title, text))

    def raised(self, index: int) -> "Board":
        """With article `index` one place higher."""
        if not 0 < index < len(self.pieces):
            return self
        return self._with(index - 1, index + 1, self.pieces[index], self.pieces[index - 1])

    def dropped(self, index: int) -> "Board":
        """Without article `index`."""
        return self._with(index, index + 1) if 0 <= index < len(self.pieces) else self

    def in_preamble(self, index: int) -> "Board":
        """With the text of article `index` put at the end of the preamble."""
        if not 0 <= index < len(self.pieces):
            return self
        one = self.pieces[index]
        parts = (self.preamble, f"### {one.title}" if one.title else "", one.text)
        return replace(self.dropped(index), preamble="\n\n".join(part for part in parts if part))

    def added(self) -> "Board":
        """With one more article, empty, at the end."""
        key = self._free(f"article-{len(self.pieces) + 1}")
        return replace(self, pieces=(*self.pieces, Piece(key, "", "")))

    def _with(self, start: int, end: int, *new: Piece) -> "Board":
        return replace(self, pieces=(*self.pieces[:start], *new, *self.pieces[end:]))

    def _free(self, key: str) -> str:
        taken = {one.key for one in self.pieces}
        return key if key not in taken else next(k for n in range(2, 999) if (k := f"{key}-{n}") not in taken)


def faults_of(board: Board) -> list[tuple[str, ...]]:
    """For each article, in words, what keeps it from standing in a charter; none when nothing does."""
    titles = Counter(one.title.casefold() for one in board.pieces if one.title)
    texts = Counter(one.text for one in board.pieces if one.text)
    keys = Counter(one.key for one in board.pieces)
    twice = [
        (titles[one.title.casefold()] > 1, texts[one.text] > 1, keys[one.key] > 1 and bool(one.key))
        for one in board.pieces
    ]
    return [(*_own_faults(one), *_shared_faults(*where)) for one, where in zip(board.pieces, twice, strict=True)]


def _own_faults(one: Piece) -> list[str]:
    checks = (
        (not one.title, _("Cet article n’a pas de titre.")),
        (len(one.title) > LONGEST_TITLE, _("Ce titre dépasse %(n)d signes.") % {"n": LONGEST_TITLE}),
        (not one.text, _("Cet article n’a pas de texte.")),
        (len(one.text) > LONGEST_TEXT, _("Ce texte dépasse %(n)d signes : coupez-le.") % {"n": LONGEST_TEXT}),
        (not re.fullmatch(KEY, one.key), _("La clé : lettres sans accent, chiffres et traits d’union.")),
    )
    return [sentence for is_wrong, sentence in checks if is_wrong]


def _shared_faults(title: bool, text: bool, key: bool) -> list[str]:
    checks = (
        (title, _("Un autre article a le même titre.")),
        (text, _("Un autre article a le même texte.")),
        (key, _("Un autre article a la même clé.")),
    )
    return [sentence for is_wrong, sentence in checks if is_wrong]
