"""A representative hands over in one step; mandates that have a planned end meet it."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.actions import record_event
from members.actions.affiliations import (
    LastRepresentative,
    cancel_hand_overs,
    keep_one_representative,
    lock_organisation,
    tell,
)
from members.actions.invitations import check_limits, open_invitation
from members.enums import Role
from members.models import Affiliation, Invitation, Organisation

log = logging.getLogger(__name__)

NOTICE = timedelta(days=30)
"""How long before its planned end a mandate is spoken of."""


@transaction.atomic
def name_successor(
    *,
    organisation: Organisation,
    actor: Any,
    email: str,
    now: datetime,
    function: str = "",
    message: str = "",
    language: str = "fr",
    stays_member: bool = False,
) -> Invitation:
    """Offer one's own mandate to the owner of an address, member already or not, who gets an invitation.

    Rule: a representative of a confirmed organisation. Nothing changes until the successor accepts; at that instant
    this mandate ends, or becomes membership with `stays_member`. Raises DomainError to oneself, to somebody who
    represents the organisation already, or while another hand-over waits; AlreadyInvited, TooManyInvitations.
    """
    lock_organisation(organisation)
    require(actor, "affiliation.hand_over", organisation)
    own = Affiliation.objects.active().get(account=actor, organisation=organisation)
    running = Affiliation.objects.active().representatives().filter(organisation=organisation)
    if running.owning(email).exists():
        raise DomainError(
            _("Cette personne représente déjà l’organisation : vous pouvez simplement partir."), field="email"
        )
    if Invitation.objects.open().filter(hands_over=own).exists():
        raise DomainError(_("Une passation attend déjà sa réponse : annulez-la d’abord."), field="email")
    check_limits(organisation=organisation, actor=actor, email=email, now=now)
    return open_invitation(
        organisation=organisation,
        actor=actor,
        email=email,
        role=Role.REPRESENTATIVE,
        now=now,
        function=function,
        message=message,
        language=language,
        hands_over=own,
        stays_member=stays_member,
    )


def end_due_mandates(*, now: datetime) -> int:
    """End the mandates whose planned last day is past, and speak of those that end within NOTICE; how many ended.

    The last representative's goes on: that person and the organisers are told once. Each mandate is its own
    transaction, and a second run the same day finds nothing to do.
    """
    today = now.date()
    ended = 0
    due = Affiliation.objects.active().filter(mandate_until__lt=today).order_by("mandate_until", "pk")
    for pk in list(due.values_list("pk", flat=True)):
        ended += _end_due(pk, now)
    soon = Affiliation.objects.active().filter(mandate_until__gte=today, mandate_until__lte=today + NOTICE)
    for line in soon.select_related("organisation"):
        key = f"affiliation.ending:{line.pk}:{line.mandate_until}"
        record_event(kind="affiliation.ending", key=key, subject=line, payload={}, now=now)
    return ended


@transaction.atomic
def _end_due(pk: int, now: datetime) -> int:
    line = Affiliation.objects.active().select_related("account").filter(pk=pk).first()
    if line is None:
        return 0
    organisation = lock_organisation(line.organisation_id)
    try:
        keep_one_representative(organisation, without=line.account)
    except LastRepresentative:
        tell("affiliation.overdue", line, None, now)
        return 0
    due = Affiliation.objects.active().filter(pk=pk, mandate_until__lt=now.date())
    if not due.update(ended_on=now.date()):
        return 0
    line.refresh_from_db()
    cancel_hand_overs(line=line, now=now)
    facts = {"organisation": organisation.pk, "account": line.account_id, "planned": str(line.mandate_until)}
    record(actor=None, action="affiliation.end", obj=line, now=now, **facts)
    tell("affiliation.ended", line, None, now, planned=True)
    log.info("mandate %s ended on its planned day", pk)
    return 1
