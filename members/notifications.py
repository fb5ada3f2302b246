"""Who is told what about organisations and co-sponsorships.

The mail that asks to confirm a signature carries a secret. It is made while the mail is rendered, never before, so that
neither the event nor the delivery ever holds it: the database knows its hash only. A mail rendered again, after a
refusal of the mail server, carries another valid secret; the state of the act makes the first use the only one.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.core.access import can, is_organiser
from coalition.core.tokens import issue_token
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.enums import CosponsorshipState
from members.models import Affiliation, Organisation, User

CONFIRM_PURPOSE = "cosponsorship.confirm"
CONFIRM_LIFETIME = timedelta(days=7)


def recipients_of(accounts: Iterable[Any]) -> list[Recipient]:
    """Accounts as people to write to; a suspended one is told nothing."""
    return [
        Recipient(address=account.email, language=account.language, name=str(account), account_id=account.pk)
        for account in accounts
        if account.is_active
    ]


def organisers(event: Event) -> list[Recipient]:
    """The organising team, as far as its second factor is active, except who acted."""
    team = User.objects.organisers().exclude(pk=event.actor_id)
    return recipients_of(account for account in team if is_organiser(account))


def _representatives(event: Event) -> Iterable[Recipient]:
    """The running representatives of the organisation concerned, whoever acted."""
    subject: Any = event.subject
    organisation = subject if isinstance(subject, Organisation) else subject.organisation
    running = Affiliation.objects.active().representatives().filter(organisation=organisation).select_related("account")
    return recipients_of(affiliation.account for affiliation in running)


def _signatory(event: Event) -> Iterable[Recipient]:
    act: Any = event.subject
    return recipients_of([act.affiliation.account])


def while_allowed(action: str) -> Callable[[Event, Recipient], bool]:
    """Told only while the account may still do `action` to the subject."""

    def visible(event: Event, recipient: Recipient) -> bool:
        account = User.objects.filter(pk=recipient.account_id).first()
        return account is not None and bool(can(account, action, event.subject))

    return visible


def _still_awaited(event: Event, recipient: Recipient) -> bool:
    act: Any = event.subject
    signatory = act.affiliation.account
    return act.state == CosponsorshipState.AWAITING and signatory.email.lower() == recipient.address.lower()


def _url(name: str, *args: Any) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def _about_organisation(event: Event, _recipient: Recipient) -> dict[str, Any]:
    organisation: Any = event.subject
    return {"organisation": organisation, "url": _url("organisation", organisation.slug)}


def _about_act(event: Event, _recipient: Recipient) -> dict[str, Any]:
    act: Any = event.subject
    return {
        "act": act,
        "organisation": act.organisation,
        "coalition": act.coalition,
        "url": _url("cosponsorship", act.pk),
    }


def _with_link(event: Event, recipient: Recipient) -> dict[str, Any]:
    """What the act says, and a link with a fresh secret (see the top of this module)."""
    act: Any = event.subject
    secret = issue_token(
        purpose=CONFIRM_PURPOSE,
        subject=act,
        address=recipient.address,
        lifetime=CONFIRM_LIFETIME,
        now=timezone.now(),
    )
    return {**_about_act(event, recipient), "confirm_url": _url("cosponsorship_confirm", secret)}


REASON_ORGANISER = _("Vous recevez ce message parce que vous faites partie de l’équipe d’organisation.")
REASON_REPRESENTATIVE = _("Vous recevez ce message parce que vous représentez cette organisation.")
REASON_SIGNATORY = _("Vous recevez ce message parce que cette adresse a signé au nom d’une organisation.")

register_kind(
    Kind(
        name="organisation.requested",
        category="organisation",
        label=_("Une organisation demande à entrer"),
        reason=REASON_ORGANISER,
        recipients=organisers,
        context=_about_organisation,
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
            recipients=_representatives,
            context=_about_organisation,
            visible=while_allowed("organisation.view"),
        )
    )
register_kind(
    Kind(
        name="cosponsorship.confirm",
        category="cosponsorship",
        label=_("Confirmer votre signature"),
        reason=REASON_SIGNATORY,
        recipients=_signatory,
        context=_with_link,
        visible=_still_awaited,
    )
)
register_kind(
    Kind(
        name="cosponsorship.submitted",
        category="cosponsorship",
        label=_("Une signature attend votre réponse"),
        reason=REASON_ORGANISER,
        recipients=organisers,
        context=_about_act,
        visible=while_allowed("cosponsorship.decide"),
    )
)
for _name, _label in (
    ("cosponsorship.official", _("Votre organisation est co-porteuse")),
    ("cosponsorship.declined", _("Votre signature n’est pas retenue")),
    ("cosponsorship.withdrawn", _("Votre organisation s’est retirée")),
):
    register_kind(
        Kind(
            name=_name,
            category="cosponsorship",
            label=_label,
            reason=REASON_REPRESENTATIVE,
            recipients=_representatives,
            context=_about_act,
            visible=while_allowed("cosponsorship.view"),
        )
    )
