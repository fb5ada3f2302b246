"""A kind of event for tests: whom to tell and what stands in the event's payload."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connections
from pytest_django import DjangoDbBlocker, Settings

from coalition.notifications.actions import claim_deliveries, fan_out_event, record_event, send_delivery
from coalition.notifications.enums import DeliveryState
from coalition.notifications.examples import example_for, forget_example
from coalition.notifications.kinds import Kind, Recipient, forget_kind, register_kind
from coalition.notifications.models import Delivery, Event
from coalition.notifications.transport import Transport

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TEMPLATES = Path(__file__).parent / "templates"


def _recipients(event: Event) -> list[Recipient]:
    if "poison" in event.payload:
        raise ValueError("poisoned recipients")
    return [
        Recipient(
            address=to[0], language=to[1], name=to[2] if len(to) > 2 else "", account_id=to[3] if len(to) > 3 else None
        )
        for to in event.payload["to"]
    ]


def _context(event: Event, recipient: Recipient) -> dict[str, Any]:
    if recipient.address in event.payload.get("broken_for", []):
        raise ValueError("poisoned words")
    return {"title": event.payload.get("title", "Un lac propre")}


TOLD = Kind(
    name="test.told",
    category="test",
    label="Essai",
    reason="Vous recevez ce message parce que vous suivez l’essai.",
    recipients=_recipients,
    context=_context,
    visible=lambda event, recipient: recipient.address not in event.payload.get("hidden_from", []),
)


@pytest.fixture
def told(settings: Settings) -> Iterator[Kind]:
    """The test kind, registered, with its templates found."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], TEMPLATES]
    settings.TEMPLATES = templates
    example_for(TOLD.name)(lambda: {"title": "Un lac propre"})
    yield register_kind(TOLD)
    forget_kind(TOLD.name)
    forget_example(TOLD.name)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Real commits, seen by other connections and processes; the outbox is emptied afterwards."""
    with django_db_blocker.unblock():
        yield
        Event.objects.all().delete()
        connections.close_all()


def tell(*to: str | tuple[object, ...], key: str = "", **payload: object) -> Event:
    """Record a test event for these recipients: an address, or (address, language, name, account_id)."""
    rows = [[item, "fr"] if isinstance(item, str) else list(item) for item in to]
    return record_event(
        kind=TOLD.name, key=key or f"test.told:{uuid4()}", subject=None, payload={"to": rows, **payload}, now=NOW
    )


def deliver(event: Event) -> list[DeliveryState]:
    """Fan this event out, then send what is due; the state each delivery was left in."""
    fan_out_event(event_id=event.pk, now=NOW)
    with Transport() as transport:
        return [send_delivery(delivery=delivery, transport=transport) for delivery in claim_deliveries(limit=100)]


def compose_mail(to: str, subject: str = "Votre code") -> Delivery:
    """A mail composed elsewhere, sent the way Django, allauth and Wagtail send theirs."""
    mail.send_mail(subject, "Le code est 2718.", None, [to], html_message="<p>Le code est <b>2718</b>.</p>")
    return Delivery.objects.latest("pk")
