"""Digests: what waits for an account, once a day or once a week, each piece of news in exactly one of them.

What a digest holds is decided by rows, never by a clock: every notice up to the last event there is when it is written
and that no digest holds yet, marked in the same transaction. A fan-out that commits late keeps its lower number and
still waits for the next one. Clocks only say when to write: a run that is missed, repeated, early or late moves the
news, and neither loses nor repeats it.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Min

from coalition.notifications.actions import record_event
from coalition.notifications.enums import DIGEST_HOUR, DIGESTED, Route
from coalition.notifications.models import Event, Notice, Preferences
from coalition.notifications.notifications import DIGEST
from coalition.notifications.routing import zone_of

RUN = 2_000
"""Accounts looked at in one run; the others wait for the next, a quarter of an hour later."""


def slot_of(now: datetime, zone: str, route: str) -> date:
    """The day of the latest digest that should exist at `now` where the account lives: today from eight o’clock, else
    yesterday; for a weekly one the Monday before or on that day.
    """
    local = now.astimezone(zone_of(zone))
    day = local.date() if local.hour >= DIGEST_HOUR else local.date() - timedelta(days=1)
    return day - timedelta(days=day.weekday()) if route == Route.WEEKLY else day


def write_due_digests(*, now: datetime) -> int:
    """Write the digests that are due; how many. Any number of runs at once, at any time, do no harm."""
    waiting = Notice.objects.to_digest().order_by().values_list("account", "route").distinct()
    accounts = sorted({(account, route) for account, route in waiting[:RUN]})
    return sum(write_digest(account_id=account, route=route, now=now) is not None for account, route in accounts)


@transaction.atomic
def write_digest(*, account_id: int, route: str, now: datetime) -> Event | None:
    """Write one account's digest of this rhythm if its time has come since the last one; None otherwise.

    Nothing during a pause. A slot that differs from the last one counts, later or earlier: a clock that was wrong for a
    while makes a digest come early or late, and never stops them.
    """
    Preferences.objects.bulk_create([Preferences(account_id=account_id)], ignore_conflicts=True)
    kept = Preferences.objects.select_for_update(of=("self",)).select_related("account").get(account=account_id)
    slot = slot_of(now, kept.account.time_zone, route)
    name = "weekly_slot" if route == Route.WEEKLY else "daily_slot"
    if route not in DIGESTED or getattr(kept, name) == slot or (kept.paused_until and kept.paused_until > slot):
        return None
    digest = _hold(account_id, route, now)
    if digest is not None:
        Preferences.objects.filter(pk=kept.pk).update(**{name: slot})
    return digest


def _hold(account_id: int, route: str, now: datetime) -> Event | None:
    """Put everything that waits into one digest; its key names the first of it, which is in no other."""
    waiting: Any = Notice.objects.to_digest().filter(account=account_id, route=route)
    numbers = waiting.aggregate(first=Min("pk"), last=Max("event_id"))
    if numbers["first"] is None:
        return None
    digest = record_event(
        kind=DIGEST.name,
        key=f"{DIGEST.name}:{numbers['first']}",
        subject=None,
        payload={"account": account_id, "up_to": numbers["last"], "rhythm": route},
        now=now,
    )
    waiting.filter(event_id__lte=numbers["last"]).update(digest=digest, digested=True)
    return digest
