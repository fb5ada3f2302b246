"""Entering an organisation on one's own: by a verified address of its domain, or by asking its representatives."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from members.actions.affiliations import acting_for, forget_roles, lock_organisation, new_affiliation, tell
from members.actions.invitations import settle_requests
from members.enums import JoinRequestState, Origin, Role
from members.models import Affiliation, JoinRequest, Organisation, User
from members.rules.mandates import roles_to_ask

OPEN_REQUESTS = 5
REQUESTS_A_DAY = 10


class TooManyJoinRequests(DomainError):
    """The account has OPEN_REQUESTS waiting, or asked REQUESTS_A_DAY times within a day."""


@transaction.atomic
def join_by_domain(*, organisation: Organisation, actor: Any, now: datetime) -> Affiliation:
    """Become a member at once; the representatives are told.

    Rule: a verified address at exactly one of the organisation's verified domains (a sub-domain is another), not
    after having been sent away. WrongState when already inside.
    """
    lock_organisation(organisation)
    forget_roles(actor)
    require(actor, "organisation.join_by_domain", organisation)
    line = new_affiliation(
        account=actor, organisation=organisation, role=Role.MEMBER, now=now, by=actor, origin=Origin.DOMAIN
    )
    settle_requests(account=actor, organisation=organisation, now=now)
    forget_roles(actor)
    record(actor=actor, action="affiliation.join", obj=line, now=now, organisation=organisation.pk, by="domain")
    tell("affiliation.joined", line, actor, now)
    return line


@transaction.atomic
def request_to_join(
    *, organisation: Organisation, actor: Any, role: str, now: datetime, function: str = "", message: str = ""
) -> JoinRequest:
    """Ask the representatives to be let in, as member or editor; they are told, or the organisers if there is none.

    Rule: an account with a verified address that is not inside; asking twice returns what waits. Raises
    TooManyJoinRequests, DomainError for another role.
    """
    User.objects.select_for_update().get(pk=actor.pk)
    require(actor, "organisation.ask_to_join", organisation)
    if role not in roles_to_ask():
        raise DomainError(_("Choisissez un rôle de la liste."), field="role")
    mine = JoinRequest.objects.filter(account=actor)
    waiting = mine.open().filter(organisation=organisation).first()
    if waiting is not None:
        return waiting
    recent = mine.filter(created_at__gt=now - timedelta(days=1)).count()
    if mine.open().count() >= OPEN_REQUESTS or recent >= REQUESTS_A_DAY:
        raise TooManyJoinRequests(_("Vous avez déjà plusieurs demandes en attente : laissez-les d’abord répondre."))
    try:
        with transaction.atomic():
            asked = JoinRequest.objects.create(
                organisation=organisation,
                account=actor,
                role=role,
                function=function.strip(),
                message=message.strip(),
                created_at=now,
            )
    except IntegrityError:
        raise WrongState from None
    record(actor=actor, action="join_request.send", obj=organisation, now=now, request=asked.pk, role=role)
    tell("affiliation.requested", asked, actor, now)
    return asked


def _settle(request: JoinRequest, state: str, now: datetime, **changes: Any) -> None:
    """Compare-and-swap from open; WrongState when somebody was faster."""
    if not JoinRequest.objects.open().filter(pk=request.pk).update(state=state, decided_at=now, **changes):
        raise WrongState
    request.refresh_from_db()


@transaction.atomic
def accept_join_request(*, request: JoinRequest, actor: Any, role: str, now: datetime) -> Affiliation:
    """Let the applicant in, in the role chosen here; who asked is told.

    Rule: representatives of the organisation, and organisers; WrongState when it was answered or taken back. Who came
    in meanwhile by another way keeps the role they have.
    """
    organisation = lock_organisation(request.organisation_id)
    require(actor, "join_request.decide", request)
    if role not in Role.values:
        raise DomainError(_("Choisissez un rôle de la liste."), field="role")
    _settle(request, JoinRequestState.ACCEPTED, now, decided_by=actor, role=role)
    inside = Affiliation.objects.active().filter(account=request.account, organisation=organisation).first()
    line = inside or new_affiliation(
        account=request.account,
        organisation=organisation,
        role=role,
        now=now,
        by=actor,
        function=request.function,
        origin=Origin.JOINING,
    )
    forget_roles(request.account)
    facts = acting_for(account=actor, organisation=organisation)
    record(actor=actor, action="join_request.accept", obj=line, now=now, request=request.pk, role=role, **facts)
    tell("affiliation.accepted", request, actor, now)
    return line


@transaction.atomic
def decline_join_request(*, request: JoinRequest, actor: Any, motive: str, now: datetime) -> JoinRequest:
    """Say no, and why: the applicant reads it. Rule and WrongState as to accept; DomainError without a motive."""
    require(actor, "join_request.decide", request)
    if not motive.strip():
        raise DomainError(_("Dites pourquoi : la personne qui a demandé lira ce motif."), field="motive")
    _settle(request, JoinRequestState.DECLINED, now, decided_by=actor, motive=motive.strip())
    facts = acting_for(account=actor, organisation=request.organisation)
    record(actor=actor, action="join_request.decline", obj=request.organisation, now=now, request=request.pk, **facts)
    tell("affiliation.declined", request, actor, now)
    return request


@transaction.atomic
def withdraw_join_request(*, request: JoinRequest, actor: Any, now: datetime) -> JoinRequest:
    """Take one's own request back. WrongState when it was answered meanwhile."""
    require(actor, "join_request.withdraw", request)
    _settle(request, JoinRequestState.WITHDRAWN, now)
    record(actor=actor, action="join_request.withdraw", obj=request.organisation, now=now, request=request.pk)
    return request
