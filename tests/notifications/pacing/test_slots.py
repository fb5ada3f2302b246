"""Not more than its bound a minute to one domain, and nobody else waits for it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from coalition.notifications.actions import claim_deliveries, fan_out_event
from coalition.notifications.drain import drain_outbox
from coalition.notifications.kinds import Kind
from coalition.notifications.models import Delivery, DomainPace
from coalition.notifications.pacing.slots import bound_of, domain_of, let_through
from tests.notifications.sink import SmtpSink
from tests.notifications.told import NOW, tell

pytestmark = pytest.mark.django_db


def waiting(count: int, domain: str = "gmail.example") -> None:
    event = tell(*[f"p{n}@{domain}" for n in range(count)])
    fan_out_event(event_id=event.pk, now=NOW)


def time_passes(by: timedelta) -> None:
    """As if everything had been done so much earlier."""
    Delivery.objects.pending().update(not_before=F("not_before") - by)
    DomainPace.objects.update(spent_until=F("spent_until") - by, tail_until=F("tail_until") - by)


def pass_now() -> int:
    """How many of what is due may leave."""
    return len(let_through(claim_deliveries(limit=1_000)))


def test_a_crowded_domain_waits_in_the_table_and_others_leave_at_once(
    told: Kind, smtp_sink: SmtpSink, settings: Settings
) -> None:
    settings.MAIL_PACE = {"gmail.example": 8, "*": 0}
    waiting(40)
    waiting(30, "mairie.example")
    drain_outbox()
    assert sum(to.endswith("@mairie.example") for to in smtp_sink.to()) == 30
    assert sum(to.endswith("@gmail.example") for to in smtp_sink.to()) == 2
    late = Delivery.objects.pending()
    assert late.filter(not_before__gt=Now(), leased_until=None, attempts=0).count() == 38


def test_no_minute_holds_more_than_the_bound_and_nothing_is_lost(told: Kind, settings: Settings) -> None:
    settings.MAIL_PACE = {"*": 12}
    waiting(30)
    left = []
    step = timedelta(seconds=5)
    for _tick in range(60):
        left.append(pass_now())
        time_passes(step)
    assert sum(left) == 30
    assert max(sum(left[at : at + 12]) for at in range(len(left))) <= 12
    assert sum(left[:36]) >= 28, "about nine a minute after the first three"


def test_what_came_due_together_after_an_outage_still_keeps_the_bound(told: Kind, settings: Settings) -> None:
    settings.MAIL_PACE = {"*": 12}
    waiting(30)
    pass_now()
    time_passes(timedelta(hours=2))
    assert pass_now() == 3


def test_many_mails_to_many_domains_cost_a_batch_few_queries(told: Kind, settings: Settings) -> None:
    settings.MAIL_PACE = {"*": 4}
    for domain in ("a.example", "b.example", "c.example"):
        waiting(20, domain)
    pass_now()
    claimed = claim_deliveries(limit=1_000)
    assert claimed == []
    time_passes(timedelta(minutes=5))
    claimed = claim_deliveries(limit=1_000)
    with CaptureQueriesContext(connection) as queries:
        let_through(claimed)
    assert len(queries) <= 6


def test_without_a_bound_nothing_is_asked(told: Kind, settings: Settings) -> None:
    waiting(3)
    claimed = claim_deliveries(limit=10)
    with CaptureQueriesContext(connection) as queries:
        assert let_through(claimed) == claimed
    assert len(queries) == 0
    settings.MAIL_PACE = {"*": 60, "gmail.example": 0}
    assert (bound_of("gmail.example"), bound_of("other.example")) == (0, 60)
    assert domain_of("ada@gmail.example") == "gmail.example"
