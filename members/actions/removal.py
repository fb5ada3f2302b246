"""An organisation leaves the network by an organiser's hand: with a motive, and without a line of its past erased."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.actions import record_event
from members.actions.moving import end_act, end_adoptions
from members.enums import AdoptionState, InvitationState, JoinRequestState, OrganisationState, SupportState
from members.models import Organisation, VerifiedDomain


@transaction.atomic
def remove_organisation(*, organisation: Organisation, actor: Any, motive: str, now: datetime) -> Organisation:
    """Take a confirmed organisation out of the network; its page is found by organisers only, its name is free.

    Rule: organisers; WrongState when it is not confirmed any more. Running mandates end, live acts, supports and
    adoptions are withdrawn with the motive, drafts erased, invitations cancelled, requests to join declined, domains
    freed. Its cases and amendments stay, under its name. Its representatives are told. Raises DomainError without a
    motive.
    """
    require(actor, "organisation.remove", organisation)
    motive = motive.strip()
    if not motive:
        raise DomainError(_("Dites pourquoi : ses représentants liront ce motif."), field="motive")
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    standing = Organisation.objects.filter(pk=locked.pk, state=OrganisationState.CONFIRMED)
    if not standing.update(state=OrganisationState.REMOVED, decided_at=now, decision_motive=motive):
        raise WrongState
    told = sorted(set(locked.affiliations.active().representatives().values_list("account_id", flat=True)))
    ended = _end_everything(locked, motive, actor, now)
    organisation.refresh_from_db()
    record(actor=actor, action="organisation.remove", obj=organisation, now=now, motive=motive, ended=ended)
    record_event(
        kind="organisation.removed",
        key=f"organisation.removed:{organisation.pk}",
        subject=organisation,
        payload={"accounts": told},
        now=now,
        actor=actor,
    )
    return organisation


def _end_everything(organisation: Organisation, motive: str, actor: Any, now: datetime) -> dict[str, int]:
    """End what runs; how many of each."""
    acts = list(organisation.cosponsorships.live().select_related("mandate_document"))
    for act in acts:
        end_act(act, motive, now)
    published = organisation.adoptions.filter(state=AdoptionState.PUBLISHED)
    return {
        "acts": len(acts),
        "adoptions": end_adoptions(published, motive, now),
        "supports": organisation.supports.active().order_by().update(state=SupportState.WITHDRAWN, withdrawn_at=now),
        "affiliations": organisation.affiliations.active().update(ended_on=now.date(), ended_by=actor),
        "invitations": organisation.invitations.open()
        .order_by()
        .update(state=InvitationState.CANCELLED, answered_at=now),
        "join_requests": organisation.join_requests.open()
        .order_by()
        .update(state=JoinRequestState.DECLINED, decided_at=now, decided_by=actor, motive=motive),
        "domains": VerifiedDomain.objects.filter(organisation=organisation).delete()[0],
    }
