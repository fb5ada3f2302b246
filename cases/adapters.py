"""Cases as lower apps know them: things to follow, by their number."""

from collections.abc import Iterable, Mapping
from typing import Any

from cases.models import CatalogueEntry
from coalition.core.following import Target
from coalition.core.languages import reader_language

CASE = "case"


class CaseTargets:
    """Registered as the source of "case"; the key is the number of the case."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """The public ones, in the reader's language where they have a text in it. One query."""
        numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 10]
        entries = CatalogueEntry.objects.shown_in(reader_language()).light().filter(number__in=numbers)
        return {str(entry.number): Target(CASE, str(entry.number), entry.title, entry.url) for entry in entries}


case_targets = CaseTargets()
