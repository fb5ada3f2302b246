"""How an act passes from a state to the next, and how people learn of it."""

from datetime import datetime
from typing import Any

from coalition.core.access import WrongState
from coalition.notifications.actions import record_event
from members.enums import COSPONSORSHIP_MOVES
from members.models import Cosponsorship


def move_act(act: Cosponsorship, state: str, **changes: Any) -> None:
    """Compare-and-swap to `state` from wherever COSPONSORSHIP_MOVES allows; WrongState when somebody was faster."""
    sources = [source for source, targets in COSPONSORSHIP_MOVES.items() if state in targets]
    if not Cosponsorship.objects.filter(pk=act.pk, state__in=sources).update(state=state, **changes):
        raise WrongState
    act.refresh_from_db()


def tell_act(kind: str, act: Cosponsorship, actor: Any, now: datetime, *, again: str = "") -> None:
    """Tell of something that befalls an act once, or, with `again`, as often as that word differs."""
    key = f"{kind}:{act.pk}:{again}" if again else f"{kind}:{act.pk}"
    record_event(kind=kind, key=key, subject=act, payload={}, now=now, actor=actor)


def moment_key(now: datetime) -> str:
    """An instant as part of an event's key."""
    return now.strftime("%Y%m%dT%H%M%S%f")
