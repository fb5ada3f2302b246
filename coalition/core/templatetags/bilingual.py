"""One text kept in two columns: show the reader's language, or the other rather than nothing."""

from typing import Any

from django import template
from django.conf import settings

from coalition.core.languages import reader_language

register = template.Library()


@register.filter
def tr(value: object, name: str) -> Any:
    """`{{ article|tr:"title" }}` -> `article.title_fr` or `article.title_en`, after the active language.

    When that column is empty or absent the site's other languages are tried in their order, then "". `value` is an
    object or a mapping.
    """
    active = reader_language()
    codes = [active, *(code for code, _label in settings.LANGUAGES if code != active)]
    for code in codes:
        key = f"{name}_{code}"
        text = value.get(key) if isinstance(value, dict) else getattr(value, key, None)
        if text:
            return text
    return ""
