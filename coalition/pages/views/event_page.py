"""The page of one event, its calendar file, and what the pages of others show of events."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from coalition.core.access import can, is_signed_in, require
from coalition.core.languages import in_each_language, language_mark, reader_language
from coalition.core.moments import same_clock, span_words
from coalition.core.templatetags.bilingual import tr
from coalition.pages.enums import PUBLIC, EventState
from coalition.pages.models import Event
from coalition.pages.views.event_list import calendar_response

ACTS = ("edit", "publish", "cancel", "report", "withdraw")
ONLINE = "https://schema.org/OnlineEventAttendanceMode"
OFFLINE = "https://schema.org/OfflineEventAttendanceMode"
MIXED = "https://schema.org/MixedEventAttendanceMode"


def find_event(request: HttpRequest, slug: str, action: str = "event.view") -> Event:
    """The event, if this reader may do `action` to it; 404 when there is none."""
    event: Event = get_object_or_404(Event.objects.whole().select_related("author"), slug=slug)
    require(request.user, action, event)
    return event


def event_crumbs(title: str, event: Event | None = None) -> list[dict[str, str]]:
    """From home through the list, and through the event for what is below it."""
    trail = [
        {"label": _("Accueil"), "url": f"/{reader_language()}/"},
        {"label": _("Rendez-vous"), "url": reverse("events")},
    ]
    if event is not None:
        trail.append({"label": event.title, "url": event.get_absolute_url()})
    return [*trail, {"label": title, "url": ""}]


def schema_org(event: Event) -> dict[str, Any]:
    """The event in schema.org's words; what a search engine shows of it."""
    status = "EventCancelled" if event.state == EventState.CANCELLED else "EventScheduled"
    places: list[dict[str, Any]] = []
    if event.is_on_site:
        address = {"@type": "PostalAddress", "addressLocality": event.city, "addressCountry": event.country.code}
        if event.street:
            address["streetAddress"] = event.street
        places.append({"@type": "Place", "name": event.venue or event.city, "address": address})
    if event.online_url:
        places.append({"@type": "VirtualLocation", "url": event.online_url})
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "inLanguage": event.spoken or [event.language],
        "startDate": event.starts_at.astimezone(event.zone).isoformat(),
        "endDate": event.ends_at.astimezone(event.zone).isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": MIXED if len(places) > 1 else ONLINE if event.online_url else OFFLINE,
        "location": places[0] if len(places) == 1 else places,
        "organizer": {"@type": "Organization", "name": event.holder, "url": settings.BASE_URL + _home_of(event)},
        "url": settings.BASE_URL + event.get_absolute_url(),
    }


def _home_of(event: Event) -> str:
    """The page of who holds it."""
    if event.organisation is not None:
        return str(event.organisation.get_absolute_url())
    return reverse("coalition_by_number", args=[event.coalition.number]) if event.coalition else reverse("events")


def event_context(request: HttpRequest, event: Event, now: datetime) -> dict[str, Any]:
    """What the sheet of an event shows, to this reader."""
    own = getattr(request.user, "time_zone", "") if is_signed_in(request.user) else ""
    elsewhere = bool(own) and not same_clock(own, event.time_zone, event.starts_at)
    return {
        "event": event,
        "past": event.is_past(now),
        "begun": event.has_begun(now),
        "when": span_words(event.starts_at, event.ends_at, event.time_zone),
        "own_when": span_words(event.starts_at, event.ends_at, own) if elsewhere else "",
        "text_lang": language_mark(event.language),
        "coalition_name": tr(event.coalition, "name") if event.coalition else "",
        "is_public": event.state in PUBLIC,
    }


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """When, where, how to come, what came out of it; for those who write it, what they may do now."""
    found, now = find_event(request, slug), timezone.now()
    request.translated_urls = in_each_language(found.get_absolute_url)  # type: ignore[attr-defined]
    may = {name: bool(can(request.user, f"event.{name}", found)) for name in ACTS}
    may["cancel"] = may["cancel"] and not found.is_past(now)
    may["report"] = may["report"] and found.has_begun(now)
    context = {
        **event_context(request, found, now),
        "may": may,
        "may_act": any(may.values()),
        "json_ld": schema_org(found),
        "crumbs": event_crumbs(found.title),
    }
    return render(request, "events/event.html", context)


@require_safe
@conditional_page
def event_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The event as a file calendars take; a cancelled one says so. A draft has none."""
    found: Event = get_object_or_404(Event.objects.public().whole(), slug=slug)
    return calendar_response(found.title, f"{found.slug}.ics", [found])
