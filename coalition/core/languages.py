"""Which of the site's languages the page being written speaks."""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import get_language, override


def reader_language() -> str:
    """The two letters of the active language, "fr" or "en"; the site's first one when none is active."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def language_mark(language: str) -> str:
    """The `lang` a text of that language is marked with: "" where it is the reader's own."""
    return "" if language == reader_language() else language


def in_each_language(address: Callable[[], str]) -> dict[str, str]:
    """What `address` gives in each language of the site, for the language switch."""
    urls = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            urls[code] = address()
    return urls
