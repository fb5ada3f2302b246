"""Words that say the same thing, as an app above the floor knows them: the glossary, for the search of cases.

The app that keeps them registers a source from its `apps.py`; whoever searches asks here and never imports that app.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coalition.core.text import words_of

Group = Sequence[str]
Source = Callable[[], Iterable[Group]]
Phrase = tuple[str, ...]
LONGEST_PHRASE = 6
PLURALS = ("s", "x")
_sources: list[Source] = []


def singular(word: str) -> str:
    """A folded word without the mark of its plural: "lieux" and "lieu" meet; words of three letters stay."""
    return word[:-1] if len(word) > 3 and word.endswith(PLURALS) else word


def _key(phrase: Iterable[str]) -> Phrase:
    return tuple(singular(word) for word in phrase)


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Phrases by their words in the singular, each with the other ways to say it."""

    others: dict[Phrase, tuple[Phrase, ...]]

    def find(self, words: Sequence[str]) -> tuple[int, tuple[Phrase, ...]]:
        """How many of the first of these folded words are a phrase that has synonyms, and these; (0, ()) otherwise."""
        for length in range(min(len(words), LONGEST_PHRASE), 0, -1):
            others = self.others.get(_key(words[:length]))
            if others:
                return length, others
        return 0, ()


NO_SYNONYMS = Synonyms({})


def register_synonym_source(source: Source) -> None:
    """Let `source` say groups of synonyms: each call reads them anew, in one query."""
    if source not in _sources:
        _sources.append(source)


def group_synonyms(groups: Iterable[Group]) -> Synonyms:
    """The table of these groups; a phrase of two groups has the synonyms of both. Phrases beyond six words are left."""
    found: dict[Phrase, dict[Phrase, None]] = {}
    for group in groups:
        phrases = [words for text in group if 0 < len(words := tuple(words_of(text))) <= LONGEST_PHRASE]
        for phrase in phrases:
            known = found.setdefault(_key(phrase), {})
            known.update({other: None for other in phrases if _key(other) != _key(phrase)})
    return Synonyms({phrase: tuple(others) for phrase, others in found.items() if others})


def load_synonyms() -> Synonyms:
    """What every source knows today: as many queries as there are sources, so that a new term widens at once."""
    return _grouped(tuple(tuple(group) for source in _sources for group in source()))


@lru_cache(maxsize=2)
def _grouped(groups: tuple[Group, ...]) -> Synonyms:
    """The table last made is kept: groups change when somebody writes in the glossary."""
    return group_synonyms(groups)
