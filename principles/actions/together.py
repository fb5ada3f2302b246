"""Organisations that write an amendment together, and those that ask for its examination."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from members.actions import acting_for
from members.enums import OrganisationState
from members.models import Organisation
from principles.actions.charter import lock_charter
from principles.actions.telling import tell_of_amendment
from principles.actions.wording import NoVoice, require_readable
from principles.enums import AmendmentState
from principles.models import Amendment, CoAuthor, Endorsement


@transaction.atomic
def invite_coauthor(*, actor: Any, amendment: Amendment, organisation: Organisation, now: datetime) -> CoAuthor:
    """Ask another confirmed organisation to write one's draft together; its people may read it from now on.

    The author only. Once a piece: an organisation that declined can be asked again. DomainError for the organisation
    that proposes, one not confirmed, one already asked.
    """
    require(actor, "amendment.invite", amendment)
    if organisation.pk == amendment.organisation_id or organisation.state != OrganisationState.CONFIRMED:
        raise NoVoice(_("Choisissez une autre organisation membre."), field="organisation")
    invitation, made = CoAuthor.objects.get_or_create(
        amendment=amendment, organisation=organisation, defaults={"invited_by": actor, "invited_at": now}
    )
    if not made:
        again = CoAuthor.objects.filter(pk=invitation.pk, declined_at__isnull=False)
        if not again.update(declined_at=None, account=None, invited_by=actor, invited_at=now):
            raise NoVoice(_("Cette organisation est déjà invitée."), field="organisation")
        invitation.refresh_from_db()
    record(actor=actor, action="amendment.invite", obj=amendment, now=now, organisation=organisation.pk)
    mark = f"{organisation.pk}:{now.isoformat()}"
    tell_of_amendment(kind="amendment.coauthor_invited", amendment=amendment, actor=actor, now=now, mark=mark)
    return invitation


@transaction.atomic
def answer_coauthor(*, actor: Any, invitation: CoAuthor, accepts: bool, now: datetime) -> CoAuthor:
    """Accept or decline to write an amendment together. Whoever accepts may write the draft from now on.

    Members and representatives of the invited organisation. WrongState when somebody answered, or it was proposed.
    """
    require(actor, "amendment.join", invitation)
    answer = {"accepted_at": now} if accepts else {"declined_at": now}
    waiting = CoAuthor.objects.waiting().filter(pk=invitation.pk, amendment__state=AmendmentState.DRAFT)
    if not waiting.update(account=actor, **answer):
        raise WrongState(_("Quelqu’un a déjà répondu, ou l’amendement est déjà proposé."))
    invitation = CoAuthor.objects.select_related("amendment", "organisation").get(pk=invitation.pk)
    facts = acting_for(account=actor, organisation=invitation.organisation)
    verb = "join" if accepts else "decline"
    record(actor=actor, action=f"amendment.{verb}", obj=invitation.amendment, now=now, **facts)
    mark = f"{invitation.pk}:{now.isoformat()}"
    if accepts:
        told = invitation.amendment
        tell_of_amendment(kind="amendment.coauthor_joined", amendment=told, actor=actor, now=now, mark=mark)
    return invitation


@transaction.atomic
def endorse_amendment(*, actor: Any, amendment: Amendment, organisation: Organisation, now: datetime) -> Amendment:
    """Ask, in the name of an organisation, that a proposed amendment be examined; enough of them open it at once.

    Members and representatives of confirmed organisations, once an organisation. Those that propose it do not count
    twice. WrongState when it is open already, or no longer there to support.
    """
    charter = lock_charter(pk=amendment.charter_id)
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    require_readable(actor=actor, action="amendment.endorse", amendment=amendment)
    require(actor, "amendment.create", organisation)
    writing = {amendment.organisation_id, *amendment.coauthors.accepted().values_list("organisation_id", flat=True)}
    if organisation.pk in writing:
        raise NoVoice(_("Votre organisation propose déjà cet amendement."), field="organisation")
    given = {"given_by": actor, "given_at": now}
    _row, made = Endorsement.objects.get_or_create(amendment=amendment, organisation=organisation, defaults=given)
    if not made:
        raise NoVoice(_("Votre organisation soutient déjà cet examen."), field="organisation")
    facts = acting_for(account=actor, organisation=organisation)
    record(actor=actor, action="amendment.endorse", obj=amendment, now=now, number=amendment.number, **facts)
    if supporters_of(amendment=amendment) < charter.supporters_needed:
        return amendment
    Amendment.objects.filter(pk=amendment.pk, state=AmendmentState.SUBMITTED).update(
        state=AmendmentState.OPEN, opened_at=now
    )
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    record(actor=actor, action="amendment.examine", obj=amendment, now=now, number=amendment.number)
    tell_of_amendment(kind="amendment.opened", amendment=amendment, actor=actor, now=now)
    return amendment


def supporters_of(*, amendment: Amendment) -> int:
    """Organisations that ask for the examination, besides the one that proposes: supports and co-authors."""
    together = amendment.coauthors.accepted().values_list("organisation_id", flat=True)
    asking = amendment.endorsements.values_list("organisation_id", flat=True)
    return len({*together, *asking} - {amendment.organisation_id})
