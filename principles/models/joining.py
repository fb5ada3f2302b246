"""What two people wrote on one reading of a draft, brought together field by field: pure functions."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from principles.merge import MergeResult, merge_texts
from principles.models.texts import MAX_MOTIVE, MAX_TEXT, MAX_TITLE, settle_text

LONGEST: dict[str, int] = {
    "title": MAX_TITLE,
    "article_title_fr": MAX_TITLE,
    "text_fr": MAX_TEXT,
    "article_title_en": MAX_TITLE,
    "text_en": MAX_TEXT,
    "motive": MAX_MOTIVE,
    "after_key": 60,
}
"""The fields of a draft that people write together, in the order of the form, each with its length in characters."""
WORDS = tuple(LONGEST)
ONE_LINE = ("title", "article_title_fr", "article_title_en")
WHOLE = ("after_key",)
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Clash:
    """One passage of `field` that two people wrote differently, with what both had read."""

    field: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The outcome of `join_words`: `words` has every field that needs nobody, `clashes` what a person decides."""

    words: dict[str, str]
    clashes: tuple[Clash, ...] = ()
    merges: dict[str, MergeResult] = field(default_factory=dict)

    @property
    def seen(self) -> str:
        """Names these clashes: a choice made on a page holds as long as the passages it showed are the same."""
        told = [[one.field, one.base, one.mine, one.theirs] for one in self.clashes]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]

    def resolved(self, choices: Sequence[str]) -> dict[str, str]:
        """Every field, with `choices[n]` in the place of clash n. ValueError unless one choice per clash."""
        if len(choices) != len(self.clashes):
            raise ValueError(f"{len(self.clashes)} clashes, {len(choices)} choices")
        chosen: dict[str, list[str]] = {}
        for clash, choice in zip(self.clashes, choices, strict=True):
            chosen.setdefault(clash.field, []).append(choice)
        told = {
            name: self.merges[name].resolved(said) if name in self.merges else said[0] for name, said in chosen.items()
        }
        return {**self.words, **{name: settled(name, said) for name, said in told.items()}}


def settled(name: str, text: str) -> str:
    """`text` as the draft keeps it: settled, and without line ends where the field is one line."""
    text = settle_text(text)
    return " ".join(text.split()) if name in ONE_LINE else text


def join_words(base: Words, mine: Words, theirs: Words) -> Joined:
    """Merge each field three ways; texts sentence by sentence (`merge_texts`), a place as a whole.

    A field whose merge would be longer than it may be is a clash of its two whole readings.
    """
    words: dict[str, str] = {}
    clashes: list[Clash] = []
    merges: dict[str, MergeResult] = {}
    for name in WORDS:
        text, merged = _join_field(name, base[name], mine[name], theirs[name])
        if text is not None:
            words[name] = text
        elif merged is None:
            clashes.append(Clash(name, base[name], mine[name], theirs[name]))
        else:
            merges[name] = merged
            clashes += [Clash(name, one.base, one.proposed, one.current) for one in merged.conflicts]
    return Joined(words, tuple(clashes), merges)


def _join_field(name: str, base: str, mine: str, theirs: str) -> tuple[str | None, MergeResult | None]:
    """The text of one field; or None and its merge with conflicts, or without it where it is chosen as a whole."""
    if mine == theirs or theirs == base:
        return mine, None
    if mine == base:
        return theirs, None
    if name in WHOLE:
        return None, None
    merged = merge_texts(base, mine, theirs)
    if merged.text is None:
        return None, merged
    text = settled(name, merged.text)
    return (text, None) if len(text) <= LONGEST[name] else (None, None)
