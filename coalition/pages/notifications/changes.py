"""What changed in the date and the place of an event, in the language of the mail that tells it."""

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django_countries import countries

from coalition.core.gazetteer import city_name
from coalition.core.languages import reader_language
from coalition.core.moments import span_words


def changed_rows(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, str]]:
    """What changed between two sayings of date and place: label, before, after; only what differs to a reader."""
    rows = [
        (_("Date"), _span_of(before), _span_of(after)),
        (_("Lieu"), _place_of(before), _place_of(after)),
        (_("Lien"), before["online_url"], after["online_url"]),
    ]
    nothing = _("aucun")
    return [
        {"label": label, "before": was or nothing, "after": becomes or nothing}
        for label, was, becomes in rows
        if was != becomes
    ]


def _span_of(said: dict[str, Any]) -> str:
    starts_at, ends_at = (parse_datetime(said[name]) for name in ("starts_at", "ends_at"))
    return span_words(starts_at, ends_at, said["time_zone"]) if starts_at and ends_at else ""


def _place_of(said: dict[str, Any]) -> str:
    if not said["city"]:
        return ""
    city = city_name(said["geoname_id"], said["city"], reader_language())
    parts = (said["venue"], said["street"], city, str(countries.name(said["country"])))
    return ", ".join(part for part in parts if part)
