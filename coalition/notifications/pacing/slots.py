"""When each mail of a batch may leave: at most so many a minute to one domain, by the database's clock.

A bucket for each domain that has a bound: a quarter of it at once, the rest evenly over the minute, so that no minute
holds more than the bound. What does not fit is put off to the moment its place is free and waits in the table, so that
no worker sleeps and other domains are not held up.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now

from coalition.notifications.models import Delivery, DomainPace

EVERY_OTHER = "*"
_PUT_OFF = """
UPDATE notifications_delivery AS delivery
SET not_before = later.leaves, leased_until = NULL, lease_token = NULL, last_error = ''
FROM unnest(%s::bigint[], %s::uuid[], %s::timestamptz[]) AS later (id, token, leaves)
WHERE delivery.id = later.id AND delivery.lease_token = later.token AND delivery.state = 'pending'
"""


def domain_of(address: str) -> str:
    """What stands after the @."""
    return address.rpartition("@")[2]


def bound_of(domain: str) -> int:
    """How many mails a minute the domain is sent; 0 for as many as there are. Setting MAIL_PACE."""
    pace: Mapping[str, int] = settings.MAIL_PACE
    return int(pace.get(domain, pace.get(EVERY_OTHER, 0)))


def let_through(claimed: Sequence[Delivery]) -> list[Delivery]:
    """Those of a claimed batch that may leave now; the others are given back, to leave when it is their turn.

    Four queries for a batch in which a domain has a bound, none otherwise.
    """
    bounded: dict[str, list[Delivery]] = {}
    for delivery in claimed:
        domain = domain_of(delivery.address)
        if bound_of(domain):
            bounded.setdefault(domain, []).append(delivery)
    if not bounded:
        return list(claimed)
    later = _take_places(bounded)
    if later:
        _put_off(later)
    return [delivery for delivery in claimed if delivery not in later]


@transaction.atomic
def _take_places(bounded: Mapping[str, Sequence[Delivery]]) -> dict[Delivery, datetime]:
    """Take a place for each that fits; when the others may leave."""
    later: dict[Delivery, datetime] = {}
    paces = _locked(sorted(bounded))
    for pace in paces:
        later |= _fill(pace, bounded[pace.domain])
    DomainPace.objects.bulk_update(paces, ["spent_until", "tail_until"])
    return later


def _locked(domains: Iterable[str]) -> list[DomainPace]:
    """The rows of these domains, in one order for every worker, each with the database's time as `.now`."""
    wanted = list(domains)
    rows = DomainPace.objects.select_for_update().filter(domain__in=wanted).order_by("domain").annotate(now=Now())
    found: list[DomainPace] = list(rows)
    if len(found) < len(wanted):
        new = [DomainPace(domain=domain, spent_until=Now(), tail_until=Now()) for domain in wanted]
        DomainPace.objects.bulk_create(new, ignore_conflicts=True)
        found = list(rows.all())
    return found


def _fill(pace: DomainPace, deliveries: Sequence[Delivery]) -> dict[Delivery, datetime]:
    now: datetime = pace.now  # type: ignore[attr-defined]
    bound = bound_of(pace.domain)
    at_once = max(bound // 4, 1)
    step = timedelta(minutes=1) / max(bound - at_once, 1)
    ahead = step * (at_once - 1)
    later: dict[Delivery, datetime] = {}
    pace.spent_until = max(pace.spent_until, now)
    for delivery in deliveries:
        if pace.spent_until - now <= ahead:
            pace.spent_until += step
        else:
            leaves = max(pace.tail_until, pace.spent_until - ahead)
            later[delivery] = leaves
            pace.tail_until = leaves + step
    return later


def _put_off(later: Mapping[Delivery, datetime]) -> None:
    """One statement; a row that is not ours any more stays as it is."""
    columns: list[Any] = [
        [delivery.pk for delivery in later],
        [delivery.lease_token for delivery in later],
        list(later.values()),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_PUT_OFF, columns)
