"""How the mail is doing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from coalition.notifications.actions import claim_deliveries, fan_out_event
from coalition.notifications.enums import MAX_ATTEMPTS, DeliveryState
from coalition.notifications.kinds import Kind
from coalition.notifications.models import Delivery, Event, IncomingMail
from coalition.notifications.office.figures import (
    can_leave_again,
    failed_answers,
    given_up_events,
    is_templated,
    kind_label,
    mail_figures,
    mail_rows,
    slow_domains,
    waited,
)
from coalition.notifications.pacing.slots import let_through
from tests.notifications.sink import SmtpSink
from tests.notifications.told import NOW, compose_mail, tell

pytestmark = pytest.mark.django_db


def mails(count: int, domain: str = "ville.example") -> list[Delivery]:
    event = tell(*[f"p{n}@{domain}" for n in range(count)])
    fan_out_event(event_id=event.pk, now=NOW)
    return list(event.deliveries.order_by("pk"))


def settle(delivery: Delivery, state: DeliveryState, **more: object) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **more)


def test_each_mail_is_counted_where_it_stands(told: Kind) -> None:
    now = timezone.now()
    first, second, third, fourth, _due = mails(5)
    settle(first, DeliveryState.SENT, sent_at=now - timedelta(seconds=20))
    settle(second, DeliveryState.SENT, sent_at=now - timedelta(minutes=20))
    settle(third, DeliveryState.FAILED)
    Delivery.objects.filter(pk=fourth.pk).update(not_before=Now() + timedelta(hours=1))
    tell()
    figures = mail_figures(now)
    assert (figures.sent_hour, figures.sent_minute, figures.failed) == (2, 1, 1)
    assert (figures.events, figures.due, figures.later, figures.held) == (1, 1, 1, 0)
    claim_deliveries(limit=10)
    figures = mail_figures(now)
    assert (figures.due, figures.held) == (0, 1)


def test_a_domain_at_its_bound_says_how_many_wait_and_until_when(told: Kind, settings: Settings) -> None:
    settings.MAIL_PACE = {"gmail.example": 4}
    mails(6, "gmail.example")
    mails(2)
    let_through(claim_deliveries(limit=100))
    [slow] = slow_domains(timezone.now())
    assert (slow.domain, slow.bound, slow.waiting) == ("gmail.example", 4, 5)
    assert slow.until > timezone.now() + timedelta(minutes=1)
    assert slow_domains(timezone.now() + timedelta(hours=1)) == []


def test_lists_name_the_kind_and_take_one_query_whatever_their_length(told: Kind) -> None:
    for delivery in mails(30):
        settle(delivery, DeliveryState.FAILED)
    with CaptureQueriesContext(connection) as queries:
        rows = mail_rows(Delivery.objects.failed())
    assert len(queries) == 1
    assert {row.label for row in rows} == {"Essai"}
    assert all(row.again for row in rows)
    assert kind_label("no.such.kind") == "no.such.kind"
    assert not is_templated("no.such.kind")


def test_a_mail_composed_elsewhere_cannot_leave_again(smtp_sink: SmtpSink) -> None:
    delivery = compose_mail("ada@ville.example")
    delivery.state = DeliveryState.FAILED
    assert not can_leave_again(delivery)


def test_what_was_given_up_is_listed(told: Kind) -> None:
    event = tell()
    Event.objects.filter(pk=event.pk).update(attempts=MAX_ATTEMPTS)
    mail = IncomingMail.objects.create(
        identity="i", received_at=NOW, size=1, raw=b"x", state="failed", settled_at=NOW, sender="ada@ville.example"
    )
    assert given_up_events() == [(event, "Essai")]
    assert failed_answers() == [mail]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "aucun"),
        (42, "42\u202fs"),
        (180, "3\u202fmin"),
        (7_300, "2\u202fh"),
        (86_400, "1 jour"),
        (260_000, "3 jours"),
    ],
)
def test_a_wait_is_said_in_its_largest_unit(seconds: float, words: str) -> None:
    assert waited(seconds) == words
