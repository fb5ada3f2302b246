"""Pieces the other modules share: a line of a logbook, the reader's language, what the reader is shown."""

from datetime import datetime
from typing import Any, TypedDict

from django.conf import settings
from django.utils.translation import get_language

from cases.models import CatalogueEntry


class Entry(TypedDict, total=False):
    """One line of a logbook, as `components/log.html` draws it."""

    date: datetime
    what: str
    title: str
    url: str
    text: str


def reader_language() -> str:
    """ "fr" or "en"."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def shown_cases() -> Any:
    """The catalogue as this reader sees it: each case once."""
    return CatalogueEntry.objects.shown_in(reader_language())
