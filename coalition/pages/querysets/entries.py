"""Pieces the other modules share: a line of a logbook, and the cases the reader is shown."""

from datetime import datetime
from typing import Any, TypedDict

from cases.models import CatalogueEntry
from coalition.core.languages import reader_language


class Entry(TypedDict, total=False):
    """One line of a logbook, as `components/log.html` draws it.

    `mark` names the fact, the same in every language and for ever; "" where its words are hidden.
    """

    date: datetime
    what: str
    title: str
    url: str
    text: str
    mark: str


def shown_cases() -> Any:
    """The catalogue as this reader sees it: each case once."""
    return CatalogueEntry.objects.shown_in(reader_language())
