"""How an account wants to be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from coalition.core.access import require
from coalition.core.errors import DomainError
from coalition.notifications.enums import DEFAULT_RHYTHM, Category, Rhythm
from coalition.notifications.models import Choice, Preferences


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything the page asks. `rhythms` by category; quiet hours both or none, whole hours of `time_zone`."""

    rhythms: Mapping[str, str]
    language: str
    time_zone: str
    quiet_from: int | None = None
    quiet_to: int | None = None
    paused_until: date | None = None
    auto_follow: bool = True


def preferences_of(account: Any) -> Preferences:
    """The account's own, or the defaults, not saved."""
    return Preferences.objects.filter(account=account).first() or Preferences(account=account)


def rhythms_of(account: Any) -> dict[str, str]:
    """The rhythm of each category, chosen or default."""
    chosen = dict(Choice.objects.filter(account=account).values_list("category", "rhythm"))
    return {category: chosen.get(category, DEFAULT_RHYTHM[category]) for category in Category}


@transaction.atomic
def save_preferences(*, actor: Any, wishes: Wishes) -> Preferences:
    """Set how one's own account is told, from the next event on; what already waits for a digest still comes.

    DomainError for quiet hours with one end, a category or rhythm that does not exist. Security, signatures and
    mandates are no category: they cannot be turned off.
    """
    require(actor, "preferences.edit")
    if (wishes.quiet_from is None) != (wishes.quiet_to is None):
        raise DomainError(_("Les heures calmes ont un début et une fin."), field="quiet_to")
    if not set(wishes.rhythms) <= set(Category.values) or not set(wishes.rhythms.values()) <= set(Rhythm.values):
        raise DomainError(_("Ce choix n’existe pas."))
    told = {
        "quiet_from": wishes.quiet_from,
        "quiet_to": wishes.quiet_to,
        "paused_until": wishes.paused_until,
        "auto_follow": wishes.auto_follow,
    }
    kept, _is_new = Preferences.objects.update_or_create(account=actor, defaults=told)
    for category, rhythm in wishes.rhythms.items():
        Choice.objects.update_or_create(account=actor, category=category, defaults={"rhythm": rhythm})
    get_user_model().objects.filter(pk=actor.pk).update(language=wishes.language, time_zone=wishes.time_zone)
    return kept
