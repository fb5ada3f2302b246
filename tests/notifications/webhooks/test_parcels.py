import json

import pytest

from coalition.notifications.actions import record_event
from coalition.notifications.webhooks.parcels import PING, event_name, pack_parcel, public_facts
from tests.notifications.webhooks.public import NOW, Shelf, hook_to, shown_event

pytestmark = pytest.mark.django_db


def test_a_parcel_says_what_happened_when_and_where_in_each_language(shelf: Shelf) -> None:
    hook = hook_to("https://ville.example/")
    event = shown_event(hook)
    parcel = pack_parcel(hook, event, NOW)
    assert parcel is not None
    said = json.loads(parcel.body)
    assert set(said) == {"id", "kind", "happened_at", "url", "title", "languages"}
    assert (said["id"], said["kind"], said["happened_at"]) == (event_name(event), "test.shown", NOW.isoformat())
    assert said["url"].startswith("http") and said["url"].endswith("/fr/lac/1/")
    assert set(said["languages"]) == {"fr", "en"}
    assert said["languages"]["fr"] == {"title": said["title"], "url": said["url"]}


def test_its_headers_are_those_of_standard_webhooks_and_its_name_never_changes(shelf: Shelf) -> None:
    hook = hook_to("https://ville.example/")
    event = shown_event(hook)
    parcel, again = pack_parcel(hook, event, NOW), pack_parcel(hook_to("https://autre.example/"), event, NOW)
    assert parcel is not None and again is not None
    assert parcel.headers["webhook-id"] == again.headers["webhook-id"] == f"evt_{event.pk}"
    assert parcel.headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert parcel.headers["webhook-signature"].startswith("v1,")
    assert parcel.headers["webhook-signature"] != again.headers["webhook-signature"]


def test_there_is_no_parcel_about_what_nobody_may_read(shelf: Shelf) -> None:
    hook = hook_to("https://ville.example/")
    event = shown_event(hook)
    shelf.hidden.add("1")
    assert public_facts(event) is None
    assert pack_parcel(hook, event, NOW) is None


def test_a_test_says_only_that_it_is_one() -> None:
    hook = hook_to("https://ville.example/")
    event = record_event(kind=PING, key="essai", subject=hook, payload={}, now=NOW)
    facts = public_facts(event)
    assert facts is not None
    assert (facts["kind"], facts["languages"]) == (PING, {})
