"""Events to tell stories about: two hours in the time zone of Dakar, ten days from now unless said otherwise."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from coalition.notifications.models import Follow
from coalition.pages.actions import create_event, publish_event
from coalition.pages.models import Event, EventWords
from tests.world import World

TEN_DAYS = timedelta(days=10)


def words(begins: timedelta = TEN_DAYS, lasts: timedelta = timedelta(hours=2), **more: Any) -> EventWords:
    """What one writes."""
    starts_at = timezone.now().replace(minute=0, second=0, microsecond=0) + begins
    plain: dict[str, Any] = {
        "title": "Atelier des comptages",
        "summary": "Trois villes montrent leurs comptages.",
        "kind": "workshop",
        "starts_at": starts_at,
        "ends_at": starts_at + lasts,
        "time_zone": "Africa/Dakar",
        "venue": "Maison des associations",
        "country": "SN",
        "city": "Dakar",
        "geoname_id": 2253354,
    }
    return EventWords(**{**plain, **more})


def draft(world: World, role: str = "cityed_own", *, coalition: bool = False, **said: Any) -> Event:
    """A draft of own's editor, for own; with the coalition too when asked."""
    return create_event(
        actor=world.account(role),
        organisation=world.organisations["own"],
        coalition=world.coalition if coalition else None,
        words=words(**said),
        now=said.pop("now", timezone.now()),
    )


def published(world: World, role: str = "cityed_own", *, now: datetime | None = None, **said: Any) -> Event:
    """One that everybody reads."""
    event = draft(world, role, **said)
    return publish_event(actor=world.account(role), event=event, based_on=event.version, now=now or timezone.now())


def past(world: World, **said: Any) -> Event:
    """One that took place two days ago, published a month before."""
    before = timezone.now() - timedelta(days=30)
    return published(world, begins=timedelta(days=-2), now=before, **said)


def follows(world: World, role: str, event: Event, *, muted: bool = False) -> None:
    """Somebody of this role follows, or has silenced, the event."""
    Follow.objects.create(
        account=world.account(role), target_kind="event", target_key=event.slug, created_at=timezone.now(), muted=muted
    )
