"""Words, dates and figures as a careful printer would set them, in French and in English."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from coalition.core.languages import reader_language

register = template.Library()

NARROW = "\u202f"
FIXED = "\u00a0"
MINUS = "\u2212"
TAG = re.compile(r"(<[^>]*>)")
RULES = (
    (re.compile(r"[ \u00a0]+([;!?%»])"), NARROW + r"\1"),
    (re.compile(r"«[ \u00a0]*(?=[^\s\u202f])"), "«" + NARROW),
    (re.compile(r"(?<=[^\s\u202f])»"), NARROW + "»"),
    (re.compile(r" +([:€])(?![/\w])"), FIXED + r"\1"),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NARROW),
    (re.compile(r"\b([nN][º°]) +(?=\d)"), r"\1" + FIXED),
    (re.compile(r"(?<=\w)(?:'|&#x27;|&#39;)(?=\w)"), "’"),
)
FORMATS = {"year": "Y", "month": "F Y", "day": "j F Y"}
STAMPS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}


def _french() -> bool:
    return reader_language() == "fr"


@register.filter(is_safe=True)
def typo(value: object) -> str:
    """French spacing and apostrophes, when the active language is French; other languages pass unchanged.

    Only spaces that are there change: narrow no-break before ; ! ? % », no-break before ":" and "€", narrow inside
    « » and between groups of three figures. Text already marked safe keeps its tags, its attributes and its entities
    untouched; plain text stays plain, so that it is still escaped afterwards.
    """
    text = "" if value is None else str(value)
    if not _french():
        return text if not isinstance(value, SafeString) else mark_safe(text)  # noqa: S308 - it was safe on entry
    if not isinstance(value, SafeString):
        return _set_french(text)
    parts = [part if part.startswith("<") else _set_french(part) for part in TAG.split(text)]
    return mark_safe("".join(parts))  # noqa: S308 - safe on entry, only spaces and apostrophes changed


def _set_french(text: str) -> str:
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text


@register.filter
def date_words(value: date | datetime | str | None, precision: str = "day") -> str:
    """A date in words in a `<time datetime>`: "22 novembre 2026", "22 November 2026"; "" for no date.

    `precision` is how much of it is known or worth saying: year, month, day, weekday (adds the name of the day) or
    minute (adds the hour in universal time, for datetimes). In French the first of a month is "1er". A date that is
    already in words stays as it is, in a `<span>`.
    """
    if not value:
        return ""
    if isinstance(value, str):
        return format_html("<span>{}</span>", value)
    if isinstance(value, datetime):
        return _moment_words(value, precision)
    words = _day_words(value) if precision not in ("year", "month") else format_date(value, FORMATS[precision])
    if precision == "weekday":
        words = format_html("{} {}", format_date(value, "l"), words)
    stamp = value.strftime(STAMPS.get(precision, STAMPS["day"]))
    return format_html('<time datetime="{}">{}</time>', stamp, words)


def _moment_words(value: datetime, precision: str) -> str:
    moment = value.astimezone(timezone.get_current_timezone()) if timezone.is_aware(value) else value
    if precision != "minute":
        return date_words(moment.date(), precision)
    utc = value.astimezone(timezone.get_fixed_timezone(0)) if timezone.is_aware(value) else value
    hour = f"{utc.hour}{FIXED}h{FIXED}{utc.minute:02d}" if _french() else f"{utc:%H:%M}"
    words = _("%(day)s à %(hour)s (temps universel)")
    html = format_html(words.replace("%(day)s", "{0}").replace("%(hour)s", "{1}"), _day_words(utc.date()), hour)
    return format_html('<time datetime="{}">{}</time>', f"{utc:%Y-%m-%dT%H:%M}Z", html)


def _day_words(value: date) -> str:
    if value.day == 1 and _french():
        return format_html("1<sup>er</sup> {}", format_date(value, "F Y"))
    return format_date(value, FORMATS["day"])


@register.filter
def number(value: object, decimals: int | None = None) -> str:
    """A figure to read: thousands apart by a narrow space, decimal comma in French (point in English), true minus.

    `decimals` rounds to that many places (a half goes to the even neighbour). What is not a number comes back
    as it is.
    """
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return "" if value is None else str(value)
    if not amount.is_finite():
        return str(value)
    if decimals is not None:
        amount = round(amount, int(decimals))
    text = f"{abs(amount):,f}".replace(",", NARROW)
    if _french():
        text = text.replace(".", ",")
    return f"{MINUS}{text}" if amount < 0 else text


@register.filter
def ordinal(value: object, gender: str = "m") -> str:
    """A rank: 1er, 2e (1re with gender "f") in French, 1st, 2nd, 3rd, 11th in English; other things unchanged."""
    try:
        rank = int(str(value))
    except ValueError:
        return "" if value is None else str(value)
    if _french():
        suffix = ("re" if gender == "f" else "er") if rank == 1 else "e"
    elif rank % 100 in (11, 12, 13):
        suffix = "th"
    else:
        suffix = {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return format_html("{}<sup>{}</sup>", number(rank), suffix)
