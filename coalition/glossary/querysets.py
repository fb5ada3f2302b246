"""Reading the terms: in the order of the alphabet of a language, and as groups of words that say the same."""

from typing import Any

from django.db import models

from coalition.core.text import fold

NAMES = ("term_fr", "term_en", "acronym", "synonyms_fr", "synonyms_en")


class TermQuerySet(models.QuerySet[Any]):
    def alphabetical(self) -> list[Any]:
        """Every term by its name in the reader's language, accents folded. One query."""
        return sorted(self, key=lambda term: fold(term.label))

    def by_letter(self) -> list[tuple[str, list[Any]]]:
        """The same, under their first letters; what begins with a figure or a sign stands under "#"."""
        letters: dict[str, list[Any]] = {}
        for term in self.alphabetical():
            letters.setdefault(term.letter, []).append(term)
        return list(letters.items())

    def synonym_groups(self) -> list[list[str]]:
        """The names of each term in both languages, its acronym and its synonyms. One query, no definition read."""
        rows = self.values_list(*NAMES)
        return [[*(name for name in row[:3] if name), *row[3], *row[4]] for row in rows]
