"""Events in calendars: everybody's, one's own, and the file of one event."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from coalition.core.agenda import Deadline
from coalition.notifications.readers import Follow
from coalition.pages.enums import KEPT_IN_CALENDARS, PUBLIC, TARGET, EventState
from coalition.pages.models import Event

STATUS = {EventState.PUBLISHED.value: "CONFIRMED", EventState.CANCELLED.value: "CANCELLED"}


def deadline_of(event: Event) -> Deadline:
    """The event as calendars know it: its name never changes, whatever becomes of its date; SEQUENCE is its own."""
    cancelled = event.state == EventState.CANCELLED
    title = _("Annulé : %(title)s") % {"title": event.title} if cancelled else event.title
    notes = (event.summary, event.cancel_reason, event.online_url, event.registration, event.registration_url)
    return Deadline(
        key=f"event.{event.pk}",
        when=event.starts_at,
        title=title,
        url=event.get_absolute_url(),
        changed_at=event.changed_at,
        note="\n".join(note for note in notes if note),
        ends=event.ends_at,
        status=STATUS.get(event.state, "TENTATIVE"),
        sequence=event.sequence,
        place=event.address_words or event.online_url,
        zone=event.time_zone,
    )


def public_deadlines(now: datetime) -> Iterator[Deadline]:
    """Published and cancelled events, for a year after they are over. One query."""
    shown = Event.objects.public().filter(ends_at__gt=now - KEPT_IN_CALENDARS).whole()
    return (deadline_of(event) for event in shown)


def personal_deadlines(account: Any, now: datetime) -> Iterator[Deadline]:
    """Public events the account follows and did not silence. One query."""
    keys = Follow.objects.filter(account=account, target_kind=TARGET, muted=False).values("target_key")
    shown = Event.objects.public().filter(slug__in=keys, state__in=PUBLIC, ends_at__gt=now - KEPT_IN_CALENDARS)
    return (deadline_of(event) for event in shown.whole())
