"""What is told about mandates: invitations, requests to enter, changes, ends and hand-overs.

The mail of an invitation carries a secret that is made while it is rendered, as for signatures (see
`members.notifications.cosponsorships`): the database knows its hash only.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.core.access import can
from coalition.core.tokens import issue_token
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.enums import RIGHTS, InvitationState, JoinRequestState, OrganisationState, Role
from members.models import Affiliation, User
from members.notifications.recipients import (
    REASON_REPRESENTATIVE,
    absolute_url,
    organisers,
    recipients_of,
    representatives,
)

INVITATION_PURPOSE = "affiliation.invited"
INVITATION_LIFETIME = timedelta(days=14)

REASON_INVITED = _(
    "Vous recevez ce message parce que quelqu’un a donné cette adresse pour vous inviter. Elle ne sert à rien d’autre."
)
REASON_APPLICANT = _("Vous recevez ce message parce que vous avez demandé à rejoindre cette organisation.")
REASON_OVERDUE = _(
    "Vous recevez ce message parce que ce mandat est le vôtre, ou parce que vous faites partie de l’équipe "
    "d’organisation."
)
REASON_CONCERNED = _("Vous recevez ce message parce que vous agissez, ou avez agi, pour cette organisation.")


def about_mandate(event: Event, recipient: Recipient) -> dict[str, Any]:
    """What every mail about a line, an invitation or a request shows; `own` when it speaks of its reader."""
    subject: Any = event.subject
    person = getattr(subject, "account", None)
    return {
        "subject": subject,
        "organisation": subject.organisation,
        "person": person,
        "own": person is not None and person.pk == recipient.account_id,
        "rights": RIGHTS[Role(subject.role)],
        "payload": event.payload,
        "people_url": absolute_url("people", subject.organisation.slug),
        "url": absolute_url("organisation", subject.organisation.slug),
        "join_url": absolute_url("join_request", subject.organisation.slug),
    }


# Invitations ---------------------------------------------------------------------------


def _invited(event: Event) -> Iterable[Recipient]:
    invitation: Any = event.subject
    return [Recipient(invitation.email, invitation.language, invitation.name, None)]


def _still_open(event: Event, recipient: Recipient) -> bool:
    invitation: Any = event.subject
    live = invitation.state == InvitationState.OPEN and invitation.expires_at > timezone.now()
    return live and invitation.organisation.state == OrganisationState.CONFIRMED


def _with_link(event: Event, recipient: Recipient) -> dict[str, Any]:
    """Who invites, into what, and a link with a fresh secret."""
    invitation: Any = event.subject
    now = timezone.now()
    secret = issue_token(
        purpose=INVITATION_PURPOSE,
        subject=invitation,
        address=recipient.address,
        lifetime=invitation.expires_at - now,
        now=now,
    )
    return {**about_mandate(event, recipient), "invitation_url": absolute_url("invitation", secret)}


def _inviter(event: Event) -> Iterable[Recipient]:
    """Who invited, while still concerned; else the representatives."""
    invitation: Any = event.subject
    inviter = invitation.invited_by
    if inviter is not None and can(inviter, "organisation.view_members", invitation.organisation):
        return recipients_of([inviter])
    return representatives(event)


def _inside(event: Event, recipient: Recipient) -> bool:
    """Told only to who may still see the organisation's people."""
    subject: Any = event.subject
    account = User.objects.filter(pk=recipient.account_id).first()
    return account is not None and bool(can(account, "organisation.view_members", subject.organisation))


# Requests --------------------------------------------------------------------------------


def _deciders(event: Event) -> Iterable[Recipient]:
    """The representatives, or the organisers of the site where there is none."""
    return list(representatives(event)) or organisers(event)


def _may_decide(event: Event, recipient: Recipient) -> bool:
    account = User.objects.filter(pk=recipient.account_id).first()
    return account is not None and bool(can(account, "join_request.decide", event.subject))


def _applicant(event: Event) -> Iterable[Recipient]:
    request: Any = event.subject
    return recipients_of([request.account])


def _is_answered(event: Event, recipient: Recipient) -> bool:
    request: Any = event.subject
    return request.state in (JoinRequestState.ACCEPTED, JoinRequestState.DECLINED)


# Lines -------------------------------------------------------------------------------------


def _person(event: Event) -> list[Recipient]:
    """Whose line it is, unless it is who acted."""
    line: Any = event.subject
    return [] if line.account_id == event.actor_id else recipients_of([line.account])


def _others(event: Event) -> list[Recipient]:
    """The representatives, except who acted."""
    return [one for one in representatives(event) if one.account_id != event.actor_id]


def _person_and_others(event: Event) -> Iterable[Recipient]:
    return [*_person(event), *_others(event)]


def _person_and_organisers(event: Event) -> Iterable[Recipient]:
    return [*_person(event), *organisers(event)]


def _former_and_others(event: Event) -> Iterable[Recipient]:
    """After a hand-over: who handed over, and the other representatives; the successor has just agreed."""
    former = Affiliation.objects.filter(pk=event.payload.get("hands_over") or 0).select_related("account")
    return [*recipients_of(line.account for line in former), *_others(event)]


def _concerned(event: Event, recipient: Recipient) -> bool:
    """Whose line it is or was, always; others as far as they may see the organisation's people."""
    line: Any = event.subject
    former = Affiliation.objects.filter(pk=event.payload.get("hands_over") or 0, account=recipient.account_id or 0)
    return line.account_id == recipient.account_id or former.exists() or _inside(event, recipient)


def _runs_and_concerns(event: Event, recipient: Recipient) -> bool:
    line: Any = event.subject
    return line.ended_on is None and _concerned(event, recipient)


register_kind(
    Kind(
        name="affiliation.invited",
        category="affiliation",
        label=_("Une invitation à agir pour une organisation"),
        reason=REASON_INVITED,
        recipients=_invited,
        context=_with_link,
        visible=_still_open,
    )
)
for _name, _label, _reason, _recipients, _visible in (
    ("invitation_declined", _("Votre invitation est déclinée"), REASON_REPRESENTATIVE, _inviter, _inside),
    ("requested", _("Quelqu’un demande à rejoindre votre organisation"), REASON_REPRESENTATIVE, _deciders, _may_decide),
    ("accepted", _("Votre demande est acceptée"), REASON_APPLICANT, _applicant, _is_answered),
    ("declined", _("Votre demande n’est pas retenue"), REASON_APPLICANT, _applicant, _is_answered),
    ("joined", _("Quelqu’un a rejoint votre organisation"), REASON_REPRESENTATIVE, _others, _inside),
    ("changed", _("Votre mandat a changé"), REASON_CONCERNED, _person, _concerned),
    ("ended", _("Un mandat a pris fin"), REASON_CONCERNED, _person_and_others, _concerned),
    ("ending", _("Un mandat prend bientôt fin"), REASON_CONCERNED, _person_and_others, _runs_and_concerns),
    ("overdue", _("Un mandat est échu sans relève"), REASON_OVERDUE, _person_and_organisers, _runs_and_concerns),
    ("handed_over", _("Un mandat est passé en d’autres mains"), REASON_CONCERNED, _former_and_others, _concerned),
):
    register_kind(
        Kind(
            name=f"affiliation.{_name}",
            category="affiliation",
            label=_label,
            reason=_reason,
            recipients=_recipients,
            context=about_mandate,
            visible=_visible,
        )
    )
