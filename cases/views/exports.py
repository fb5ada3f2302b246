"""The list to take away: table, map and feed, under the same filters."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.enums import Sort
from cases.models import CatalogueEntry
from cases.search import Selection, read_selection
from coalition.core.languages import reader_language
from coalition.core.tables import csv_stream, geojson_stream

FEED_LENGTH = 50
HEADER = (
    "number", "language", "title", "summary", "organisation", "country", "city", "latitude", "longitude", "kind",
    "stage", "domain", "priorities", "instruments", "layer", "responsibility", "scope", "cost_band", "connectivity",
    "principles", "languages", "has_indicators", "is_failed_or_stopped", "reproductions", "figure_value",
    "figure_label", "started_on", "ended_on", "ongoing", "published_at", "updated_at", "url",
)  # fmt: skip
"""Several keys in one cell are separated by spaces; the codebook says what each means."""


def _found(request: HttpRequest) -> Iterator[Any]:
    """The cases the address asks for, in its order, a few at a time."""
    return CatalogueEntry.objects.answer(read_selection(request.GET), reader_language()).each()


def _line(entry: CatalogueEntry) -> list[Any]:
    said: dict[str, Any] = {
        "organisation": entry.organisation_name,
        "country": entry.country.code or "",
        "published_at": entry.published_at.isoformat(),
        "updated_at": entry.updated_at.isoformat(),
        "url": settings.BASE_URL + entry.permanent_url,
    }
    return [said[name] if name in said else _cell(getattr(entry, name)) for name in HEADER]


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return " ".join(value) if isinstance(value, list) else value


@require_safe
def case_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The cases found, as a table."""
    return csv_stream(f"{_('cas')}.csv", HEADER, (_line(entry) for entry in _found(request)))


@require_safe
def case_geojson(request: HttpRequest) -> StreamingHttpResponse:
    """The cases found that have a place, as points (RFC 7946: longitude first)."""
    return geojson_stream(_feature(entry) for entry in _found(request) if entry.latitude is not None)


def _feature(entry: CatalogueEntry) -> dict[str, Any]:
    names = (
        "number",
        "language",
        "title",
        "summary",
        "city",
        "stage",
        "domain",
        "kind",
        "priorities",
        "scope",
        "layer",
    )
    properties = {name: getattr(entry, name) for name in names}
    properties["country"] = entry.country.code or ""
    properties["organisation"] = entry.organisation_name
    properties["url"] = settings.BASE_URL + entry.permanent_url
    point = {"type": "Point", "coordinates": [entry.longitude, entry.latitude]}
    return {"type": "Feature", "id": entry.number, "geometry": point, "properties": properties}


class CaseFeed(Feed[CatalogueEntry, Selection]):
    """The cases an address asks for, latest change first; a reader follows a question, not only the site."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Selection:
        return read_selection(request.GET)

    def title(self, _selection: Selection) -> str:
        return _("Les cas")

    def subtitle(self, _selection: Selection) -> str:
        return _("Ce que les villes ont essayé, chiffres et preuves à l’appui.")

    def link(self, selection: Selection) -> str:
        return reverse("case_index") + selection.query()

    def feed_url(self, selection: Selection) -> str:
        return reverse("case_feed") + selection.query()

    def items(self, selection: Selection) -> Any:
        latest = replace(selection, sort=Sort.UPDATED)
        return CatalogueEntry.objects.answer(latest, reader_language())[:FEED_LENGTH]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        return str(item.permanent_url)

    def item_guid(self, item: Any) -> str:
        return f"{settings.BASE_URL}{item.permanent_url}"

    def item_pubdate(self, item: Any) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Any) -> datetime:
        return item.updated_at

    def item_author_name(self, item: Any) -> str:
        return str(item.organisation_name)
