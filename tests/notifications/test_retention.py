"""What the outbox forgets: settled mail after ninety days, the address of who left after a day."""

from datetime import UTC, datetime, timedelta

import pytest

from coalition.core.retention import run_purge
from coalition.notifications.actions import fan_out_event, record_event, suppress_deliveries
from coalition.notifications.enums import DeliveryState, IncomingState
from coalition.notifications.models import Delivery, DomainPace, Event, IncomingMail, StoppedAddress
from members.models import User

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def _purge(now: datetime) -> dict[str, int]:
    return {run.step: run.erased for run in run_purge(now=now)}


def _farewell(address: str = "awa@ville.example") -> Event:
    payload = {"address": address, "language": "fr"}
    event = record_event(kind="account.erased", key="account.erased:1", subject=None, payload=payload, now=NOW)
    fan_out_event(event_id=event.pk, now=NOW)
    return event


def _settle() -> None:
    Delivery.objects.update(state=DeliveryState.SENT, sent_at=NOW)


def test_a_settled_mail_is_forgotten_after_ninety_days_and_its_event_stays() -> None:
    event = _farewell()
    _settle()
    assert _purge(NOW + timedelta(days=89))["deliveries"] == 0
    assert _purge(NOW + timedelta(days=91))["deliveries"] == 1
    assert Event.objects.filter(pk=event.pk).exists() and not Delivery.objects.exists()


def test_a_mail_that_still_waits_is_not_forgotten() -> None:
    _farewell()
    assert _purge(NOW + timedelta(days=91))["deliveries"] == 0


def test_the_address_of_a_last_mail_goes_a_day_after_it_left() -> None:
    event = _farewell()
    assert _purge(NOW + timedelta(days=2))["last_words"] == 0, "it has not left"
    _settle()
    assert _purge(NOW + timedelta(days=2))["last_words"] == 1
    event.refresh_from_db()
    assert event.payload == {}
    assert "awa" not in Delivery.objects.get().address
    assert _purge(NOW + timedelta(days=2))["last_words"] == 0


def test_what_waits_for_an_account_can_be_held_back() -> None:
    account = User.objects.create_user("awa@ville.example")
    _farewell()
    Delivery.objects.update(account=account, for_account=True)
    assert suppress_deliveries(account=account) == 1
    assert Delivery.objects.get().state == DeliveryState.SUPPRESSED


def test_the_words_of_a_refused_answer_go_after_thirty_days_and_its_row_after_ninety() -> None:
    known = {"received_at": NOW, "size": 4, "raw": b"Oui."}
    IncomingMail.objects.create(identity="1", state=IncomingState.REFUSED, settled_at=NOW, **known)
    IncomingMail.objects.create(identity="2", **known)
    assert _purge(NOW + timedelta(days=29))["incoming_words"] == 0
    assert _purge(NOW + timedelta(days=31))["incoming_words"] == 1
    assert bytes(IncomingMail.objects.get(identity="1").raw) == b""
    assert _purge(NOW + timedelta(days=91))["incoming"] == 1
    assert bytes(IncomingMail.objects.get().raw) == b"Oui.", "what still waits is never forgotten"


def test_an_address_that_refused_mail_is_tried_again_after_a_year_and_what_people_asked_stays() -> None:
    for reason in ("bounce", "repeated", "asked", "complaint", "organiser"):
        StoppedAddress.objects.create(address=f"{reason}@ville.example", reason=reason, source="site", since=NOW)
    DomainPace.objects.create(domain="ville.example", spent_until=NOW, tail_until=NOW)
    assert _purge(NOW + timedelta(days=364))["stops"] == 0
    assert _purge(NOW + timedelta(days=366))["stops"] == 2
    assert set(StoppedAddress.objects.values_list("reason", flat=True)) == {"asked", "complaint", "organiser"}
    assert not DomainPace.objects.exists()
