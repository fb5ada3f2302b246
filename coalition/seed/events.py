"""Events of the demo: some to come, one called off, one over and told of, one still being written."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from coalition.core.gazetteer import recognise_city
from coalition.pages.actions import (
    cancel_event,
    create_event,
    publish_event,
    report_event,
)
from coalition.pages.models import Event, EventWords
from coalition.seed.content import read
from members.models import Coalition, Organisation, User

SAID = (
    "title", "summary", "kind", "language", "description", "time_zone", "venue", "street", "country", "city",
    "online_url", "spoken", "access", "audience", "registration", "registration_url",
)  # fmt: skip
WRITTEN_BEFORE, BETWEEN = timedelta(days=40), timedelta(days=5)
"""How long ago past ones were announced, and how long lies between the others, for a journal as life writes it."""
SATURDAY = 5


def _words(entry: dict[str, Any], now: datetime) -> EventWords:
    """What the file says, on a working day counted from `now`, at that hour of its own time zone."""
    zone = ZoneInfo(entry["time_zone"])
    day = now.astimezone(zone).date() + timedelta(days=entry["day"])
    if day.weekday() >= SATURDAY:
        day += timedelta(days=7 - day.weekday()) if entry["day"] > 0 else timedelta(days=SATURDAY - 1 - day.weekday())
    starts_at = datetime.combine(day, time.fromisoformat(entry["at"]), zone)
    place = recognise_city(entry["country"], entry["city"]) if "city" in entry else None
    return EventWords(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=entry["minutes"]),
        geoname_id=place.geonames_id if place else None,
        **{name: entry[name] for name in SAID if name in entry},
    )


@transaction.atomic
def load_events(
    coalition: Coalition, accounts: dict[str, User], organisations: dict[str, Organisation], now: datetime
) -> None:
    """Each event through the actions of the site; nothing for one that is there, by its title."""
    for rank, entry in enumerate(read("events")["event"]):
        if not Event.objects.filter(title=entry["title"]).exists():
            written = now - (WRITTEN_BEFORE if entry["day"] < 0 else BETWEEN * (rank + 1))
            _load(entry, coalition, accounts[entry["author"]], organisations, written, now)


def _load(
    entry: dict[str, Any],
    coalition: Coalition,
    author: User,
    organisations: dict[str, Organisation],
    written: datetime,
    now: datetime,
) -> None:
    """One of them, published when it was `written`, called off or told of yesterday."""
    yesterday = now - timedelta(days=1)
    event = create_event(
        actor=author,
        organisation=organisations.get(entry.get("organisation", "")),
        coalition=coalition if entry.get("coalition") else None,
        words=_words(entry, now),
        now=written,
    )
    if entry.get("draft"):
        return
    event = publish_event(actor=author, event=event, based_on=event.version, now=written)
    if "cancelled" in entry:
        cancel_event(actor=author, event=event, reason=entry["cancelled"], now=yesterday)
    if "report" in entry:
        report_event(actor=author, event=event, report=entry["report"], based_on=event.version, now=yesterday)
