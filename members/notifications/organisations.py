"""What is told about organisations."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.models import User
from members.notifications.recipients import (
    REASON_ORGANISER,
    REASON_REPRESENTATIVE,
    about_organisation,
    organisers,
    recipients_of,
    representatives,
    while_allowed,
)

register_kind(
    Kind(
        name="organisation.requested",
        category="organisation",
        label=_("Une organisation demande à entrer"),
        reason=REASON_ORGANISER,
        recipients=organisers,
        context=about_organisation,
        visible=while_allowed("organisation.decide"),
    )
)
for _name, _label in (
    ("organisation.confirmed", _("Votre organisation est confirmée")),
    ("organisation.refused", _("Votre organisation n’est pas retenue")),
):
    register_kind(
        Kind(
            name=_name,
            category="organisation",
            label=_label,
            reason=REASON_REPRESENTATIVE,
            recipients=representatives,
            context=about_organisation,
            visible=while_allowed("organisation.view"),
        )
    )


def _told(event: Event) -> Iterable[Recipient]:
    """Those who represented the organisations when it happened: afterwards nobody may."""
    return recipients_of(User.objects.filter(pk__in=event.payload.get("accounts", [])))


def _about_merge(event: Event, recipient: Recipient) -> dict[str, Any]:
    return {**about_organisation(event, recipient), "gone": event.payload.get("gone", "")}


def _is_still_here(_event: Event, recipient: Recipient) -> bool:
    return User.objects.filter(pk=recipient.account_id, is_active=True).exists()


register_kind(
    Kind(
        name="organisation.merged",
        category="organisation",
        label=_("Votre organisation est réunie à une autre"),
        reason=REASON_REPRESENTATIVE,
        recipients=_told,
        context=_about_merge,
        visible=while_allowed("organisation.view"),
    )
)
register_kind(
    Kind(
        name="organisation.removed",
        category="organisation",
        label=_("Votre organisation n’est plus dans le réseau"),
        reason=_("Vous recevez ce message parce que vous représentiez cette organisation."),
        recipients=_told,
        context=about_organisation,
        visible=_is_still_here,
    )
)
