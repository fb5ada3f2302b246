"""Which of the site's languages the page being written speaks."""

from django.conf import settings
from django.utils.translation import get_language


def reader_language() -> str:
    """The two letters of the active language, "fr" or "en"; the site's first one when none is active."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]
