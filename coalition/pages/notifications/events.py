"""The four things people are told of an event: that it is announced, near, changed, cancelled."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from coalition.core.access import can
from coalition.core.moments import same_clock, span_words
from coalition.notifications.enums import Category
from coalition.notifications.kinds import ANYBODY, Kind, Recipient, Targets, register_kind
from coalition.notifications.models import Event as Told, Follow
from coalition.notifications.telling import account_of
from coalition.pages.enums import TARGET, EventState
from coalition.pages.models import Event
from coalition.pages.notifications.changes import changed_rows

Named = Callable[[Event], Targets]


def _subject(told: Told) -> Event:
    subject: Any = told.subject
    event: Event = subject
    return event


def itself(event: Event) -> Targets:
    """The event, as something to follow."""
    return [(TARGET, event.slug)]


def holders(event: Event) -> Targets:
    """Its organisation and its coalition, as things to follow."""
    found = [("organisation", event.organisation.slug)] if event.organisation else []
    return [*found, ("coalition", str(event.coalition.number))] if event.coalition else found


def _followers(event: Event, named: Named) -> Any:
    """The live accounts that follow one of these, and silenced none of them, nor the event."""
    people: Any = get_user_model()._default_manager.filter(is_active=True)
    heard, silent = Q(pk__in=[]), Q(pk__in=[])
    for kind, key in named(event):
        heard |= Q(target_kind=kind, target_key=key, muted=False)
    for kind, key in {*named(event), *itself(event)}:
        silent |= Q(target_kind=kind, target_key=key, muted=True)
    follows = Follow.objects.all()
    return people.filter(pk__in=follows.filter(heard).values("account")).exclude(
        pk__in=follows.filter(silent).values("account")
    )


def _crowd(named: Named) -> Callable[[Told], Any]:
    return lambda told: _followers(_subject(told), named)


def _still(named: Named, holds: Callable[[Told], bool]) -> Callable[[Told, Recipient], bool]:
    """While it holds, and while whoever is told may read the event and follows what brings it to them."""

    def visible(told: Told, recipient: Recipient) -> bool:
        event = _subject(told)
        if not holds(told):
            return False
        if recipient is ANYBODY:
            return bool(can(None, "event.view", event))
        account = account_of(recipient.account_id)
        if account is None or not can(account, "event.view", event):
            return False
        return bool(_followers(event, named).filter(pk=account.pk).exists())

    return visible


def _is_coming(told: Told) -> bool:
    """Published and not over: one that was cancelled or withdrawn meanwhile is not announced."""
    event = _subject(told)
    return event.state == EventState.PUBLISHED and not event.is_past(timezone.now())


def _is_near(told: Told) -> bool:
    """It still begins at the moment the mail is about, and has not begun."""
    event = _subject(told)
    on_that_date = parse_datetime(told.payload["starts_at"]) == event.starts_at
    return on_that_date and event.state == EventState.PUBLISHED and not event.has_begun(timezone.now())


def _is_cancelled(told: Told) -> bool:
    return _subject(told).state == EventState.CANCELLED


def event_context(told: Told, recipient: Recipient) -> dict[str, Any]:
    """What every mail about an event shows; the hours also on the reader's own clock where it shows others."""
    event = _subject(told)
    account = account_of(recipient.account_id)
    own = account.time_zone if account is not None else event.time_zone
    elsewhere = not same_clock(own, event.time_zone, event.starts_at)
    return {
        "title": event.title,
        "summary": event.summary,
        "holder": event.holder,
        "when": span_words(event.starts_at, event.ends_at, event.time_zone),
        "own_when": span_words(event.starts_at, event.ends_at, own) if elsewhere else "",
        "place": event.address_words,
        "online_url": event.online_url,
        "registration": event.registration,
        "registration_url": event.registration_url,
        "reason_given": event.cancel_reason,
        "path": event.get_absolute_url(),
    }


def _changed_context(told: Told, recipient: Recipient) -> dict[str, Any]:
    rows = changed_rows(told.payload["before"], told.payload["after"])
    return {**event_context(told, recipient), "changes": rows}


def _declare(name: str, category: Category, label: Any, reason: Any, named: Named, **more: Any) -> Kind:
    holds = more.pop("holds")
    return register_kind(
        Kind(
            name=name,
            category=category.value,
            label=label,
            reason=reason,
            recipients=lambda told: (),
            context=more.pop("context", event_context),
            visible=_still(named, holds),
            targets=lambda told: itself(_subject(told)),
            crowd=_crowd(named),
        )
    )


FOLLOWS_IT = _("Vous recevez ce message parce que vous suivez ce rendez-vous.")
ANNOUNCED = _declare(
    "event.announced",
    Category.FOLLOWING,
    _("Rendez-vous annoncé"),
    _("Vous recevez ce message parce que vous suivez l’organisation ou la coalition qui tient ce rendez-vous."),
    holders,
    holds=_is_coming,
)
NEAR_KIND = _declare(
    "event.near", Category.EVENT, _("Rendez-vous dans deux jours au plus"), FOLLOWS_IT, itself, holds=_is_near
)
CHANGED = _declare(
    "event.changed",
    Category.EVENT,
    _("Rendez-vous : date ou lieu changés"),
    FOLLOWS_IT,
    itself,
    holds=_is_coming,
    context=_changed_context,
)
CANCELLED = _declare(
    "event.cancelled", Category.EVENT, _("Rendez-vous annulé"), FOLLOWS_IT, itself, holds=_is_cancelled
)
