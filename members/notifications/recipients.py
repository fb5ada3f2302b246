"""Whom events of this app reach, and what every mail needs."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coalition.core.access import can, is_organiser
from coalition.notifications.kinds import ANYBODY, Recipient, Targets
from coalition.notifications.models import Event
from members.enums import OrganisationState
from members.models import Affiliation, Organisation, User


def recipients_of(accounts: Iterable[Any], role: str = "") -> list[Recipient]:
    """Accounts as people to write to, in that role if any; a suspended one is told nothing."""
    return [
        Recipient(account.email, account.language, str(account), account.pk, role)
        for account in accounts
        if account.is_active
    ]


def organisers(event: Event) -> list[Recipient]:
    """The organising team, as far as its second factor is active, except who acted."""
    team = User.objects.organisers().exclude(pk=event.actor_id)
    return recipients_of((account for account in team if is_organiser(account)), role="organiser")


def representatives(event: Event) -> Iterable[Recipient]:
    """The running representatives of the organisation concerned, whoever acted."""
    subject: Any = event.subject
    organisation = subject if isinstance(subject, Organisation) else subject.organisation
    running = Affiliation.objects.active().representatives().filter(organisation=organisation).select_related("account")
    return recipients_of((affiliation.account for affiliation in running), role="representative")


def all_representatives() -> Any:
    """The accounts that represent a confirmed organisation today, as a query set."""
    running = Affiliation.objects.active().representatives().filter(organisation__state=OrganisationState.CONFIRMED)
    return User.objects.filter(pk__in=running.values("account"))


def while_allowed(action: str) -> Callable[[Event, Recipient], bool]:
    """Told only while the account may still do `action` to the subject; a shared mailbox, while its people may."""

    def visible(event: Event, recipient: Recipient) -> bool:
        if recipient is ANYBODY:
            return bool(can(None, action, event.subject))
        if recipient.account_id is None:
            return any(can(account, action, event.subject) for account in speaking_for_mailbox(recipient.address))
        account = User.objects.filter(pk=recipient.account_id).first()
        return account is not None and bool(can(account, action, event.subject))

    return visible


def speaking_for_mailbox(address: str) -> list[User]:
    """For each organisation that shares this confirmed mailbox, one of its representatives, with no more power than
    that role there: for rules; never to be saved. Empty for any other address.
    """
    running = (
        Affiliation.objects.active()
        .representatives()
        .filter(
            organisation__shared_mailbox__address__iexact=address,
            organisation__shared_mailbox__confirmed_at__isnull=False,
            organisation__state=OrganisationState.CONFIRMED,
            account__is_active=True,
        )
        .select_related("account")
        .order_by("organisation", "pk")
    )
    speakers: dict[int, User] = {}
    for line in running:
        if line.organisation_id in speakers:
            continue
        limits: dict[str, Any] = {"roles": {line.organisation_id: line.role}, "group_names": frozenset()}
        line.account.is_superuser = line.account.is_staff = False
        line.account.__dict__.update(limits)
        speakers[line.organisation_id] = line.account
    return list(speakers.values())


def coalition_targets(event: Event) -> Targets:
    """The coalition an event, or its act, is about."""
    subject: Any = event.subject
    return [("coalition", str(getattr(subject, "coalition", subject).number))]


def act_targets(event: Event) -> Targets:
    """The co-sponsorship an event is about: what those find on the site in whose place a mailbox is written to."""
    return [("cosponsorship", str(event.object_id))]


def adoption_targets(event: Event) -> Targets:
    """The same for a local adoption."""
    return [("adoption", str(event.object_id))]


def absolute_url(name: str, *args: Any) -> str:
    """An address of the site as mails hold it."""
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def about_organisation(event: Event, _recipient: Recipient) -> dict[str, Any]:
    """What every mail about an organisation shows."""
    organisation: Any = event.subject
    return {"organisation": organisation, "url": absolute_url("organisation", organisation.slug)}


def about_act(event: Event, _recipient: Recipient) -> dict[str, Any]:
    """What every mail about an act shows."""
    act: Any = event.subject
    return {
        "act": act,
        "organisation": act.organisation,
        "coalition": act.coalition,
        "url": absolute_url("cosponsorship", act.pk),
    }


REASON_ORGANISER = _("Vous recevez ce message parce que vous faites partie de l’équipe d’organisation.")
REASON_REPRESENTATIVE = _("Vous recevez ce message parce que vous représentez cette organisation.")
REASON_SIGNATORY = _("Vous recevez ce message parce que cette adresse a signé au nom d’une organisation.")
