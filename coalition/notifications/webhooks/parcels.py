"""What a program receives: a few facts as JSON, and the headers that prove who sent them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation

from coalition.notifications.webhooks.registry import shown_to_all
from coalition.notifications.webhooks.rows import Webhook
from coalition.notifications.webhooks.signing import signatures

if TYPE_CHECKING:
    from coalition.notifications.models import Event

PING = "webhook.ping"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One request to make."""

    hook_id: int
    url: str
    headers: Mapping[str, str]
    body: bytes


def event_name(event: "Event") -> str:
    """The same for every attempt and every program, so that a receiver knows what it has already."""
    return f"evt_{event.pk}"


def public_facts(event: "Event") -> dict[str, Any] | None:
    """What is said of an event: everybody's words, in each language; None where there is nothing to say.

    A test says nothing but that it is one.
    """
    facts: dict[str, Any] = {
        "id": event_name(event),
        "kind": event.kind,
        "happened_at": event.created_at.isoformat(),
    }
    if event.kind == PING:
        return {**facts, "url": settings.BASE_URL + "/", "title": "ping", "languages": {}}
    spoken = {}
    for code, _label in settings.LANGUAGES:
        with translation.override(code):
            shown = shown_to_all(event)
        if shown is None:
            return None
        spoken[code] = {"title": shown.title, "url": settings.BASE_URL + shown.url}
    return {**facts, **spoken[settings.LANGUAGE_CODE], "languages": spoken}


def pack_parcel(hook: Webhook, event: "Event", moment: datetime) -> Parcel | None:
    """The request that tells `hook` of `event`, signed at `moment`; None where there is nothing to say."""
    facts = public_facts(event)
    if facts is None:
        return None
    body = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    name = event_name(event)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"coalition-webhooks (+{settings.BASE_URL})",
        "webhook-id": name,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": signatures(hook, name=name, moment=moment, body=body),
    }
    return Parcel(hook.pk, hook.url, headers, body)
