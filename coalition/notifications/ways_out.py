"""What the foot of a mail offers to whoever would rather be told otherwise, or not at all."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse

from coalition.notifications.kinds import Kind, Recipient
from coalition.notifications.models import Event
from coalition.notifications.routing import is_tuned

WayOut = Callable[[Kind, Recipient], dict[str, Any]]
_ways: list[WayOut] = []


def register_way_out(way: WayOut) -> None:
    """Let `way` say what mails to addresses without account end with; {} for those it does not know."""
    if way not in _ways:
        _ways.append(way)


def ways_out(kind: Kind, event: Event, recipient: Recipient) -> dict[str, Any]:
    """What templates and headers add to what the kind says: `preferences_url`, or what an app registered."""
    if recipient.account_id is not None:
        tuned = kind.category == "following" or is_tuned(kind, kind.targets(event))
        return {"preferences_url": f"{settings.BASE_URL}{reverse('preferences')}"} if tuned else {}
    found: dict[str, Any] = {}
    for way in _ways:
        found |= way(kind, recipient)
    return found
