"""What an organisation's page and an account's own page say of events."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.core.access import can, is_organiser
from coalition.core.profiles import ProfileItem, ProfileSection
from coalition.pages.enums import EventState
from coalition.pages.models import Event

SHOWN = 5


def _item(event: Event, now: datetime) -> ProfileItem:
    draft, cancelled = event.state == EventState.DRAFT, event.state == EventState.CANCELLED
    return ProfileItem(
        title=event.title,
        url=reverse("event_publish", args=[event.slug]) if draft else event.get_absolute_url(),
        text=event.where_words,
        date=event.starts_at.astimezone(event.zone).date(),
        what=event.get_kind_display(),
        state=event.state if draft else "stopped" if cancelled else "",
        word=event.get_state_display() if draft or cancelled else "",
    )


def organisation_events(organisation: Any, account: Any) -> ProfileSection | None:
    """The organisation's public events, the last first; for those who write for it, the way to theirs. One query."""
    now = timezone.now()
    found = Event.objects.public().filter(organisation=organisation).order_by("-starts_at", "-pk")
    items = [_item(event, now) for event in found[:SHOWN]]
    writes = account is not None and bool(can(account, "event.create", organisation))
    return ProfileSection(
        title=_("Ses rendez-vous"),
        items=items or ([_first(organisation)] if writes else []),
        more_url=reverse("event_desk") if writes else reverse("events"),
        more_label=_("Vos rendez-vous") if writes else _("Tous les rendez-vous"),
    )


def _first(organisation: Any) -> ProfileItem:
    return ProfileItem(
        title=_("Écrire le premier rendez-vous de cette organisation"),
        url=f"{reverse('event_new')}?organisation={organisation.pk}",
        text=_("un atelier, un webinaire, une réunion. Vous seuls voyez cette ligne."),
    )


def own_events(account: Any) -> ProfileSection | None:
    """« Vos rendez-vous » on the account page of who writes for an organisation, and of organisers."""
    if not can(account, "event.create"):
        return None
    now = timezone.now()
    mine = Event.objects.held_by(account).filter(ends_at__gt=now).whole()
    if is_organiser(account):
        mine = mine.filter(author=account)
    invitation = ProfileItem(
        title=_("Écrire un rendez-vous"),
        url=reverse("event_new"),
        text=_("un atelier, un webinaire, une réunion ; ceux qui vous suivent l’apprendront."),
    )
    return ProfileSection(
        title=_("Vos rendez-vous"),
        items=[_item(event, now) for event in mine.order_by("starts_at", "pk")[:SHOWN]] or [invitation],
        more_url=reverse("event_desk"),
        more_label=_("Tous vos rendez-vous"),
    )
