"""Places kept in an organisation for whoever owns an address."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from coalition.core.access import LoginNeeded, Refused, Verdict, can, is_known, is_signed_in, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.models import OneTimeToken
from coalition.core.tokens import known_token
from members.actions.affiliations import (
    acting_for,
    forget_roles,
    lock_organisation,
    new_affiliation,
    pass_mandate_on,
    tell,
)
from members.enums import InvitationState, JoinRequestState, OrganisationState, Origin, Role
from members.models import LANGUAGES, Affiliation, Invitation, JoinRequest, Organisation, User
from members.notifications.mandates import INVITATION_LIFETIME, INVITATION_PURPOSE

PER_ORGANISATION = 60
PER_INVITER = 30
PER_ADDRESS = 5
WINDOW = timedelta(days=1)


class TooManyInvitations(DomainError):
    """Enough people have been written to today in this name, by this person, or at this address."""


class AlreadyInvited(DomainError):
    """An invitation to this address waits already, or its owner is inside."""


class StaleInvitation(DomainError):
    """The invitation is no longer open. `reason`: "accepted", "declined", "cancelled" or "expired"."""

    def __init__(self, reason: str) -> None:
        super().__init__(_("Cette invitation n’est plus valable."))
        self.reason = reason


def masked(address: str) -> str:
    """Enough of an address for its owner to know it: "awa.diop@ville.sn" -> "a…p@ville.sn"."""
    local, _at, domain = address.rpartition("@")
    return f"{local[0]}…{local[-1]}@{domain}" if len(local) > 2 else f"…@{domain}"


@transaction.atomic
def invite_person(
    *,
    organisation: Organisation,
    actor: Any,
    email: str,
    role: str,
    now: datetime,
    function: str = "",
    message: str = "",
    language: str = "fr",
) -> Invitation:
    """Keep a place for the owner of an address, who gets a link: one use, 14 days on the database's clock.

    Rule: representatives and organisers of a confirmed organisation. At most PER_INVITER a person, PER_ORGANISATION an
    organisation and PER_ADDRESS an address in WINDOW (TooManyInvitations); one open an address and organisation, and
    none for who is inside (AlreadyInvited). DomainError for what is no address, role or language.
    """
    require(actor, "organisation.invite", organisation)
    lock_organisation(organisation)
    check_limits(organisation=organisation, actor=actor, email=email, now=now)
    return open_invitation(
        organisation=organisation,
        actor=actor,
        email=email,
        role=role,
        now=now,
        function=function,
        message=message,
        language=language,
    )


def check_limits(*, organisation: Organisation, actor: Any, email: str, now: datetime) -> None:
    """TooManyInvitations when one more would be too many; the inviter's row is held so that two tabs count as one."""
    User.objects.select_for_update().get(pk=actor.pk)
    recent = Invitation.objects.filter(created_at__gt=now - WINDOW)
    sentences = (
        (
            recent.filter(invited_by=actor).count() >= PER_INVITER,
            _("Vous avez envoyé beaucoup d’invitations aujourd’hui : reprenez demain. Rien n’est perdu."),
        ),
        (
            recent.filter(organisation=organisation).count() >= PER_ORGANISATION,
            _("Cette organisation a envoyé beaucoup d’invitations aujourd’hui : reprenez demain. Rien n’est perdu."),
        ),
        (
            recent.filter(email__iexact=email.strip()).count() >= PER_ADDRESS,
            _("Cette adresse a reçu plusieurs invitations aujourd’hui : laissez-lui le temps de répondre."),
        ),
    )
    for reached, sentence in sentences:
        if reached:
            raise TooManyInvitations(sentence)


@transaction.atomic
def open_invitation(
    *,
    organisation: Organisation,
    actor: Any,
    email: str,
    role: str,
    now: datetime,
    name: str = "",
    function: str = "",
    message: str = "",
    language: str = "fr",
    hands_over: Affiliation | None = None,
    stays_member: bool = False,
) -> Invitation:
    """Write the invitation and have it sent; for actions that have checked who asks. `actor` None is the site itself.

    Raises AlreadyInvited, and DomainError for what is no address or role.
    """
    address = _address(email)
    if role not in Role.values or language not in dict(LANGUAGES):
        raise DomainError(_("Choisissez un rôle et une langue de la liste."), field="role")
    _check_place(organisation, address, hands_over, now)
    invitation = _keep_place(
        organisation=organisation,
        email=address,
        name=name.strip(),
        role=role,
        function=function.strip(),
        message=message.strip(),
        language=language,
        hands_over=hands_over,
        stays_member=stays_member,
        invited_by=actor,
        created_at=now,
    )
    facts = {"invitation": invitation.pk, "role": role, **acting_for(account=actor, organisation=organisation)}
    record(actor=actor, action="invitation.send", obj=organisation, now=now, **facts)
    tell("affiliation.invited", invitation, actor, now)
    return invitation


def _keep_place(**words: Any) -> Invitation:
    """Write the row, its last instant on the database's clock; AlreadyInvited when somebody was faster."""
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(expires_at=Now() + INVITATION_LIFETIME, **words)
    except IntegrityError:
        raise _waiting_already() from None
    invitation.refresh_from_db()
    return invitation


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise DomainError(_("Cette adresse ne se lit pas : vérifiez-la."), field="email") from None
    return address


def _waiting_already() -> AlreadyInvited:
    return AlreadyInvited(
        _("Une invitation à cette adresse attend déjà sa réponse : renvoyez-la, ou annulez-la d’abord."), field="email"
    )


def _check_place(organisation: Organisation, address: str, hands_over: Affiliation | None, now: datetime) -> None:
    """AlreadyInvited unless the place is free; an invitation past its last day gives way."""
    here = Invitation.objects.open().filter(organisation=organisation, email__iexact=address)
    here.filter(expires_at__lte=Now()).update(state=InvitationState.CANCELLED, answered_at=now)
    if here.exists():
        raise _waiting_already()
    inside = Affiliation.objects.active().filter(organisation=organisation).owning(address)
    if hands_over is None and inside.exists():
        raise AlreadyInvited(
            _("La personne qui a cette adresse agit déjà pour l’organisation : changez plutôt son rôle."),
            field="email",
        )


def _require_owner(actor: Any, invitation: Invitation) -> None:
    """The door, with the sentence that says which address is needed."""
    verdict = can(actor, "invitation.answer", invitation)
    if verdict is Verdict.CONFLICT:
        raise StaleInvitation(invitation.state)
    if verdict:
        return
    if not is_signed_in(actor):
        raise LoginNeeded
    if not is_known(actor):
        raise Refused(str(_("Confirmez d’abord votre adresse : ouvrez le courriel que nous vous avons envoyé.")))
    sentence = _(
        "Cette invitation est pour une autre adresse : %(address)s. Connectez-vous avec le compte qui a cette adresse."
    )
    raise Refused(str(sentence) % {"address": masked(invitation.email)})


def _answer(invitation: Invitation, state: str, now: datetime, **changes: Any) -> None:
    """Compare-and-swap from open, before its last instant on the database's clock; no link to it works afterwards."""
    live = Invitation.objects.open().filter(pk=invitation.pk, expires_at__gt=Now())
    moved = live.update(state=state, answered_at=now, **changes)
    invitation.refresh_from_db()
    if not moved:
        raise StaleInvitation("expired" if invitation.state == InvitationState.OPEN else invitation.state)
    OneTimeToken.objects.filter(
        purpose=INVITATION_PURPOSE,
        object_type=ContentType.objects.get_for_model(invitation),
        object_id=invitation.pk,
        used_at=None,
    ).update(used_at=Now())


@transaction.atomic
def accept_invitation(*, invitation: Invitation, actor: Any, now: datetime) -> Affiliation:
    """Enter the organisation in the role offered; the inviter and the representatives are told.

    Rule: an account that proved the invited address, and only by asking for it: neither sign-up nor a new password
    accepts. A hand-over ends the other mandate in the same instant. Who represents the organisation already stays so.
    Raises LoginNeeded, Refused (with the address needed, masked), StaleInvitation when answered, cancelled, past its
    last day, or when what it hands over is no longer there.
    """
    organisation = lock_organisation(invitation.organisation_id)
    _require_owner(actor, invitation)
    if organisation.state != OrganisationState.CONFIRMED:
        raise StaleInvitation("cancelled")
    _answer(invitation, InvitationState.ACCEPTED, now, accepted_by=actor)
    line, kind = _enter(invitation, organisation, actor, now)
    settle_requests(account=actor, organisation=organisation, now=now)
    forget_roles(actor)
    facts = {"invitation": invitation.pk, "invited_by": invitation.invited_by_id, "role": line.role}
    record(actor=actor, action="invitation.accept", obj=line, now=now, organisation=organisation.pk, **facts)
    if kind:
        tell(kind, line, actor, now, hands_over=invitation.hands_over_id)
    return line


def _enter(invitation: Invitation, organisation: Organisation, actor: Any, now: datetime) -> tuple[Affiliation, str]:
    """The line that the invitation opens, and the kind of what is told of it, if anything changed."""
    if invitation.hands_over_id:
        line = pass_mandate_on(
            old=invitation.hands_over,
            successor=actor,
            stays_member=invitation.stays_member,
            function=invitation.function,
            now=now,
        )
        if line is None:
            raise StaleInvitation("cancelled")
        return line, "affiliation.handed_over"
    running = Affiliation.objects.active().filter(account=actor, organisation=organisation).first()
    if running is not None and running.role == Role.REPRESENTATIVE:
        return running, ""
    line = new_affiliation(
        account=actor,
        organisation=organisation,
        role=invitation.role,
        now=now,
        by=actor,
        function=invitation.function,
        origin=Origin.INVITATION,
    )
    return line, "affiliation.joined"


def settle_requests(*, account: User, organisation: Organisation, now: datetime) -> None:
    """A request to enter has no object any more once its author is inside."""
    waiting = JoinRequest.objects.open().filter(account=account, organisation=organisation)
    waiting.update(state=JoinRequestState.ACCEPTED, decided_at=now)


@transaction.atomic
def decline_invitation(*, invitation: Invitation, now: datetime, actor: Any = None, token: str = "") -> Invitation:
    """Say no; who invited is told. Raises StaleInvitation when it is no longer open.

    Rule: whoever holds the mailed link (`token`), which proves the mailbox, or the account of that address.
    """
    proof = known_token(purpose=INVITATION_PURPOSE, secret=token) if token else None
    if proof is None or proof.object_id != invitation.pk:
        _require_owner(actor, invitation)
    _answer(invitation, InvitationState.DECLINED, now)
    by = actor if is_signed_in(actor) else None
    place = {"invitation": invitation.pk, "organisation": invitation.organisation_id}
    record(actor=by, action="invitation.decline", obj=invitation.organisation, now=now, **place)
    tell("affiliation.invitation_declined", invitation, None, now)
    return invitation


@transaction.atomic
def cancel_invitation(*, invitation: Invitation, actor: Any, now: datetime) -> Invitation:
    """Take a place back before it is answered; the mailed link then says so. Rule: as to invite. WrongState if late."""
    lock_organisation(invitation.organisation_id)
    invitation.refresh_from_db()
    require(actor, "invitation.manage", invitation)
    Invitation.objects.open().filter(pk=invitation.pk).update(state=InvitationState.CANCELLED, answered_at=now)
    invitation.refresh_from_db()
    facts = acting_for(account=actor, organisation=invitation.organisation)
    place = invitation.organisation
    record(actor=actor, action="invitation.cancel", obj=place, now=now, invitation=invitation.pk, **facts)
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, actor: Any, now: datetime) -> Invitation:
    """Replace an open invitation by a fresh one, for 14 days more: only the newest link works.

    Rule: as to invite, WrongState when it was answered; counts as one more in the limits (TooManyInvitations).
    """
    lock_organisation(invitation.organisation_id)
    invitation.refresh_from_db()
    require(actor, "invitation.manage", invitation)
    check_limits(organisation=invitation.organisation, actor=actor, email=invitation.email, now=now)
    Invitation.objects.open().filter(pk=invitation.pk).update(state=InvitationState.CANCELLED, answered_at=now)
    kept = ("email", "role", "name", "function", "message", "language", "hands_over", "stays_member")
    words = {name: getattr(invitation, name) for name in kept}
    return open_invitation(organisation=invitation.organisation, actor=actor, now=now, **words)
