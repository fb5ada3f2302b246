"""What is told about the keys of an account: always at once and by mail, nobody can turn it off.

No mail holds a network address; the device is named by its browser and system alone.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.notifications.accounts import REASON_OWNER
from members.notifications.recipients import absolute_url, recipients_of

REASON_FORMER = _("Vous recevez ce message parce que cette adresse est, ou était, celle d’un compte du site.")


def _owner(event: Event) -> Iterable[Recipient]:
    account: Any = event.subject
    return recipients_of([account]) if account is not None else []


def _both_addresses(event: Event) -> Iterable[Recipient]:
    """The account, and the address it had; a purge empties the payload once the mails have left."""
    account: Any = event.subject
    former = event.payload.get("address", "")
    if account is None or not former:
        return _owner(event)
    return [*_owner(event), Recipient(former, account.language, str(account) if account.name else "", None)]


def about_device(event: Event, _recipient: Recipient) -> dict[str, Any]:
    """The device, and what the event says of it."""
    device = event.payload.get("device") or _("un appareil inconnu")
    return {**event.payload, "device": device, "url": absolute_url("usersessions_list")}


def _about_address(event: Event, recipient: Recipient) -> dict[str, Any]:
    former = recipient.account_id is None
    page = absolute_url("contact") if former else absolute_url("usersessions_list")
    return {**about_device(event, recipient), "is_former": former, "url": page}


for _name, _label in (
    ("security.new_login", _("Nouvelle connexion à votre compte")),
    ("security.password_changed", _("Votre mot de passe a changé")),
    ("security.factor_added", _("Double authentification activée")),
    ("security.factor_removed", _("Double authentification changée")),
    ("security.provider_changed", _("Vos comptes reliés ont changé")),
):
    register_kind(
        Kind(
            name=_name,
            category="security",
            label=_label,
            reason=REASON_OWNER,
            recipients=_owner,
            context=about_device,
            visible=lambda event, recipient: event.subject is not None,
        )
    )
register_kind(
    Kind(
        name="security.email_changed",
        category="security",
        label=_("Votre adresse a changé"),
        reason=REASON_FORMER,
        recipients=_both_addresses,
        context=_about_address,
        visible=lambda event, recipient: event.subject is not None,
    )
)
