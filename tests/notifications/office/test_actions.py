"""Trying again what was given up."""

import pytest
from django.utils import timezone

from coalition.core.access import Hidden, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from coalition.notifications.drain import drain_outbox
from coalition.notifications.enums import MAX_ATTEMPTS, DeliveryState, IncomingState
from coalition.notifications.kinds import Kind
from coalition.notifications.models import Delivery, Event, IncomingMail
from coalition.notifications.office.actions import retry_answer, retry_delivery, retry_event
from tests.notifications.board import make_reader
from tests.notifications.office.test_figures import mails
from tests.notifications.sink import SmtpSink
from tests.notifications.stops.test_listing import stop
from tests.notifications.told import NOW, compose_mail, tell
from tests.principles.conftest import make_organiser

pytestmark = pytest.mark.django_db


def failed(delivery: Delivery) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.FAILED, attempts=MAX_ATTEMPTS, raw=None, returned="soft", returned_at=timezone.now()
    )
    delivery.refresh_from_db()
    return delivery


def test_a_failed_mail_leaves_under_the_same_number(told: Kind, smtp_sink: SmtpSink) -> None:
    delivery = failed(mails(1)[0])
    retry_delivery(actor=make_organiser(), delivery=delivery, now=NOW)
    drain_outbox()
    assert [message["Message-ID"] for message in smtp_sink.accepted] == [delivery.message_id]
    line = AuditLine.objects.get(action="delivery.retried")
    assert line.label == f"#{delivery.pk}"
    with pytest.raises(WrongState):
        retry_delivery(actor=make_organiser("Autre"), delivery=delivery, now=NOW)


def test_what_cannot_leave_says_why(told: Kind, smtp_sink: SmtpSink) -> None:
    organiser = make_organiser()
    composed, wrong, stopped = failed(compose_mail("ada@ville.example")), *map(failed, mails(2))
    wrong.address = "no address"
    stop(stopped.address)
    for delivery in (composed, wrong, stopped):
        with pytest.raises(DomainError):
            retry_delivery(actor=organiser, delivery=delivery, now=NOW)
    assert Delivery.objects.failed().count() == 3


def test_an_event_and_an_answer_try_again_too(told: Kind) -> None:
    organiser, event = make_organiser(), tell()
    Event.objects.filter(pk=event.pk).update(attempts=MAX_ATTEMPTS)
    retry_event(actor=organiser, event=event, now=NOW)
    assert event in Event.objects.due()
    answer = {"received_at": NOW, "size": 1, "state": IncomingState.FAILED, "settled_at": NOW}
    mail = IncomingMail.objects.create(identity="a", raw=b"x", **answer)
    retry_answer(actor=organiser, mail=mail, now=NOW)
    assert mail in IncomingMail.objects.due()
    empty = IncomingMail.objects.create(identity="b", raw=b"", **answer)
    with pytest.raises(DomainError):
        retry_answer(actor=organiser, mail=empty, now=NOW)
    with pytest.raises(WrongState):
        retry_event(actor=organiser, event=event, now=NOW)


def test_nobody_else_tries_again(told: Kind) -> None:
    with pytest.raises(Hidden):
        retry_delivery(actor=make_reader(), delivery=failed(mails(1)[0]), now=NOW)
