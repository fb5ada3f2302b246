"""A public kind of event for tests, about the board of `tests.notifications.board`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from coalition.core.following import Target, forget_target_source, register_target_source
from coalition.notifications.actions import record_event
from coalition.notifications.enums import Theme
from coalition.notifications.kinds import Kind, forget_kind, register_kind
from coalition.notifications.models import Event, Webhook
from coalition.notifications.webhooks.registry import PublicKind, forget_public_kind, register_public_kind

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NAME, THING = "test.shown", "shown"


class Shelf:
    """Things by key; those in `hidden` are nobody's."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()

    def readable(self, account: Any, keys: Any) -> dict[str, Target]:
        return {
            key: Target(THING, key, f"Le « lac » {key}", f"/fr/lac/{key}/") for key in keys if key not in self.hidden
        }


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    """The kind and its things, registered."""
    found = Shelf()
    register_kind(
        Kind(NAME, "test", "Essai", "Essai.", lambda event: (), lambda event, to: {}, lambda event, to: True, False)
    )
    register_target_source(THING, found)
    register_public_kind(
        PublicKind(
            NAME,
            Theme.CASES,
            "Lac no %(number)s rempli",
            lambda event: (THING, str(event.payload["number"])),
            still=lambda event: not event.payload.get("undone"),
        )
    )
    yield found
    forget_public_kind(NAME)
    forget_target_source(THING)
    forget_kind(NAME)


def shown_event(subject: Any, number: int = 1, **payload: Any) -> Event:
    """Something public that happened."""
    return record_event(
        kind=NAME, key=f"{NAME}:{number}", subject=subject, payload={"number": number, **payload}, now=NOW
    )


def hook_to(url: str, **values: Any) -> Webhook:
    """A program that hears of cases."""
    return Webhook.objects.create(**{"name": "Ville", "url": url, "themes": ["cases"], "created_at": NOW, **values})
