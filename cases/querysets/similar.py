"""Cases like another one, by what they share: instruments, priorities, domain, place, words.

Publishing writes into each row the marks of its case. Those rare enough to mean something lead to a few hundred rows at
most, whatever the size of the catalogue; these are compared here.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.cache import caches

from cases.querysets.text import STOP_WORDS
from coalition.core.synonyms import singular
from coalition.core.text import fold, words_of

if TYPE_CHECKING:
    from cases.models.catalogue import CatalogueEntry
    from cases.querysets.catalogue import CatalogueQuerySet

MOST_WORDS = 16
SHORTEST_WORD = 4
LONGEST_MARK = 80
MOST_REPEATS = 3
IN_TITLE, IN_SUMMARY = 3, 2
SAMPLE = 1_000
"""The rows, newest first, by which the rarity of a mark is judged."""
KEPT = 600
"""Seconds this judgement is kept."""
REACH = 0.05
"""Share of the catalogue that the marks looked for may lead to."""
MOST_CANDIDATES = 300
SHARED = 2
"""Marks two cases share at least to be called alike."""
SHOWN = 4
CACHE_KEY = "cases.similar.rarity"


def words_that_mark(*, title: str, summary: str, body: str) -> list[str]:
    """The words a case says most, in the singular, folded: those of its title first, then of its summary, then its own.

    At most sixteen. Figures, stop words and words of less than four letters mark nothing.
    """
    weights: Counter[str] = Counter()
    for text, weight in ((title, IN_TITLE), (summary, IN_SUMMARY)):
        weights.update(dict.fromkeys(_marking(text), weight))
    said = Counter(_marking(body))
    weights.update({word: min(count, MOST_REPEATS) for word, count in said.items()})
    ranked = sorted(weights, key=lambda word: (-weights[word], -len(word), word))
    return ranked[:MOST_WORDS]


def _marking(text: str) -> Iterable[str]:
    words = (singular(word) for word in words_of(text) if word not in STOP_WORDS)
    return (word for word in words if len(word) >= SHORTEST_WORD and word.isalpha() and len(word) <= LONGEST_MARK)


def marks_of(*, words: Sequence[str], vocabulary: Mapping[str, Iterable[str]], city: str) -> list[str]:
    """What marks a case: its words, its terms as "instruments:sensor", its city as "city:lome"; each once."""
    terms = [f"{name}:{key}" for name, keys in vocabulary.items() for key in keys if key]
    place = [f"city:{fold(city)}"[:LONGEST_MARK]] if city else []
    return list(dict.fromkeys([*words, *terms, *place]))


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many rows of a sample hold each mark."""

    rows: int
    counts: Mapping[str, int]

    def weight(self, mark: str) -> float:
        """What sharing it says: nothing when all rows hold it."""
        return math.log((self.rows + 1) / (self.counts.get(mark, 0) + 1))

    def leads(self, marks: Iterable[str]) -> list[str]:
        """The rarest of these marks that another row may hold, as long as all together lead to few rows."""
        ranked = sorted(marks, key=lambda mark: self.counts.get(mark, 0))
        limit = MOST_CANDIDATES if self.rows < SAMPLE else self.rows * REACH
        reached = 0
        kept: list[str] = []
        for mark in ranked:
            reached += self.counts.get(mark, 0)
            if kept and reached > limit:
                break
            kept.append(mark)
        return kept


def _rarity(entries: "CatalogueQuerySet") -> Rarity:
    """Judged on the newest rows, once in ten minutes; one query then."""
    kept = caches["parts"].get(CACHE_KEY)
    if kept is not None:
        return Rarity(*kept)
    newest = list(entries.order_by("-page_id").values_list("marks", flat=True)[:SAMPLE])
    counts = Counter(mark for marks in newest for mark in marks)
    caches["parts"].set(CACHE_KEY, (len(newest), counts), KEPT)
    return Rarity(len(newest), counts)


def similar_cases(entries: "CatalogueQuerySet", entry: "CatalogueEntry", language: str) -> "list[CatalogueEntry]":
    """At most four published cases like that of `entry`, the most alike first, each as this language shows it.

    Never the case itself nor its translations. Two queries, and one more when the rarity of marks is judged anew.
    """
    if not entry.marks:
        return []
    rarity = _rarity(entries)
    near = entries.shown_in(language).filter(marks__overlap=rarity.leads(entry.marks))
    near = near.exclude(translation_key=entry.translation_key).order_by()
    own = set(entry.marks)
    ranked: list[tuple[float, Any]] = []
    for key, marks in near.values_list("page_id", "marks")[:MOST_CANDIDATES]:
        shared = own.intersection(marks)
        if len(shared) >= SHARED:
            ranked.append((sum(map(rarity.weight, shared)), key))
    best = [key for _weight, key in sorted(ranked, key=lambda pair: (-pair[0], -pair[1]))[:SHOWN]]
    found = entries.light().in_bulk(best)
    return [found[key] for key in best if key in found]
