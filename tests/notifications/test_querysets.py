"""What is due, by the clock of the database."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db.models.functions import Now

from coalition.notifications.actions import fan_out_event
from coalition.notifications.kinds import Kind
from coalition.notifications.models import Delivery, Event, StoppedAddress
from tests.notifications.told import NOW, tell

pytestmark = pytest.mark.django_db


def test_the_oldest_due_event_comes_first_and_a_put_off_one_not_at_all(told: Kind) -> None:
    later, second, first = tell(), tell(), tell()
    Event.objects.filter(pk=later.pk).update(not_before=Now() + timedelta(minutes=1))
    Event.objects.filter(pk=first.pk).update(not_before=Now() - timedelta(minutes=1))
    assert list(Event.objects.due()) == [first, second]


def test_a_claim_takes_no_more_than_asked_and_nothing_twice(told: Kind) -> None:
    fan_out_event(event_id=tell(*[f"p{number}@example.org" for number in range(5)]).pk, now=NOW)
    claims = [Delivery.objects.claim(limit=2, lease_seconds=60, token=uuid4()) for _worker in range(4)]
    assert [len(claimed) for claimed in claims] == [2, 2, 1, 0]
    assert len({delivery.pk for claimed in claims for delivery in claimed}) == 5


@pytest.mark.parametrize("day", [-1, 1], ids=["a day slow", "a day fast"])
def test_a_worker_whose_clock_is_wrong_steals_no_lease_and_waits_for_none(day: int, told: Kind) -> None:
    with time_machine.travel(NOW + timedelta(days=day)):
        fan_out_event(event_id=tell("ada@example.org").pk, now=NOW)
        assert len(Delivery.objects.claim(limit=1, lease_seconds=60, token=uuid4())) == 1
        assert Delivery.objects.claim(limit=1, lease_seconds=60, token=uuid4()) == []


def test_an_attempt_is_counted_by_its_holder_alone_and_says_why_the_address_is_stopped(told: Kind) -> None:
    fan_out_event(event_id=tell("ada@example.org").pk, now=NOW)
    [held] = Delivery.objects.claim(limit=1, lease_seconds=60, token=uuid4())
    assert Delivery.objects.begin(held, lease_seconds=60) == (1, None, True)
    StoppedAddress.objects.create(address="ada@example.org", reason="asked", source="site", since=NOW)
    assert Delivery.objects.begin(held, lease_seconds=60) == (2, "asked", True)
    Delivery.objects.update(leased_until=Now() - timedelta(seconds=1))
    assert Delivery.objects.begin(held, lease_seconds=60) is None
