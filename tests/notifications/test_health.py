"""How late the outbox is."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from coalition.notifications.actions import fan_out_event
from coalition.notifications.health import QueueHealth, queue_health
from coalition.notifications.kinds import Kind
from coalition.notifications.models import Delivery, Event
from tests.notifications.told import tell

pytestmark = pytest.mark.django_db


def test_an_empty_outbox_is_well() -> None:
    assert queue_health(timezone.now()) == QueueHealth(oldest_due_seconds=0.0, pending=0, failed=0)


def test_an_event_nobody_fanned_out_grows_old(told: Kind) -> None:
    now = timezone.now()
    tell("ada@example.org")
    Event.objects.update(created_at=now - timedelta(minutes=15))
    assert queue_health(now).oldest_due_seconds == pytest.approx(900)
    assert queue_health(now).pending == 1


def test_mail_put_off_because_no_server_answers_grows_old_all_the_same(told: Kind) -> None:
    now = timezone.now()
    fan_out_event(event_id=tell("ada@example.org").pk, now=now)
    Event.objects.update(created_at=now - timedelta(minutes=15))
    Delivery.objects.update(not_before=Now() + timedelta(seconds=15), attempts=0, last_error="Unreachable")
    assert queue_health(now).oldest_due_seconds == pytest.approx(900)


def test_mail_a_server_put_off_is_not_late_before_its_time(told: Kind) -> None:
    now = timezone.now()
    fan_out_event(event_id=tell("ada@example.org").pk, now=now)
    Event.objects.update(created_at=now - timedelta(minutes=15))
    Delivery.objects.update(not_before=now + timedelta(minutes=5), attempts=4)
    assert queue_health(now).oldest_due_seconds == 0
    assert queue_health(now + timedelta(minutes=6)).oldest_due_seconds == pytest.approx(60)


def test_what_was_given_up_is_counted(told: Kind) -> None:
    fan_out_event(event_id=tell("not an address").pk, now=timezone.now())
    assert queue_health(timezone.now()).failed == 1


def test_a_program_that_does_not_answer_raises_no_alarm(told: Kind) -> None:
    now = timezone.now()
    fan_out_event(event_id=tell("ada@example.org").pk, now=now)
    Event.objects.update(created_at=now - timedelta(hours=2))
    Delivery.objects.update(channel="webhook")
    assert queue_health(now).oldest_due_seconds == 0
