"""The outbox: a fact is written once, told once, and survives what mail servers answer."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, connections, transaction
from django.db.models.functions import Now
from django.utils import timezone
from pytest_django import Settings

from coalition.notifications.actions import (
    claim_deliveries,
    fan_out_event,
    record_event,
    release_deliveries,
    send_delivery,
)
from coalition.notifications.enums import MAX_ATTEMPTS, DeliveryState
from coalition.notifications.kinds import Kind
from coalition.notifications.models import Delivery, Event
from coalition.notifications.transport import Transport, Unreachable
from tests.notifications.sink import SmtpSink, free_port
from tests.notifications.told import NOW, TOLD, compose_mail, deliver, tell

SENT, FAILED, PENDING, SUPPRESSED = (
    DeliveryState.SENT,
    DeliveryState.FAILED,
    DeliveryState.PENDING,
    DeliveryState.SUPPRESSED,
)


def due_again() -> None:
    """Time passes until everything put off is due."""
    Delivery.objects.pending().update(not_before=Now())
    Event.objects.waiting().update(not_before=Now())


@pytest.mark.django_db
def test_an_event_told_twice_under_one_key_exists_once(told: Kind) -> None:
    first = tell("ada@example.org", key="case.published:7:1", title="première")
    second = tell("ada@example.org", key="case.published:7:1", title="seconde")
    assert second == first
    assert second.payload["title"] == "première"
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_an_event_of_a_kind_nobody_registered_is_a_programming_error() -> None:
    with pytest.raises(LookupError, match=r"no\.such\.kind"):
        record_event(kind="no.such.kind", key="k", subject=None, payload={}, now=NOW)


@pytest.mark.django_db
def test_an_event_keeps_its_subject_and_its_actor(told: Kind) -> None:
    actor = get_user_model().objects.create(email="ada@example.org")
    group = Group.objects.create(name="Lac")
    record_event(kind=TOLD.name, key="k", subject=group, payload={"to": []}, now=NOW, actor=actor)
    event = Event.objects.get(key="k")
    assert event.subject == group
    assert event.actor == actor
    assert event.created_at == NOW


def test_an_event_rolled_back_with_its_transaction_never_happened(committed: None, told: Kind) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        tell("ada@example.org")
        raise RuntimeError("the contribution failed after all")
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_fan_out_tells_each_address_once_whatever_its_case(told: Kind) -> None:
    event = tell("Ada@Example.org", "ada@example.org", "zoe@example.org")
    assert fan_out_event(event_id=event.pk, now=NOW) == 2
    assert sorted(Delivery.objects.values_list("address", flat=True)) == ["ada@example.org", "zoe@example.org"]
    assert fan_out_event(event_id=event.pk, now=NOW) == 0
    event.refresh_from_db()
    assert event.fanned_out_at == NOW


@pytest.mark.django_db
def test_the_database_refuses_a_second_delivery_of_one_event_to_one_address(told: Kind) -> None:
    event = tell("ada@example.org")
    fan_out_event(event_id=event.pk, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(event=event, address="ada@example.org", language="fr", message_id="<other@example.org>")


@pytest.mark.django_db
def test_a_kind_whose_recipients_cannot_be_found_is_put_off_and_given_up_in_the_end(told: Kind) -> None:
    event = tell(poison=True)
    for _attempt in range(MAX_ATTEMPTS):
        assert event in Event.objects.due()
        fan_out_event(event_id=event.pk, now=NOW)
        assert event not in Event.objects.due()
        due_again()
    assert event in Event.objects.given_up()
    event.refresh_from_db()
    assert event.last_error == "ValueError: poisoned recipients"


@pytest.mark.django_db
def test_what_is_no_address_fails_at_once_and_harms_nobody_else(told: Kind, smtp_sink: SmtpSink) -> None:
    deliver(tell("ada@example.org\r\nBcc: eve@example.org", "ada", "zoe@example.org"))
    assert smtp_sink.to() == ["zoe@example.org"]
    assert Delivery.objects.failed().count() == 2


@pytest.mark.django_db
def test_a_mail_the_server_takes_is_sent_and_says_when(told: Kind, smtp_sink: SmtpSink) -> None:
    event = tell(("ada@example.org", "fr", "Ada"))
    assert deliver(event) == [SENT]
    delivery = event.deliveries.get()
    assert (delivery.state, delivery.attempts, delivery.lease_token) == (SENT, 1, None)
    assert delivery.sent_at is not None
    assert [message["Message-ID"] for message in smtp_sink.accepted] == [delivery.message_id]


@pytest.mark.django_db
def test_one_connection_carries_a_whole_batch(told: Kind, smtp_sink: SmtpSink) -> None:
    deliver(tell(*[f"p{number}@example.org" for number in range(20)]))
    assert len(smtp_sink.accepted) == 20
    assert smtp_sink.connections == 1


@pytest.mark.django_db
def test_a_server_that_says_later_is_asked_again_later_with_the_same_message_id(
    told: Kind, smtp_sink: SmtpSink
) -> None:
    smtp_sink.answers["ada@example.org"] = ["451 try later"]
    event = tell("ada@example.org")
    assert deliver(event) == [PENDING]
    delivery = event.deliveries.get()
    assert delivery.not_before > timezone.now() + timedelta(seconds=5)
    assert "451" in delivery.last_error
    assert claim_deliveries(limit=10) == []
    due_again()
    assert deliver(event) == [SENT]
    assert [message["Message-ID"] for message in smtp_sink.accepted] == [delivery.message_id]


@pytest.mark.django_db
def test_a_server_that_always_says_later_is_given_up_after_twelve_tries(told: Kind, smtp_sink: SmtpSink) -> None:
    smtp_sink.answers["ada@example.org"] = "451 try later"
    event = tell("ada@example.org")
    states = []
    for _attempt in range(MAX_ATTEMPTS):
        states += deliver(event)
        due_again()
    assert states == [PENDING] * (MAX_ATTEMPTS - 1) + [FAILED]
    assert deliver(event) == []


@pytest.mark.django_db
def test_a_refused_address_fails_at_the_first_try_and_the_others_are_told(told: Kind, smtp_sink: SmtpSink) -> None:
    smtp_sink.answers["gone@example.org"] = "550 no such mailbox"
    event = tell("gone@example.org", "ada@example.org")
    deliver(event)
    gone = event.deliveries.get(address="gone@example.org")
    assert (gone.state, gone.attempts) == (FAILED, 1)
    assert "550" in gone.last_error
    assert smtp_sink.to() == ["ada@example.org"]


@pytest.mark.django_db
def test_a_line_cut_after_the_message_repeats_it_under_the_same_message_id(told: Kind, smtp_sink: SmtpSink) -> None:
    smtp_sink.drop_after_data = 1
    event = tell("ada@example.org")
    assert deliver(event) == [PENDING]
    due_again()
    assert deliver(event) == [SENT]
    assert len({message["Message-ID"] for message in smtp_sink.accepted}) == 1


@pytest.mark.django_db
def test_without_a_mail_server_the_mail_waits_and_no_attempt_is_spent(
    told: Kind, settings: Settings, smtp_sink: SmtpSink
) -> None:
    settings.EMAIL_PORT = free_port()
    event = tell("ada@example.org")
    with pytest.raises(Unreachable):
        deliver(event)
    delivery = event.deliveries.get()
    assert (delivery.state, delivery.attempts, delivery.leased_until) == (PENDING, 0, None)
    settings.EMAIL_PORT = smtp_sink.port
    due_again()
    assert deliver(event) == [SENT]


@pytest.mark.django_db
def test_what_may_no_longer_be_seen_is_not_sent(told: Kind, smtp_sink: SmtpSink) -> None:
    event = tell("ada@example.org", "zoe@example.org")
    fan_out_event(event_id=event.pk, now=NOW)
    Event.objects.filter(pk=event.pk).update(payload={**event.payload, "hidden_from": ["ada@example.org"]})
    assert sorted(deliver(event)) == [SENT, SUPPRESSED]
    assert smtp_sink.to() == ["zoe@example.org"]


@pytest.mark.django_db
def test_nothing_is_sent_to_an_account_erased_or_suspended_since(told: Kind, smtp_sink: SmtpSink) -> None:
    users = get_user_model().objects
    erased, suspended = users.create(email="ada@example.org"), users.create(email="zoe@example.org")
    event = tell(("ada@example.org", "fr", "Ada", erased.pk), ("zoe@example.org", "fr", "Zoé", suspended.pk))
    fan_out_event(event_id=event.pk, now=NOW)
    erased.delete()
    users.filter(pk=suspended.pk).update(is_active=False)
    assert deliver(event) == [SUPPRESSED, SUPPRESSED]
    assert smtp_sink.accepted == []


@pytest.mark.django_db
def test_nothing_is_sent_about_a_subject_that_is_gone(told: Kind, smtp_sink: SmtpSink) -> None:
    group = Group.objects.create(name="Lac")
    event = record_event(kind=TOLD.name, key="k", subject=group, payload={"to": [["ada@example.org", "fr"]]}, now=NOW)
    fan_out_event(event_id=event.pk, now=NOW)
    group.delete()
    assert deliver(event) == [SUPPRESSED]


@pytest.mark.django_db
def test_a_mail_whose_words_cannot_be_composed_is_parked_and_the_others_leave(told: Kind, smtp_sink: SmtpSink) -> None:
    event = tell("ada@example.org", "zoe@example.org", broken_for=["ada@example.org"])
    for _attempt in range(MAX_ATTEMPTS):
        deliver(event)
        due_again()
    assert smtp_sink.to() == ["zoe@example.org"]
    parked = event.deliveries.get(address="ada@example.org")
    assert (parked.state, parked.last_error) == (FAILED, "ValueError: poisoned words")


@pytest.mark.django_db
def test_a_lease_that_ran_out_is_taken_over_and_its_first_holder_sends_nothing(told: Kind, smtp_sink: SmtpSink) -> None:
    fan_out_event(event_id=tell("ada@example.org").pk, now=NOW)
    [first] = claim_deliveries(limit=10, lease_seconds=60)
    assert claim_deliveries(limit=10) == []
    Delivery.objects.update(leased_until=Now() - timedelta(seconds=1))
    [second] = claim_deliveries(limit=10)
    with Transport() as transport:
        assert send_delivery(delivery=first, transport=transport) == PENDING
        assert send_delivery(delivery=second, transport=transport) == SENT
    assert len(smtp_sink.accepted) == 1


@pytest.mark.django_db
def test_released_deliveries_are_free_at_once_and_only_their_holder_may_release_them(told: Kind) -> None:
    fan_out_event(event_id=tell("ada@example.org").pk, now=NOW)
    first = claim_deliveries(limit=10)
    assert release_deliveries(deliveries=first) == 1
    second = claim_deliveries(limit=10)
    assert len(second) == 1
    assert release_deliveries(deliveries=first) == 0


def test_two_workers_at_once_deliver_each_mail_once(committed: None, told: Kind, smtp_sink: SmtpSink) -> None:
    event = tell(*[f"p{number}@example.org" for number in range(60)])
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        fan_out_event(event_id=event.pk, now=NOW)
        with Transport() as transport:
            while claimed := claim_deliveries(limit=7):
                for delivery in claimed:
                    send_delivery(delivery=delivery, transport=transport)
        connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    with Transport() as transport:  # a worker may have looked before another's fan-out was committed
        for delivery in claim_deliveries(limit=100):
            send_delivery(delivery=delivery, transport=transport)
    assert len(smtp_sink.to()) == 60
    assert len(set(smtp_sink.to())) == 60
    assert Delivery.objects.filter(state=SENT).count() == 60


@pytest.mark.django_db
def test_a_mail_composed_elsewhere_is_kept_until_it_is_sent_and_then_wiped(smtp_sink: SmtpSink) -> None:
    waiting = compose_mail("ada@example.org")
    assert smtp_sink.accepted == []
    assert "2718" in (waiting.raw or "")
    assert deliver(waiting.event) == [SENT]
    waiting.refresh_from_db()
    assert waiting.raw is None
    [message] = smtp_sink.accepted
    assert message["Message-ID"] == waiting.message_id
    assert "2718" in message.get_body(("plain",)).get_content()
    assert "<b>2718</b>" in message.get_body(("html",)).get_content()


@pytest.mark.django_db
def test_a_mail_composed_elsewhere_is_wiped_when_it_is_refused_for_good(smtp_sink: SmtpSink) -> None:
    smtp_sink.answers["ada@example.org"] = "550 no such mailbox"
    delivery = compose_mail("ada@example.org")
    assert deliver(delivery.event) == [FAILED]
    delivery.refresh_from_db()
    assert delivery.raw is None
