"""The loop that empties the outbox."""

import threading

import pytest
from django.db import connections
from pytest_django import Settings

from coalition.notifications.drain import drain_outbox, drain_slot
from coalition.notifications.enums import PARALLEL_DRAINS, DeliveryState
from coalition.notifications.kinds import Kind
from coalition.notifications.models import Delivery
from tests.notifications.sink import SmtpSink, free_port
from tests.notifications.told import tell


@pytest.mark.django_db
def test_a_drain_tells_everybody_in_batches_and_a_poisoned_event_harms_no_other(
    told: Kind, smtp_sink: SmtpSink
) -> None:
    tell(poison=True)
    tell(*[f"p{number}@example.org" for number in range(7)])
    tell("ada@example.org")
    done = drain_outbox(batch=3)
    assert done.deliveries == {DeliveryState.SENT: 8}
    assert len(set(smtp_sink.to())) == 8
    assert drain_outbox().deliveries == {}


@pytest.mark.django_db
def test_a_drain_out_of_time_gives_back_what_it_had_claimed(
    told: Kind, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(*[f"p{number}@example.org" for number in range(5)])
    clock = iter([0.0, *[1.0] * 4, 100.0, 100.0])
    monkeypatch.setattr("coalition.notifications.drain.time.monotonic", lambda: next(clock, 100.0))
    assert sum(drain_outbox(seconds=50).deliveries.values()) < 5
    assert Delivery.objects.due().count() == 5 - len(smtp_sink.accepted)


@pytest.mark.django_db
def test_without_a_mail_server_a_drain_knocks_once_and_gives_everything_back(
    told: Kind, smtp_sink: SmtpSink, settings: Settings
) -> None:
    settings.EMAIL_PORT = free_port()
    tell("ada@example.org", "zoe@example.org")
    assert "ConnectionRefusedError" in drain_outbox().unreachable
    assert Delivery.objects.pending().filter(attempts=0, lease_token=None).count() == 2
    assert Delivery.objects.due().count() == 1


def test_hints_that_pile_up_find_no_place_and_a_place_is_free_again_afterwards(committed: None) -> None:
    places: list[bool] = []
    all_in, may_leave = threading.Barrier(PARALLEL_DRAINS + 2), threading.Event()

    def work() -> None:
        with drain_slot() as free:
            places.append(free)
            all_in.wait(10)
            may_leave.wait(10)
        connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(PARALLEL_DRAINS + 1)]
    for worker in workers:
        worker.start()
    all_in.wait(10)
    may_leave.set()
    for worker in workers:
        worker.join(10)
    assert sorted(places) == [False] + [True] * PARALLEL_DRAINS
    with drain_slot() as free:
        assert free
