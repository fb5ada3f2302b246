"""Reading cases by their freshness: which are to be asked about, and which nobody holds any more."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q

from members.enums import OrganisationState, Role
from members.models import Affiliation, Organisation


def _not_archived() -> Q:
    return Q(archived_at=None) | Q(archived_at__lt=F("checked_at"))


def to_be_asked(entries: Any, now: datetime) -> Any:
    """Rows of cases nobody has published, confirmed or been asked about for CASE_CONFIRM_EVERY, oldest first.

    A question put on a day to come, because a clock was wrong, is not put again before that day and a period.
    """
    before = now - settings.CASE_CONFIRM_EVERY
    asked = Q(asked_at=None) | Q(asked_at__lt=F("checked_at")) | Q(asked_at__lte=before)
    return entries.filter(asked, _not_archived(), checked_at__lte=before).order_by("checked_at", "number", "page_id")


def without_owner(entries: Any, now: datetime) -> Any:
    """Rows of cases whose owner is gone, the one nobody has checked for longest first.

    Gone: the organisation left the network or is not confirmed; or nobody active writes for it, while somebody once
    did. One that never had anybody (an import, a case the team documented) joins them once it is stale.
    """
    of_case = Affiliation.objects.filter(organisation=OuterRef("organisation_id"), role=Role.EDITOR)
    living = of_case.active().filter(account__is_active=True)
    standing = Organisation.objects.confirmed().filter(pk=OuterRef("organisation_id"))
    stale = Q(asked_at__gte=F("checked_at"), asked_at__lte=now - settings.CASE_STALE_AFTER)
    gone = ~Exists(standing) | (~Exists(living) & (Exists(of_case) | stale))
    return entries.filter(gone, _not_archived()).order_by("checked_at", "number", "page_id")


def is_held(organisation: Organisation) -> bool:
    """Somebody active writes for this confirmed organisation."""
    if organisation.state != OrganisationState.CONFIRMED:
        return False
    writers = Affiliation.objects.active().filter(organisation=organisation, role=Role.EDITOR)
    return bool(writers.filter(account__is_active=True).exists())
