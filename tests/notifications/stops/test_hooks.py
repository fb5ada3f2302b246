"""The door of whoever sends our mail."""

import json
import time
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from coalition.notifications.enums import Return
from coalition.notifications.models import StoppedAddress
from coalition.notifications.stops.hooks import is_signed, read_events, sign_events

pytestmark = pytest.mark.django_db
SECRET = "a-long-secret"
BOUNCE = {"type": "bounce", "address": "Ada@example.org", "message_id": "one@example.org", "detail": "5.1.1"}


@pytest.fixture(autouse=True)
def _secret(settings: Settings) -> None:
    settings.MAIL_EVENTS_SECRET = SECRET


def tell(client: Client, *events: Any, secret: str = SECRET, ago: int = 0) -> Any:
    body = json.dumps({"events": events}).encode()
    signed = {"X-Signature": sign_events(secret, int(time.time()) - ago, body)}
    return client.post("/mail/events", body, content_type="application/json", headers=signed)


def test_a_signed_message_stops_what_it_names_once(client: Client) -> None:
    opened = {"type": "open", "address": "zoe@example.org"}
    answer = tell(client, BOUNCE, opened, {"type": "complaint", "address": "bob@example.org"})
    assert (answer.status_code, answer.json()) == (200, {"events": 2, "stopped": 2})
    assert tell(client, BOUNCE).status_code == 200
    assert sorted(StoppedAddress.objects.values_list("address", "reason")) == [
        ("ada@example.org", "bounce"),
        ("bob@example.org", "complaint"),
    ]


def test_another_secret_an_old_message_or_no_signature_is_turned_away(client: Client) -> None:
    assert tell(client, BOUNCE, secret="other").status_code == 403
    assert tell(client, BOUNCE, ago=600).status_code == 403
    assert client.post("/mail/events", b"{}", content_type="application/json").status_code == 403
    assert not StoppedAddress.objects.exists()


def test_without_a_secret_the_door_is_shut(client: Client, settings: Settings) -> None:
    settings.MAIL_EVENTS_SECRET = ""
    assert tell(client, BOUNCE, secret="").status_code == 403
    assert client.get("/mail/events").status_code == 405


@pytest.mark.parametrize("body", [b"", b"[]", b'{"events": 1}', b'{"events": [1]}', b"\xff", b"[" * 100_000])
def test_what_is_no_message_is_said_so(client: Client, body: bytes) -> None:
    signed = {"X-Signature": sign_events(SECRET, int(time.time()), body)}
    answer = client.post("/mail/events", body, content_type="application/json", headers=signed)
    assert answer.status_code == 400


def test_a_message_that_is_too_big_is_not_read(client: Client) -> None:
    assert client.post("/mail/events", b"x" * 600_000, content_type="application/json").status_code == 413


def test_fields_are_read_as_they_come() -> None:
    [event] = read_events(
        json.dumps({"events": [{"type": "soft_bounce", "address": 7, "message_id": "<a@b>"}]}).encode()
    )
    assert (event.came_back, event.address, event.message_id) == (Return.SOFT, "", "<a@b>")
    assert not is_signed(SECRET, "t=٣,v1=", b"", 3.0)
