"""The list of events: to come, then past; filters with counts; table and calendar under the same filters."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from django_countries import countries

from coalition.core.access import can
from coalition.core.facets import short_facet
from coalition.core.gazetteer import city_name
from coalition.core.languages import in_each_language, reader_language
from coalition.core.navigation import crumbs
from coalition.core.tables import csv_response
from coalition.core.text import fold
from coalition.notifications.agenda.calendar import write_calendar
from coalition.notifications.routing import HOME
from coalition.pages.enums import EventKind, When, Where
from coalition.pages.models import Event, event_line
from coalition.pages.search import EventSelection, Found, find_events, read_event_selection, read_in_order
from coalition.pages.views.agenda import deadline_of

PER_PAGE = 20
MOST_CITIES = 12
CHOICES: dict[str, Any] = {"when": When, "kind": EventKind, "where": Where}
HEADER = (
    "slug", "title", "summary", "kind", "state", "language", "starts_at", "ends_at", "time_zone", "venue", "street",
    "city", "country", "online_url", "spoken", "organisation", "coalition", "cancel_reason", "url",
)  # fmt: skip


def event_url(selection: EventSelection) -> str:
    """The address at which the list answers this selection, in the reader's language."""
    return reverse("events") + selection.query()


def _legends() -> dict[str, str]:
    return {
        "when": _("Quand"),
        "kind": _("Nature"),
        "where": _("Comment y assister"),
        "coalition": _("Coalition"),
        "country": _("Pays"),
        "city": _("Ville"),
    }


def _label(facet: str, value: str, found: Found) -> str:
    if facet in CHOICES:
        return str(CHOICES[facet](value).label)
    if facet == "coalition":
        return _("Coalition nº %(number)s") % {"number": value}
    if facet == "country":
        return str(countries.name(value)) or value
    return city_name(found.cities.get(value), value, reader_language())


def _options(facet: str, chosen: tuple[str, ...], found: Found) -> list[dict[str, Any]]:
    """What each value would give; chosen ones stay, even at zero."""
    counts: Counter[str] = found.facets[facet]
    values: Iterable[str] = {*counts, *chosen}
    options = [
        {"value": value, "label": _label(facet, value, found), "count": counts[value], "checked": value in chosen}
        for value in values
    ]
    if facet in CHOICES:
        order = CHOICES[facet].values
        return sorted(options, key=lambda one: order.index(one["value"]))
    return sorted(options, key=lambda one: (not one["checked"], -int(one["count"]), fold(str(one["label"]))))


def _facets(selection: EventSelection, found: Found) -> list[dict[str, Any]]:
    facets = []
    for name, legend in _legends().items():
        options = _options(name, selection.of(name), found)
        facets.append(short_facet(name, legend, options, MOST_CITIES))
    return [facet for facet in facets if facet["options"]]


def _chips(selection: EventSelection, found: Found) -> list[dict[str, str]]:
    return [
        {"label": _label(facet, value, found), "url": event_url(selection.without(facet, value))}
        for facet, value in selection.pairs()
    ]


def _page(request: HttpRequest, found: Found, now: datetime) -> Page[Any]:
    page: Page[Any] = Paginator(found.keys, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [event_line(event, now) for event in read_in_order(list(page.object_list))]
    return page


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Every public event: those to come first, the nearest on top, then the past ones."""
    now, selection = timezone.now(), read_event_selection(request.GET)
    request.translated_urls = in_each_language(lambda: event_url(selection))  # type: ignore[attr-defined]
    found = find_events(selection, now)
    page = _page(request, found, now)
    context = {
        "here": reverse("events"),
        "page": page,
        "coming": [line for line in page.object_list if not line["past"]],
        "past": [line for line in page.object_list if line["past"]],
        "found": found,
        "count": len(found.keys),
        "facets": _facets(selection, found),
        "filters": len(selection.pairs()),
        "chips": _chips(selection, found),
        "may_write": bool(can(request.user, "event.create")),
        "csv": reverse("event_csv") + selection.query(),
        "calendar": reverse("event_calendar") + selection.query(),
        "json": reverse("api_events") + selection.query(),
        "crumbs": crumbs(_("Rendez-vous"), reverse("events")),
    }
    return render(request, "events/list.html", context)


def _all_found(request: HttpRequest) -> list[Event]:
    return read_in_order(find_events(read_event_selection(request.GET), timezone.now()).keys)


def _row(event: Event) -> list[Any]:
    return [
        event.slug,
        event.title,
        event.summary,
        event.kind,
        event.state,
        event.language,
        event.starts_at.astimezone(event.zone).isoformat(),
        event.ends_at.astimezone(event.zone).isoformat(),
        event.time_zone,
        event.venue,
        event.street,
        event.city,
        event.country.code or "",
        event.online_url,
        " ".join(event.spoken),
        event.organisation.name if event.organisation else "",
        event.coalition.number if event.coalition else "",
        event.cancel_reason,
        f"{settings.BASE_URL}{event.get_absolute_url()}",
    ]


@require_safe
def event_csv(request: HttpRequest) -> HttpResponse:
    """The events found, as a table."""
    return csv_response("rendez-vous.csv", HEADER, (_row(event) for event in _all_found(request)))


def calendar_response(name: str, filename: str, found: Iterable[Event]) -> HttpResponse:
    """An iCalendar file of these events, each told in its own time zone."""
    deadlines = [deadline_of(event) for event in found]
    content = write_calendar(name=name, deadlines=deadlines, zone=HOME, language=reader_language())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return response


@require_safe
@conditional_page
def event_calendar(request: HttpRequest) -> HttpResponse:
    """The events found, for programs that subscribe to them."""
    name = _("%(site)s : rendez-vous") % {"site": settings.WAGTAIL_SITE_NAME}
    return calendar_response(name, "rendez-vous.ics", _all_found(request))
