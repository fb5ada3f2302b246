"""A drain that waits for a slow mail server keeps what it holds; a dead one does not."""

import time
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError

from coalition.notifications.enums import DeliveryState
from coalition.notifications.leases import LeaseKeeper
from coalition.notifications.models import Delivery
from coalition.notifications.querysets import DeliveryQuerySet
from tests.notifications.sink import SmtpSink
from tests.notifications.told import compose_mail
from tests.notifications.worker import wait_until


def claim(seconds: float) -> list[Delivery]:
    return Delivery.objects.claim(limit=10, lease_seconds=seconds, token=uuid4())


def test_what_is_held_is_renewed_until_the_drain_is_over(committed: None, smtp_sink: SmtpSink) -> None:
    compose_mail("ada@example.org")
    held = claim(0.6)
    with LeaseKeeper(0.6) as leases:
        leases.hold(held)
        time.sleep(1.2)
        assert claim(0.6) == [], "twice the lease has passed, and nobody else may have it"
    wait_until(lambda: claim(0.6) == held, seconds=10)


def test_what_was_taken_over_or_settled_is_left_alone(committed: None, smtp_sink: SmtpSink) -> None:
    for number in range(3):
        compose_mail(f"p{number}@example.org")
    mine, sent, theirs = held = claim(5)
    Delivery.objects.settle(sent.pk, DeliveryState.SENT, "")
    Delivery.objects.filter(pk=theirs.pk).update(lease_token=uuid4())
    keys = [delivery.pk for delivery in held]
    assert Delivery.objects.renew(keys, token=mine.lease_token, lease_seconds=300) == 1
    assert Delivery.objects.get(leased_until__gt=mine.leased_until) == mine


def test_a_database_that_was_away_is_asked_again(
    committed: None, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose_mail("ada@example.org")
    held = claim(30)
    before, renew = held[0].leased_until, DeliveryQuerySet.renew
    tries: list[int] = []

    def away_once(self: DeliveryQuerySet, keys: Sequence[int], *, token: UUID, lease_seconds: float) -> int:
        tries.append(len(keys))
        if len(tries) == 1:
            raise OperationalError("the server closed the connection unexpectedly")
        return renew(self, keys, token=token, lease_seconds=300)

    monkeypatch.setattr(DeliveryQuerySet, "renew", away_once)
    with LeaseKeeper(0.3) as leases:
        leases.hold(held)
        wait_until(lambda: Delivery.objects.get().leased_until > before + timedelta(seconds=60), seconds=10)
    assert len(tries) >= 2
