"""The door through which whoever sends our mail tells what came back: a signed message, no account."""

import hashlib
import hmac
import json
import logging
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from coalition.notifications.enums import Return
from coalition.notifications.stops.returns import note_hook_event

log = logging.getLogger(__name__)

SIGNATURE = "X-Signature"
OLDEST_SECONDS = 300
MOST_EVENTS = 500
LARGEST = 512 * 1024
TYPES = {"bounce": Return.HARD, "soft_bounce": Return.SOFT, "complaint": Return.COMPLAINT}


@dataclass(frozen=True, slots=True)
class HookEvent:
    """One thing that came back."""

    came_back: Return
    address: str
    message_id: str
    detail: str


def sign_events(secret: str, moment: int, body: bytes) -> str:
    """The value of X-Signature: `t=<seconds since 1970>,v1=<hex HMAC-SHA256 of "<t>." and the body>`."""
    mark = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={mark}"


def is_signed(secret: str, header: str, body: bytes, now: float) -> bool:
    """Did the holder of the secret write this within five minutes of `now`?"""
    moment = header.partition(",")[0].removeprefix("t=")
    if not (moment.isascii() and moment.isdigit() and len(moment) < 12) or abs(now - int(moment)) > OLDEST_SECONDS:
        return False
    return constant_time_compare(sign_events(secret, int(moment), body), header)


def read_events(body: bytes) -> list[HookEvent]:
    """The events of a message; those of other types are left out. ValueError for a message that is not one."""
    said: Any = json.loads(body)
    rows = said.get("events") if isinstance(said, dict) else None
    if not isinstance(rows, list) or len(rows) > MOST_EVENTS or not all(isinstance(row, dict) for row in rows):
        raise ValueError("events")
    return [
        HookEvent(
            came_back=TYPES[row["type"]],
            address=_text(row, "address"),
            message_id=_in_brackets(_text(row, "message_id")),
            detail=_text(row, "detail"),
        )
        for row in rows
        if isinstance(row.get("type"), str) and row["type"] in TYPES
    ]


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return value.replace("\x00", "")[:320] if isinstance(value, str) else ""


def _in_brackets(message_id: str) -> str:
    bare = message_id.strip().strip("<>")
    return f"<{bare}>" if bare else ""


@csrf_exempt
@never_cache
@require_POST
def mail_events(request: HttpRequest) -> HttpResponse:
    """Take in what came back. 403 for another signature, and for any without MAIL_EVENTS_SECRET; 400 for what is no
    message, 413 for one that is too big.

    A message told twice changes nothing. 200 says how many addresses are stopped because of it.
    """
    secret = settings.MAIL_EVENTS_SECRET
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return HttpResponse(status=413)
    if not secret or not is_signed(secret, request.headers.get(SIGNATURE, ""), request.body, time.time()):
        return HttpResponseForbidden()
    try:
        events = read_events(request.body)
    except (ValueError, RecursionError):
        return HttpResponseBadRequest()
    now = timezone.now()
    stopped = sum(
        note_hook_event(
            came_back=event.came_back,
            address=event.address,
            message_id=event.message_id,
            detail=event.detail,
            now=now,
        )
        for event in events
    )
    log.info("mail events: %s, addresses stopped: %s", len(events), stopped)
    return JsonResponse({"events": len(events), "stopped": stopped})
