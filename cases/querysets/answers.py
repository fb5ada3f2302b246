"""What the catalogue answers to one question: which rows, in which order, and every figure around them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pyroaring import BitMap

from cases.enums import SQUARE, Facet, Sort
from cases.querysets.bitmaps import Choice, Place, Spot
from cases.querysets.live import CELL, CITY, SHOWN_IN, current_index
from cases.querysets.ranking import RANKED, Matches, best_first, matching
from cases.querysets.text import Question, read_question
from coalition.core.synonyms import load_synonyms
from coalition.core.text import fold

if TYPE_CHECKING:
    from cases.search import Selection


@dataclass(slots=True)
class Counts:
    """Figures around a list: all cases, those found, those found by stage, and what each facet's values would give."""

    total: int = 0
    found: int = 0
    tally: dict[str, int] = field(default_factory=dict)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


class Answer:
    """The rows a selection finds among those shown to readers of a language: a sequence, read when it is sliced.

    The index is that of the moment the answer was made: figures and pages of one answer agree with each other. Rows
    are read from the table, so that one withdrawn a moment later is not shown. `partly`: no text says all the words
    that were searched; those found say a part of them.
    """

    def __init__(self, entries: Any, selection: "Selection", language: str) -> None:
        self._entries = entries
        self._using = entries.db
        self._language = language
        self.selection = selection
        self.partly = False
        self.index = current_index(self._using)
        self._shown = self.index.holding(SHOWN_IN, (language,))
        self._choice = self._choose(selection)
        self.ids = self._choice.found()

    @cached_property
    def _question(self) -> Question:
        return read_question(self.selection.q, load_synonyms())

    @cached_property
    def _matches(self) -> Matches:
        """The texts that say all the words; when there is none, those that say a part of them."""
        found: Matches = self.index.remember(("matches", self._question), self._look_for)
        self.partly = found.partly
        return found

    def _look_for(self) -> Matches:
        wider = self._question.tsquery(partly=True) if self._question.divides else None
        return matching(self._question.tsquery(), wider, self._using)

    def _choose(self, selection: "Selection") -> Choice:
        start = self._shown
        if selection.q.strip():
            start = start & self._matches.anywhere
        if selection.city:
            start = start & self.index.holding(CITY, (fold(selection.city),))
        asked = {name: self.index.holding(name, values) for name, values in selection.facets if name != SQUARE}
        if selection.of(SQUARE):
            asked[SQUARE] = self.index.within(CELL, selection.of(SQUARE))
        return Choice(start, asked)

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, wanted: slice) -> list[Any]:
        start, stop, _step = wanted.indices(len(self.ids))
        return self._read(self._numbers(start, stop))

    def counts(self) -> Counts:
        """All figures. A facet counts what each value would give under the other filters."""
        facets: dict[str, dict[str, int]] = {
            str(name): self.index.counts(name, self._choice.found(besides=name)) for name in Facet
        }
        tally = self.index.counts(Facet.STAGE, self.ids)
        return Counts(total=len(self._shown), found=len(self.ids), tally=tally, facets=facets)

    def place_counts(self) -> list[tuple[Place, Spot, int]]:
        """How many of the rows found stand at each place."""
        return [(place, self.index.spots[place], n) for place, n in self.index.place_counts(self.ids).items()]

    def how_many(self, other: "Selection") -> int:
        """How many rows a wider selection (the same, with filters off) would find. No query."""
        return len(self._choose(other).found())

    def each(self) -> Iterator[Any]:
        """Every row found, in order, a few in memory at a time. One query, read through a cursor of the server."""
        yield from self._entries.model._default_manager.using(self._using).in_this_order(self._numbers(0, len(self)))

    def _numbers(self, start: int, stop: int) -> list[int]:
        order = self.selection.order
        if order != Sort.RELEVANCE or not self._question.choices:
            return self._by(order, self.ids, start, stop)
        head = self._head()
        return [*head[start:stop], *self._tail(head, max(start - len(head), 0), max(stop - len(head), 0))]

    def _by(self, order: str, among: BitMap, start: int, stop: int) -> list[int]:
        name = order if order in self.index.orders else Sort.UPDATED
        return self.index.orders[name].slice(among, start, stop)

    def _head(self) -> list[int]:
        """The first of them by relevance, compared once for all pages of the answer."""
        asked = ("head", self._question, self._language, self.selection.facets, self.selection.city)
        head: list[int] = self.index.remember(asked, self._compare)
        return head

    def _compare(self) -> list[int]:
        """The candidates worth comparing, best first: titles that answer, the latest first, then other texts."""
        titles, others = self.ids & self._matches.in_title, self.ids - self._matches.in_title
        candidates = self._by(Sort.UPDATED, titles, 0, RANKED)
        candidates += self._by(Sort.UPDATED, others, 0, RANKED - len(candidates))
        return best_first(self._question, candidates, self._using)

    def _tail(self, head: list[int], start: int, stop: int) -> list[int]:
        """What comes after the candidates: other titles, then other texts, the latest first."""
        if stop <= start:
            return []
        rest = self.ids - BitMap(head)
        titles, others = rest & self._matches.in_title, rest - self._matches.in_title
        numbers = self._by(Sort.UPDATED, titles, start, stop)
        beyond = max(start - len(titles), 0), max(stop - len(titles), 0)
        return [*numbers, *self._by(Sort.UPDATED, others, *beyond)]

    def _read(self, numbers: list[int]) -> list[Any]:
        rows = {row.pk: row for row in self._entries.filter(pk__in=numbers).light()}
        return [rows[number] for number in numbers if number in rows]
