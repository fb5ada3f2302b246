"""What is told to people who support a coalition. They may have no account: their address is all there is.

The link that confirms carries a secret made while the mail is rendered (see `members.notifications.cosponsorships`).
The link that withdraws must work for ever: it is signed, names the support and nothing else, and opens nothing else.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from coalition.core.tokens import issue_token, read_signed_key, sign_key
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.enums import SupportState
from members.models import Support
from members.notifications.recipients import absolute_url

SUPPORT_PURPOSE = "support.confirm"
SUPPORT_LIFETIME = timedelta(days=7)
SALT = "members.support.withdraw"

REASON = _("Vous recevez ce message parce que cette adresse a été donnée pour soutenir la coalition.")


def withdrawal_secret(support: Support) -> str:
    """The word that ends a support from a mail, today or in ten years."""
    return sign_key(salt=SALT, key=support.pk)


def support_of_secret(secret: str) -> Support | None:
    """The support that word was made for, or None for any other word."""
    pk = read_signed_key(salt=SALT, word=secret)
    return None if pk is None else Support.objects.select_related("coalition", "organisation").filter(pk=pk).first()


def is_support_secret(secret: str) -> bool:
    """Did we write that word, whether its support is still there or not?"""
    return read_signed_key(salt=SALT, word=secret) is not None


def way_out_of_support(support: Support) -> dict[str, Any]:
    """What the foot and the headers of a mail to whoever supports hold."""
    secret = withdrawal_secret(support)
    return {
        "leave_url": absolute_url("support_one_click", secret),
        "leave_words": gettext("Retirer mon soutien et faire effacer mon adresse"),
    }


def _person(event: Event) -> Iterable[Recipient]:
    support: Any = event.subject
    if not support.email:
        return []
    known = support.name if support.state == SupportState.ACTIVE else ""  # what nobody proved is not mailed to anybody
    return [Recipient(address=support.email, language=support.language, name=known, account_id=None)]


def _while(*states: str) -> Any:
    """Told only while the support is in one of `states` and still of that address."""

    def visible(event: Event, recipient: Recipient) -> bool:
        support: Any = event.subject
        return support.state in states and support.email.lower() == recipient.address.lower()

    return visible


def _about(event: Event, _recipient: Recipient) -> dict[str, Any]:
    support: Any = event.subject
    return {
        "support": support,
        "coalition": support.coalition,
        "url": absolute_url("supporters"),
        **way_out_of_support(support),
    }


def _with_link(event: Event, recipient: Recipient) -> dict[str, Any]:
    """What every mail shows, and a link with a fresh secret."""
    support: Any = event.subject
    secret = issue_token(
        purpose=SUPPORT_PURPOSE,
        subject=support,
        address=recipient.address,
        lifetime=SUPPORT_LIFETIME,
        now=timezone.now(),
    )
    return {**_about(event, recipient), "confirm_url": absolute_url("support_confirm", secret)}


for _name, _label, _context, _states in (
    ("support.confirm", _("Confirmer votre soutien"), _with_link, (SupportState.AWAITING,)),
    ("support.confirmed", _("Votre soutien est enregistré"), _about, (SupportState.ACTIVE,)),
    ("support.known", _("Vous soutenez déjà la coalition"), _about, (SupportState.ACTIVE,)),
):
    register_kind(
        Kind(
            name=_name,
            category="support",
            label=_label,
            reason=REASON,
            recipients=_person,
            context=_context,
            visible=_while(*_states),
            essential=_name == "support.confirm",
        )
    )
