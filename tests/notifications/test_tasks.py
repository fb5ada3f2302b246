"""Celery as a bell, with its real worker, beat and broker."""

from pathlib import Path

import pytest
from django.conf import settings

from coalition.notifications import tasks
from coalition.notifications.actions import fan_out_event
from coalition.notifications.enums import PARALLEL_DRAINS, DeliveryState
from coalition.notifications.intake.actions import store_incoming_mail
from coalition.notifications.kinds import Kind
from coalition.notifications.models import Delivery, IncomingMail
from tests.notifications.receiver import Receiver, receiver
from tests.notifications.sink import SmtpSink
from tests.notifications.told import NOW, compose_mail, tell
from tests.notifications.webhooks.public import Shelf, hook_to, shelf, shown_event
from tests.notifications.worker import celery_worker, process, wait_until

__all__ = ["receiver", "shelf"]


@pytest.mark.django_db
def test_a_ring_delivers_what_is_due_and_ringing_again_sends_nothing_more(told: Kind, smtp_sink: SmtpSink) -> None:
    tell("ada@example.org")
    for _ring in range(5):
        tasks.deliver_due()
    assert smtp_sink.to() == ["ada@example.org"]


@pytest.mark.django_db
def test_a_ring_that_finds_no_place_leaves_the_work_to_those_who_are_at_it(
    told: Kind, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coalition.notifications.drain.PARALLEL_DRAINS", 0)
    assert PARALLEL_DRAINS > 0
    tell("ada@example.org")
    tasks.deliver_due()
    assert smtp_sink.accepted == []


def test_beat_rings_every_few_seconds_and_a_ring_nobody_hears_expires() -> None:
    rings = [entry for entry in settings.CELERY_BEAT_SCHEDULE.values() if entry["task"] == tasks.deliver_due.name]
    assert len(rings) == 1
    assert rings[0]["schedule"] <= 5
    assert rings[0]["options"]["expires"] <= 10


def test_a_mail_leaves_through_the_real_worker_beat_and_broker(
    broker: str, committed: None, smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    with process(celery_worker(tmp_path), smtp_sink, tmp_path / "worker.log"):
        delivery = compose_mail("ada@example.org")
        wait_until(lambda: Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENT).exists())
    assert smtp_sink.to() == ["ada@example.org"]
    assert smtp_sink.accepted[0]["Message-ID"] == delivery.message_id


@pytest.mark.django_db
def test_a_ring_acts_on_answers_that_wait() -> None:
    store_incoming_mail(raw=b"From: x@y.example\n\nmot", now=NOW)
    tasks.act_on_answers()
    assert not IncomingMail.objects.waiting().exists()


@pytest.mark.django_db
def test_a_mailbox_that_is_away_or_not_there_harms_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tasks.collect_answers()
    monkeypatch.setattr(settings, "REPLY_ADDRESS", "reponse@villes.example")
    monkeypatch.setattr(settings, "REPLY_IMAP_URL", "imap://x:y@127.0.0.1:1/INBOX")
    tasks.collect_answers()
    assert not IncomingMail.objects.exists()


@pytest.mark.django_db
def test_programs_are_told_by_a_ring_of_their_own(shelf: Shelf, receiver: Receiver) -> None:
    fan_out_event(event_id=shown_event(hook_to(receiver.url)).pk, now=NOW)
    tasks.deliver_due()
    assert not receiver.got
    tasks.tell_programs()
    assert len(receiver.got) == 1
    assert [entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values() if "programs" in entry["task"]] == [5]
