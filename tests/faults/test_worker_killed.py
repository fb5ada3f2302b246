"""A worker dies without a word: the mail it held still leaves, once."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

from coalition.notifications.drain import drain_outbox
from coalition.notifications.enums import DeliveryState
from coalition.notifications.models import Delivery
from tests.notifications.sink import SmtpSink
from tests.notifications.told import compose_mail
from tests.notifications.worker import celery_worker, kill, process, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.usefixtures("committed")]

COMMAND = ["manage.py", "deliver_mail", "--lease-seconds", "5"]
BLOCKED = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def state(delivery: Delivery) -> DeliveryState:
    delivery.refresh_from_db()
    return DeliveryState(delivery.state)


def test_a_process_killed_between_claim_and_send_leaves_its_mail_to_the_next_one(
    smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    held, beside = compose_mail("ada@example.org"), compose_mail("zoe@example.org")
    smtp_sink.gate.clear()
    with process(COMMAND, smtp_sink, tmp_path / "log") as worker:
        assert smtp_sink.reached.wait(30)
        kill(worker)
    smtp_sink.gate.set()
    assert smtp_sink.accepted == []
    assert Delivery.objects.due().count() == 0, "both are still leased to the dead process"
    wait_until(lambda: Delivery.objects.due().count() == 2, seconds=15)
    with process(COMMAND, smtp_sink, tmp_path / "log") as successor:
        successor.wait(30)
    assert (state(held), state(beside)) == (DeliveryState.SENT, DeliveryState.SENT)
    assert sorted(smtp_sink.to()) == ["ada@example.org", "zoe@example.org"]
    drain_outbox()
    assert len(smtp_sink.accepted) == 2


def test_a_celery_worker_killed_between_claim_and_send_is_replaced_and_the_mail_leaves_once(
    broker: str, smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    delivery = compose_mail("ada@example.org")
    smtp_sink.gate.clear()
    with process(celery_worker(tmp_path), smtp_sink, tmp_path / "log") as worker:
        assert smtp_sink.reached.wait(40)
        kill(worker)
    smtp_sink.gate.set()
    assert state(delivery) == DeliveryState.PENDING
    Delivery.objects.update(leased_until=Now() - timedelta(seconds=1))  # the lease passes
    with process(celery_worker(tmp_path), smtp_sink, tmp_path / "log"):
        wait_until(lambda: state(delivery) == DeliveryState.SENT)
    assert smtp_sink.to() == ["ada@example.org"]
    assert delivery.attempts == 2


@contextmanager
def row_held(delivery: Delivery) -> Iterator[None]:
    """Nobody else can write this delivery."""
    with transaction.atomic():
        Delivery.objects.select_for_update().get(pk=delivery.pk)
        yield


def blocked_backend(cursor: CursorWrapper) -> int:
    """Wait until somebody waits for our row; which connection of the database it is."""
    for _try in range(400):
        cursor.execute(BLOCKED)
        if row := cursor.fetchone():
            return int(row[0])
        time.sleep(0.05)
    pytest.fail("nobody came to write the delivery")


def test_killed_after_the_server_took_it_the_mail_is_repeated_under_the_same_message_id(
    smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    delivery = compose_mail("ada@example.org")
    smtp_sink.gate.clear()
    with process(COMMAND, smtp_sink, tmp_path / "log") as worker:
        assert smtp_sink.reached.wait(30)
        with row_held(delivery), connection.cursor() as cursor:
            smtp_sink.gate.set()
            waiting = blocked_backend(cursor)
            kill(worker)
            cursor.execute("SELECT pg_terminate_backend(%s)", [waiting])
    assert state(delivery) == DeliveryState.PENDING
    assert len(smtp_sink.accepted) == 1
    Delivery.objects.update(leased_until=Now() - timedelta(seconds=1))  # the lease passes
    drain_outbox()
    assert state(delivery) == DeliveryState.SENT
    assert [message["Message-ID"] for message in smtp_sink.accepted] == [delivery.message_id] * 2


def test_cut_from_the_database_after_the_server_took_it_a_worker_comes_back_and_says_so(
    smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    delivery = compose_mail("ada@example.org")
    smtp_sink.gate.clear()
    with process(COMMAND, smtp_sink, tmp_path / "log") as worker:
        assert smtp_sink.reached.wait(30)
        with row_held(delivery), connection.cursor() as cursor:
            smtp_sink.gate.set()
            cursor.execute("SELECT pg_terminate_backend(%s)", [blocked_backend(cursor)])
        worker.wait(30)
    assert state(delivery) == DeliveryState.SENT
    drain_outbox()
    assert smtp_sink.to() == ["ada@example.org"]
