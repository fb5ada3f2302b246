"""Events as things to follow, and what programs hear of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from coalition.core.following import Target
from coalition.notifications.enums import Theme
from coalition.notifications.models import Event as Told
from coalition.notifications.webhooks.registry import PublicKind, register_public_kind
from coalition.pages.enums import TARGET, EventState
from coalition.pages.models import Event


class EventTargets:
    """Registered as the source of "event"; the key is its slug."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """Those the account may read. One query, besides what the rules ask of the account."""
        found = Event.objects.visible_to(account).filter(slug__in=list(keys))
        return {one.slug: Target(TARGET, one.slug, one.title, one.get_absolute_url()) for one in found}


event_targets = EventTargets()


def _event(told: Told) -> tuple[str, str]:
    event: Any = told.subject
    return TARGET, event.slug


def _stands(told: Told) -> bool:
    """One that was cancelled meanwhile is neither announced nor said to have changed."""
    event: Any = told.subject
    return bool(event.state == EventState.PUBLISHED)


def _is_cancelled(told: Told) -> bool:
    event: Any = told.subject
    return bool(event.state == EventState.CANCELLED)


def register_public_kinds() -> None:
    """What programs may hear of events."""
    for kind in (
        PublicKind("event.announced", Theme.EVENTS, _("Rendez-vous annoncé"), _event, still=_stands),
        PublicKind("event.changed", Theme.EVENTS, _("Rendez-vous : date ou lieu changés"), _event, still=_stands),
        PublicKind("event.cancelled", Theme.EVENTS, _("Rendez-vous annulé"), _event, still=_is_cancelled),
    ):
        register_public_kind(kind)
