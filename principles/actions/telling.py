"""The events of the charter: who must be told is decided at fan-out."""

from datetime import datetime
from typing import Any

from coalition.notifications.actions import record_event
from coalition.notifications.models import Event
from principles.models import Amendment


def tell_of_amendment(
    *, kind: str, amendment: Amendment, actor: Any, now: datetime, mark: str = "", **facts: Any
) -> Event:
    """Write the event `kind` about an amendment, once, or once for each `mark`; `facts` go into its payload."""
    return record_event(
        kind=kind,
        key=f"{kind}:{amendment.pk}:{mark}" if mark else f"{kind}:{amendment.pk}",
        subject=amendment,
        payload={"number": amendment.number, "article": amendment.article_key, **facts},
        now=now,
        actor=actor,
    )
