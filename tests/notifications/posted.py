"""A kind of event about a notice on the board, for tests of routes and digests."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from coalition.notifications.actions import fan_out_event, record_event
from coalition.notifications.kinds import Kind, Recipient, forget_kind, register_kind
from coalition.notifications.models import Delivery, Event, Notice
from members.models import User
from tests.notifications.board import KIND, Board
from tests.notifications.told import NOW


def _named(event: Event) -> list[Recipient]:
    people = User.objects.filter(pk__in=event.payload.get("to", []))
    return [Recipient(one.email, one.language, one.name, one.pk) for one in people]


POSTED = Kind(
    name="test.told",
    category="discussion",
    label="Écrit pour vous",
    reason="Vous recevez ce message parce que vous lisez le panneau.",
    recipients=_named,
    context=lambda event, recipient: {"title": "Un lac propre"},
    visible=lambda event, recipient: not event.payload.get("gone"),
    targets=lambda event: [(KIND, key) for key in event.payload["about"]],
    news="Du nouveau",
    joins=lambda event: [(KIND, "joined")],
)


@pytest.fixture
def posted(board: Board) -> Iterator[Board]:
    """The kind, registered, and the board it is about."""
    register_kind(POSTED)
    yield board
    forget_kind(POSTED.name)


def post(key: str, *to: User, now: datetime = NOW, about: tuple[str, ...] = ("1",), **more: Any) -> Event:
    """Record an event about the board and fan it out."""
    event = record_event(
        kind=POSTED.name,
        key=f"test.told:{key}",
        subject=None,
        payload={"to": [one.pk for one in to], "about": list(about)},
        now=now,
        **more,
    )
    fan_out_event(event_id=event.pk, now=now)
    return event


def mailed(event: Event) -> list[str]:
    """The addresses an event is mailed to."""
    return sorted(Delivery.objects.filter(event=event).values_list("address", flat=True))


def route_of(event: Event, account: User) -> str:
    """The one route by which it reached the account; "" when it did not."""
    routes = list(Notice.objects.filter(event=event, account=account).values_list("route", flat=True))
    assert len(routes) < 2
    return routes[0] if routes else ""


def many_readers(count: int) -> list[User]:
    """Verified accounts, made in bulk."""
    rows = [User(email=f"lectrice{n}@foule.example", name=f"Lectrice {n}", password="!") for n in range(count)]
    made = User.objects.bulk_create(rows)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in made
    )
    return made
