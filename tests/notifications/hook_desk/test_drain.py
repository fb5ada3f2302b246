"""From what happened to what a program got."""

import json

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from coalition.notifications.actions import claim_deliveries, fan_out_event
from coalition.notifications.enums import Channel, DeliveryState, HookState
from coalition.notifications.hook_desk.drain import drain_hooks
from coalition.notifications.models import Delivery
from tests.notifications.receiver import Receiver
from tests.notifications.webhooks.public import NOW, Shelf, hook_to, shown_event

pytestmark = pytest.mark.django_db


def _told(receiver: Receiver) -> list[str]:
    return [json.loads(body)["title"] for _path, _headers, body in receiver.got]


def test_a_program_gets_what_happened_once(shelf: Shelf, receiver: Receiver) -> None:
    hook = hook_to(receiver.url)
    fan_out_event(event_id=shown_event(hook).pk, now=NOW)
    assert drain_hooks() == {"sent": 1}
    assert drain_hooks() == {}
    assert len(_told(receiver)) == 1
    assert Delivery.objects.get(channel="webhook").sent_at is not None


def test_only_programs_that_hear_of_this_theme_get_it(shelf: Shelf, receiver: Receiver) -> None:
    hook = hook_to(receiver.url, themes=["charter", "amendments"])
    assert fan_out_event(event_id=shown_event(hook).pk, now=NOW) == 0


def test_what_was_hidden_meanwhile_is_not_sent(shelf: Shelf, receiver: Receiver) -> None:
    hook = hook_to(receiver.url)
    fan_out_event(event_id=shown_event(hook).pk, now=NOW)
    shelf.hidden.add("1")
    assert drain_hooks() == {"suppressed": 1}
    assert not receiver.got


def test_a_refusal_is_tried_again_under_the_same_name(shelf: Shelf, receiver: Receiver) -> None:
    hook = hook_to(receiver.url)
    receiver.statuses = [500]
    fan_out_event(event_id=shown_event(hook).pk, now=NOW)
    assert drain_hooks() == {"pending": 1}
    hook.refresh_from_db()
    assert hook.failures == 1
    waiting = Delivery.objects.get(channel="webhook")
    assert (waiting.attempts, waiting.last_error) == (1, "HTTP 500")
    Delivery.objects.update(not_before=Now())
    assert drain_hooks() == {"sent": 1}
    hook.refresh_from_db()
    assert hook.failures == 0
    names = {headers["webhook-id"] for _path, headers, _body in receiver.got}
    assert len(receiver.got) == 2 and len(names) == 1


def test_what_else_waits_for_one_that_fails_rests_and_others_are_told(shelf: Shelf, receiver: Receiver) -> None:
    dead, alive = hook_to("http://127.0.0.1:9/"), hook_to(receiver.url)
    for number in (1, 2, 3):
        fan_out_event(event_id=shown_event(alive, number).pk, now=NOW)
    done = drain_hooks()
    assert done == {"sent": 3, "pending": 1}
    tried = Delivery.objects.filter(address=str(dead.pk)).order_by("pk").values_list("attempts", flat=True)
    assert sorted(tried) == [0, 0, 1]


def test_gone_ends_it(shelf: Shelf, receiver: Receiver) -> None:
    hook = hook_to(receiver.url)
    receiver.statuses = [410]
    fan_out_event(event_id=shown_event(hook).pk, now=NOW)
    assert drain_hooks() == {"failed": 1}
    hook.refresh_from_db()
    assert hook.state == HookState.GONE


def test_mail_is_never_claimed_with_parcels_nor_parcels_with_mail(shelf: Shelf, receiver: Receiver) -> None:
    hook = hook_to(receiver.url)
    fan_out_event(event_id=shown_event(hook).pk, now=NOW)
    assert claim_deliveries(limit=5) == []
    assert len(claim_deliveries(limit=5, channel=Channel.WEBHOOK)) == 1
    assert Delivery.objects.get(channel="webhook").state == DeliveryState.PENDING


def test_a_thousandth_program_costs_the_fan_out_no_query(shelf: Shelf) -> None:
    hook = hook_to("https://ville.example/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        fan_out_event(event_id=shown_event(hook, 1).pk, now=NOW)
    for number in range(20):
        hook_to(f"https://ville.example/{number}")
    with CaptureQueriesContext(connection) as many:
        assert fan_out_event(event_id=shown_event(hook, 2).pk, now=NOW) == 21
    assert len(many) <= len(few)
