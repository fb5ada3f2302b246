"""What is told about accounts that go."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.models import Affiliation, Organisation, User
from members.notifications.recipients import (
    REASON_ORGANISER,
    about_organisation,
    absolute_url,
    organisers,
    recipients_of,
)

REASON_OWNER = _("Vous recevez ce message parce que cette adresse est celle d’un compte du site.")
REASON_ERASED = _("Vous recevez ce message, le dernier, parce que cette adresse était celle d’un compte effacé.")


def _owner(event: Event) -> Iterable[Recipient]:
    account: Any = event.subject
    return recipients_of([account]) if account is not None else []


def _still_away(event: Event, recipient: Recipient) -> bool:
    """Whoever came back meanwhile is not told."""
    account = User.objects.filter(pk=recipient.account_id, erased_at=None).first()
    return account is not None and (account.last_login is None or account.last_login < event.created_at)


def _about_return(_event: Event, _recipient: Recipient) -> dict[str, Any]:
    return {"url": absolute_url("account_login")}


def _erased_address(event: Event) -> Iterable[Recipient]:
    """The address that is being forgotten; the payload is emptied by the purge once the mail has left."""
    address = event.payload.get("address")
    if not address:
        return []
    return [Recipient(address=address, language=event.payload["language"], name="", account_id=None)]


def _always(_event: Event, _recipient: Recipient) -> bool:
    return True


def _erased_on(event: Event, _recipient: Recipient) -> dict[str, Any]:
    return {"day": timezone.localtime(event.created_at).date()}


def _still_unrepresented(event: Event, _recipient: Recipient) -> bool:
    organisation: Any = event.subject
    if not isinstance(organisation, Organisation):
        return False
    return not Affiliation.objects.active().representatives().filter(organisation=organisation).exists()


register_kind(
    Kind(
        name="account.inactive",
        category="account",
        label=_("Votre compte va être effacé"),
        reason=REASON_OWNER,
        recipients=_owner,
        context=_about_return,
        visible=_still_away,
    )
)
register_kind(
    Kind(
        name="account.erased",
        category="account",
        label=_("Votre compte est effacé"),
        reason=REASON_ERASED,
        recipients=_erased_address,
        context=_erased_on,
        visible=_always,
    )
)
register_kind(
    Kind(
        name="organisation.unrepresented",
        category="organisation",
        label=_("Une organisation n’a plus de représentant"),
        reason=REASON_ORGANISER,
        recipients=organisers,
        context=about_organisation,
        visible=_still_unrepresented,
    )
)
