"""Deadlines as an iCalendar file (RFC 5545, RFC 7986): names that stay, days as days, moments on a clock on a wall."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from coalition.core.agenda import Deadline
from coalition.notifications.routing import zone_of

COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)
REFRESH = timedelta(hours=6)


def write_calendar(*, name: str, deadlines: Sequence[Deadline], zone: str, language: str) -> bytes:
    """The file. The same deadlines give the same bytes, so that who has them already need not fetch them again."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{_host()}//agenda//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone_of(zone).key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for deadline in deadlines:
        calendar.add_component(_event(deadline, zone))
    years = [deadline.when.year for deadline in deadlines if isinstance(deadline.when, datetime)]
    if years:
        calendar.add_missing_timezones(first_date=date(min(years) - 1, 1, 1), last_date=date(max(years) + 2, 1, 1))
    data: bytes = calendar.to_ical()
    return data


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def _event(deadline: Deadline, zone: str) -> Event:
    event = Event()
    event.add("uid", f"{deadline.key}@{_host()}")
    event.add("dtstamp", deadline.changed_at.astimezone(UTC))
    event.add("last-modified", deadline.changed_at.astimezone(UTC))
    event.add("sequence", sequence_of(deadline.changed_at) if deadline.sequence is None else deadline.sequence)
    if isinstance(deadline.when, datetime):
        home = zone_of(deadline.zone or zone)
        event.add("dtstart", deadline.when.astimezone(home))
        if deadline.ends is not None:
            event.add("dtend", deadline.ends.astimezone(home))
    else:
        event.add("dtstart", deadline.when)
        event.add("dtend", deadline.when + timedelta(days=1))
    address = settings.BASE_URL + deadline.url
    event.add("summary", deadline.title)
    event.add("description", f"{deadline.note}\n{address}" if deadline.note else address)
    event.add("url", address)
    for name, value in (("location", deadline.place), ("status", deadline.status)):
        if value:
            event.add(name, value)
    event.add("transp", "TRANSPARENT")
    return event


def sequence_of(changed_at: datetime) -> int:
    """A number that is larger after each change: the minutes since 2020, as nothing counts the changes themselves."""
    return max(int((changed_at - COUNTED_FROM).total_seconds() // 60), 0)
