"""What a reader's words mean: read once, turned into one question for PostgreSQL. Nothing typed here is an error.

Words are folded as the index is. Each is looked for under its French stem, its English stem, as the beginning of a
word and under its synonyms; all of them must be there. Quotes keep words together, a minus takes away, « ou », "or" and
| leave the choice between the words on both sides.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import combinations
from operator import add, and_, or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Value, When

from coalition.core.languages import reader_language
from coalition.core.synonyms import NO_SYNONYMS, Phrase, Synonyms
from coalition.core.text import WORD, fold

LONGEST_TEXT = 400
MOST_WORDS = 20
MOST_PARTS = 5
"""Words looked at when only some of them are asked for: ten ways at most to choose half of them."""
SHORTEST_BEGINNING = 4
SHORTEST_LAST_BEGINNING = 3
CONFIGS = ("french", "english")
WEIGHTS = (0.05, 0.1, 0.4, 1.0)
"""Of a word in the story, nowhere, in the summary, in the title."""
LOOSE_SHARE = 0.3
"""What a synonym or a beginning counts, beside the word itself."""
SIDE_BY_SIDE = 0.2
"""What the words of a known phrase gain by standing together, which PostgreSQL's rank does not see."""
OWN_LANGUAGE = 1.15
"""The text in the reader's language comes a little before."""
ITEM = re.compile(r'(?P<minus>(?<!\S)-)?"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+)')
WHERE = re.compile(r"\boù\b", re.IGNORECASE)
QUOTES = str.maketrans(dict.fromkeys("«»“”„‟", '"'))
CHOICES = frozenset({"ou", "or", "|", "||"})
STOP_WORDS = frozenset(
    WORD.findall(
        "a au aux avec ce ces cette comment d dans de des du elle en est et etre eux exemple exemples il ils j je "
        "jusqu l la le les leur leurs lorsqu lui m mais me meme mes moi mon n ne nos notre nous on par pas pour "
        "puisqu qu que quel quelle quelles quels qui quoiqu s sa se ses si sont sur t ta te tes toi ton tu un une "
        "vos votre vous y an and are as at be been but by did do does example examples for from had has have how i "
        "if in into is its my of our she so than that the their them then there these they this those to was we "
        "were what when where which who why will with you your "
    )
)
"""Words of both languages that say nothing of a case; what is left of an elision or of a possessive too."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing asked: its words (folded), whether they stand together, in one piece, under which other names.

    `begins`: how many letters its one word needs to stand for the beginning of a longer one, 0 for never. `phrase`: all
    its words, when the glossary knows them as one term: side by side they count for more than apart.
    """

    words: Phrase
    together: bool = False
    joined: str = ""
    synonyms: tuple[Phrase, ...] = ()
    begins: int = 0
    phrase: Phrase = ()

    def exact(self) -> Any:
        """The words themselves, by their stems."""
        if self.phrase:
            return _phrase(self.phrase)
        if self.together:
            found = _phrase(self.words)
            return found | _stems(self.joined) if self.joined else found
        return self._apart()

    def _apart(self) -> Any:
        return reduce(and_, (_stems(word) for word in self.words))

    def loose(self) -> Any | None:
        """Its synonyms, the words of a known phrase apart, the longer words it begins; None when there are none."""
        others = [_phrase(phrase) for phrase in self.synonyms]
        others += [self._apart()] if self.phrase else []
        word = self.joined or (self.words[0] if len(self.words) == 1 else "")
        if self.begins and len(word) >= self.begins:
            others.append(SearchQuery(f"{word}:*", config="simple", search_type="raw"))
        return reduce(or_, others) if others else None

    def whole(self) -> Any:
        """Either."""
        loose = self.loose()
        return self.exact() if loose is None else self.exact() | loose


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: choices that must all be met (each a list of things, one of which is enough), things refused."""

    choices: tuple[tuple[Wanted, ...], ...] = ()
    refused: tuple[Wanted, ...] = ()

    def tsquery(self, *, partly: bool = False) -> Any | None:
        """The condition; `partly`: at least half of what is asked. None when there is nothing to ask."""
        parts = self._half() if partly else self._all()
        if self.refused:
            without = reduce(and_, (_without(wanted.words) for wanted in self.refused))
            return without if parts is None else parts & without
        return parts

    @property
    def divides(self) -> bool:
        """Whether asking for a part of it is another question."""
        return len(self.choices) > 1

    def _all(self) -> Any | None:
        return reduce(and_, map(_condition, self.choices)) if self.choices else None

    def _half(self) -> Any | None:
        """Any half of the things asked; of many, the longest words, which are the rarest."""
        longest = sorted(self.choices, key=_length, reverse=True)[:MOST_PARTS]
        conditions = [_condition(choice) for choice in longest]
        ways = combinations(conditions, (len(conditions) + 1) // 2)
        return reduce(or_, (reduce(and_, way) for way in ways)) if conditions else None

    def rank(self) -> Any | None:
        """How well a row of `CatalogueWords` answers, as an expression; None when nothing is asked for.

        Title before summary before story; the words themselves before what is like them; the more of them the better;
        a text in the reader's language a little before the other.
        """
        wanted = [each for choice in self.choices for each in choice]
        if not wanted:
            return None
        own = Case(When(page__language=reader_language(), then=Value(OWN_LANGUAGE)), default=Value(1.0))
        parts = [_rank(reduce(or_, (each.exact() for each in wanted))), *_loose_ranks(wanted), *_side_by_side(wanted)]
        return own * reduce(add, parts)


def _loose_ranks(wanted: list[Wanted]) -> list[Any]:
    loose = [found for each in wanted if (found := each.loose()) is not None]
    return [Value(LOOSE_SHARE) * _rank(reduce(or_, loose))] if loose else []


def _side_by_side(wanted: list[Wanted]) -> list[Any]:
    phrases = [_phrase(each.phrase) for each in wanted if each.phrase]
    return [Case(When(words=phrase, then=Value(SIDE_BY_SIDE)), default=Value(0.0)) for phrase in phrases]


def _rank(query: Any) -> SearchRank:
    return SearchRank(F("words"), query, weights=list(WEIGHTS), normalization=Value(1))


def _condition(choice: tuple[Wanted, ...]) -> Any:
    return reduce(or_, (wanted.whole() for wanted in choice))


def _length(choice: tuple[Wanted, ...]) -> int:
    return max(len("".join(wanted.words)) for wanted in choice)


def _forms(words: Phrase) -> Iterator[str]:
    """The words, and what the French stemmer does not unite: "lieu" and "lieux", "enjeu" and "enjeux"."""
    one = tuple(word[:-1] if word.endswith("eux") else word for word in words)
    many = tuple(f"{word}x" if word.endswith("eu") else word for word in words)
    return (" ".join(form) for form in dict.fromkeys((words, one, many)))


def _queries(words: Phrase) -> Iterator[SearchQuery]:
    kind = "phrase" if len(words) > 1 else "plain"
    return (SearchQuery(form, config=config, search_type=kind) for form in _forms(words) for config in CONFIGS)


def _phrase(words: Phrase) -> Any:
    return reduce(or_, _queries(words))


def _stems(word: str) -> Any:
    return _phrase((word,))


def _without(words: Phrase) -> Any:
    return reduce(and_, (~query for query in _queries(words)))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of the plain text; `mates` are all the words of the compound it begins, with their signs."""

    word: str
    mates: tuple[str, ...] = ()
    joined: str = ""

    @property
    def is_empty(self) -> bool:
        return self.word in STOP_WORDS or (len(self.word) == 1 and not self.word.isdigit())


@dataclass(slots=True)
class _Reading:
    """The question as it is being read."""

    synonyms: Synonyms
    choices: list[list[Wanted]] = field(default_factory=list)
    refused: list[Wanted] = field(default_factory=list)
    run: list[_Piece] = field(default_factory=list)
    spare: list[str] = field(default_factory=list)
    chooses: bool = False

    def add(self, wanted: Wanted) -> None:
        """One more thing asked, or another choice beside the last one."""
        if self.chooses and self.choices:
            self.choices[-1].append(wanted)
        else:
            self.choices.append([wanted])
        self.chooses = False

    def end_run(self) -> None:
        """Turn the words read so far into things asked: the longest phrases that have synonyms first."""
        rest = self.run
        while rest:
            length, wanted = self._first(rest)
            if wanted is None:
                self.spare.append(rest[0].word)
            else:
                self.add(wanted)
            rest = rest[length:]
        self.run = []

    def _first(self, pieces: list[_Piece]) -> tuple[int, Wanted | None]:
        """How many of these words are one thing asked, and this thing; None for a word that says nothing."""
        length, others = self.synonyms.find([piece.word for piece in pieces])
        first = pieces[0]
        if length > len(first.mates):
            return length, _known_phrase(pieces[:length], others)
        if first.mates:
            shared = others if length == len(first.mates) else ()
            known = Wanted(first.mates, together=True, joined=first.joined, synonyms=shared, begins=SHORTEST_BEGINNING)
            return len(first.mates), known
        return 1, None if first.is_empty else Wanted((first.word,), begins=SHORTEST_BEGINNING)


def _known_phrase(pieces: list[_Piece], others: tuple[Phrase, ...]) -> Wanted:
    """A term of the glossary, with its synonyms."""
    said = tuple(piece.word for piece in pieces)
    words = tuple(piece.word for piece in pieces if not piece.is_empty) or said
    phrase = said if len(said) > 1 else ()
    return Wanted(words, synonyms=others, begins=SHORTEST_BEGINNING, phrase=phrase)


def _pieces(term: str) -> Iterator[_Piece]:
    """The words of what stands between two spaces: parts of an apostrophe apart, parts of a compound together."""
    for part in term.split("'"):
        words = tuple(WORD.findall(part))
        if len(words) > 1:
            joined = "".join(words) if re.fullmatch(r"[a-z0-9-]+", part) else ""
            yield _Piece(words[0], mates=words, joined=joined)
            yield from (_Piece(word) for word in words[1:])
        elif words:
            yield _Piece(words[0])


def _items(text: str) -> Iterator[re.Match[str]]:
    cleaned = unicodedata.normalize("NFC", text[:LONGEST_TEXT]).translate(QUOTES)
    return ITEM.finditer(fold(WHERE.sub(" ", cleaned)))


def read_question(text: str, synonyms: Synonyms = NO_SYNONYMS) -> Question:
    """What these words ask. Stop words count only where there is nothing else; beyond twenty words nothing is read."""
    reading = _Reading(synonyms)
    for item in _items(text):
        _read(item, reading)
        if len(reading.choices) + len(reading.run) >= MOST_WORDS:
            break
    reading.end_run()
    if not reading.choices and not reading.refused:
        reading.choices = [[Wanted((word,))] for word in reading.spare[:MOST_WORDS]]
    choices = tuple(tuple(choice) for choice in reading.choices[:MOST_WORDS])
    return Question(_with_last_beginning(choices), tuple(reading.refused[:MOST_WORDS]))


def _read(item: re.Match[str], reading: _Reading) -> None:
    """One quoted phrase, one sign of choice, or one term with or without its minus."""
    plain = item["plain"]
    if plain is None:
        _read_together(item["quoted"], bool(item["minus"]), reading)
    elif plain.startswith("-") and plain[1:2].isalnum():
        _read_together(plain, True, reading)
    elif plain in CHOICES:
        reading.end_run()
        reading.chooses = bool(reading.choices)
    else:
        reading.run.extend(_pieces(plain))
        if reading.chooses:
            reading.end_run()


def _read_together(text: str, refused: bool, reading: _Reading) -> None:
    """Words asked, or refused, as they stand."""
    reading.end_run()
    words = tuple(WORD.findall(text))
    if words and refused:
        reading.refused.append(Wanted(words, together=True))
    elif words:
        reading.add(Wanted(words, together=True))


def _with_last_beginning(choices: tuple[tuple[Wanted, ...], ...]) -> tuple[tuple[Wanted, ...], ...]:
    """The last word may be on its way: it stands for longer ones from its third letter."""
    if not choices or not choices[-1][-1].begins:
        return choices
    *others, last = choices[-1]
    longer = replace(last, begins=SHORTEST_LAST_BEGINNING)
    return (*choices[:-1], (*others, longer))


def text_query(text: str, synonyms: Synonyms = NO_SYNONYMS) -> Any | None:
    """The tsquery of a reader's words, or None when they hold no letter and no figure."""
    return read_question(text, synonyms).tsquery()
