"""What came back of a mail, and which address is stopped because of it."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from coalition.notifications.actions import fan_out_event
from coalition.notifications.enums import DeliveryState, Return, StopReason, StopSource
from coalition.notifications.kinds import Kind
from coalition.notifications.models import Delivery, StoppedAddress
from coalition.notifications.stops.reports import Report
from coalition.notifications.stops.returns import note_hook_event, note_report, note_return
from tests.notifications.sink import SmtpSink
from tests.notifications.told import NOW, compose_mail, deliver, tell

pytestmark = pytest.mark.django_db


def gone(address: str = "ada@example.org") -> Delivery:
    """A mail that left."""
    event = tell(address)
    fan_out_event(event_id=event.pk, now=NOW)
    event.deliveries.update(state=DeliveryState.SENT, sent_at=Now())
    return event.deliveries.get()


def comes_back(delivery: Delivery, days: float = 0, said: Return = Return.SOFT) -> bool:
    when = NOW + timedelta(days=days)
    return note_return(delivery=delivery, came_back=said, source=StopSource.REPORT, detail="4.2.2", now=when)


def reasons() -> dict[str, str]:
    return dict(StoppedAddress.objects.values_list("address", "reason"))


def test_refused_for_good_at_the_door_the_address_gets_nothing_any_more(told: Kind, smtp_sink: SmtpSink) -> None:
    smtp_sink.answers["ada@example.org"] = "550 5.1.1 user unknown"
    first = tell("ada@example.org")
    deliver(first)
    assert first.deliveries.get().returned == Return.HARD
    assert reasons() == {"ada@example.org": "bounce"}
    second = tell("Ada@example.org", "zoe@example.org")
    deliver(second)
    assert smtp_sink.to() == ["zoe@example.org"]
    held = second.deliveries.get(address="ada@example.org")
    assert (held.state, held.last_error) == (DeliveryState.SUPPRESSED, "address stopped: bounce")


def test_what_waits_already_when_the_address_is_refused_does_not_leave(told: Kind, smtp_sink: SmtpSink) -> None:
    smtp_sink.answers["ada@example.org"] = "550 5.1.1 user unknown"
    first, second = tell("ada@example.org"), tell("ada@example.org")
    fan_out_event(event_id=second.pk, now=NOW)
    states = deliver(first)
    assert sorted(states) == [DeliveryState.FAILED, DeliveryState.SUPPRESSED]
    assert smtp_sink.accepted == []


def test_refused_for_what_we_are_or_wrote_the_address_is_not_at_fault(told: Kind, smtp_sink: SmtpSink) -> None:
    smtp_sink.answers["ada@example.org"] = "550 5.7.1 you are listed"
    event = tell("ada@example.org")
    assert deliver(event) == [DeliveryState.FAILED]
    assert event.deliveries.get().returned == Return.NONE
    assert reasons() == {}


def test_five_mails_in_a_row_over_two_days_stop_an_address(told: Kind) -> None:
    answers = [comes_back(gone(), days) for days in (0, 1, 1, 1, 1.5, 2)]
    assert answers == [False, False, False, False, False, True]
    assert reasons() == {"ada@example.org": "repeated"}


def test_one_that_arrives_begins_the_count_anew(told: Kind) -> None:
    for days in range(4):
        comes_back(gone(), days)
    gone()
    assert not any(comes_back(gone(), days) for days in (4, 5, 6, 7))
    assert comes_back(gone(), 8)


def test_a_complaint_stops_everything_but_what_was_asked_for(told: Kind, smtp_sink: SmtpSink) -> None:
    comes_back(gone(), said=Return.COMPLAINT)
    assert reasons() == {"ada@example.org": "complaint"}
    assert deliver(tell("ada@example.org")) == []
    asked = compose_mail("ada@example.org", "Nouveau mot de passe")
    assert asked.state == DeliveryState.PENDING
    StoppedAddress.objects.update(reason=StopReason.HARD)
    assert compose_mail("ada@example.org").state == DeliveryState.SUPPRESSED


def test_a_mail_that_came_back_counts_only_with_the_number_of_a_mail_of_ours(told: Kind) -> None:
    delivery, other = gone(), Report("<guess@example.org>", Return.HARD, ("ada@example.org",), "5.1.1")
    assert not note_report(report=other, now=NOW)
    assert not note_report(report=Report("", Return.HARD, ("ada@example.org",), "5.1.1"), now=NOW)
    forwarded = Report(delivery.message_id, Return.HARD, ("else@example.org",), "5.1.1")
    assert not note_report(report=forwarded, now=NOW)
    delivery.refresh_from_db()
    assert delivery.returned == Return.SOFT
    assert note_report(report=Report(delivery.message_id, Return.HARD, (delivery.address,), "5.1.1"), now=NOW)


def test_the_sender_of_our_mail_tells_by_number_by_address_or_of_an_address_we_do_not_know(told: Kind) -> None:
    mine, now = gone(), timezone.now()
    said = {"detail": "", "now": now}
    assert note_hook_event(came_back=Return.HARD, address="", message_id=mine.message_id, **said)  # type: ignore[arg-type]
    last = gone("zoe@example.org")
    assert note_hook_event(came_back=Return.COMPLAINT, address="Zoe@Example.org", message_id="", **said)  # type: ignore[arg-type]
    last.refresh_from_db()
    assert last.returned == Return.COMPLAINT
    assert note_hook_event(came_back=Return.HARD, address="new@example.org", message_id="", **said)  # type: ignore[arg-type]
    assert not note_hook_event(came_back=Return.SOFT, address="soft@example.org", message_id="", **said)  # type: ignore[arg-type]
    assert not note_hook_event(came_back=Return.HARD, address="no address", message_id="", **said)  # type: ignore[arg-type]
    assert set(reasons()) == {"ada@example.org", "zoe@example.org", "new@example.org"}
