"""Cases whose owner is gone: organisers hand them to another organisation, or keep them as notes of the past."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from cases.actions.checking import show_check
from cases.actions.projection import project_case
from cases.actions.writing import lock_case
from cases.models import CaseCheck, CasePage
from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.actions import record_event
from members.enums import OrganisationState
from members.models import Organisation


class NoNewOwner(DomainError):
    """The organisation cannot take the case over."""


@transaction.atomic
def hand_over_case(*, actor: Any, page: CasePage, organisation: Organisation, now: datetime) -> CasePage:
    """Give a case nobody holds, in all its languages, to a confirmed organisation; return it as it is now.

    Rule: organisers, while it is public and nobody writes for its organisation any more. Published words, drafts and
    every earlier wording name the new one, so that restoring one does not bring the other back. Its editors and
    representatives are told. An archived case lives again. Raises NoNewOwner for the same organisation or one that is
    not confirmed, WrongState when the case changed hands meanwhile.
    """
    current = lock_case(page=page)
    require(actor, "case.hand_over", current)
    before = current.organisation
    if organisation.pk == before.pk or organisation.state != OrganisationState.CONFIRMED:
        raise NoNewOwner(_("Choisissez une autre organisation, confirmée."), field="organisation")
    pages = CasePage.objects.filter(number=current.number)
    if not pages.filter(organisation=before).update(organisation=organisation):
        raise WrongState
    _rewrite(list(pages.values_list("pk", flat=True)), organisation)
    CaseCheck.objects.filter(number=current.number).update(archived_at=None)
    for text in pages.filter(live=True).select_related("organisation", "locale"):
        project_case(page=text)
    facts = {"number": current.number, "from": before.pk, "to": organisation.pk}
    record(actor=actor, action="case.hand_over", obj=current, now=now, **facts)
    key = f"case.handed_over:{current.number}:{organisation.pk}:{now.timestamp():.6f}"
    payload = {"before": before.name}
    record_event(kind="case.handed_over", key=key, subject=current, payload=payload, now=now, actor=actor)
    return CasePage.objects.select_related("organisation", "locale", "latest_revision").get(pk=current.pk)


def _rewrite(keys: list[int], organisation: Organisation) -> None:
    """Every wording of these pages names the new organisation."""
    kind = ContentType.objects.get_for_model(CasePage)
    for revision in Revision.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys]):
        revision.content["organisation"] = organisation.pk
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


@transaction.atomic
def archive_case(*, actor: Any, page: CasePage, now: datetime) -> CasePage:
    """Keep a case nobody holds as a note of the past: it stays public, says so, and nobody is asked about it any more.

    Rule: organisers, while it is public and nobody writes for its organisation. Publishing it, confirming it or handing
    it over ends that. WrongState when it is archived already.
    """
    current = lock_case(page=page)
    require(actor, "case.archive", current)
    CaseCheck.objects.bulk_create([CaseCheck(number=current.number)], ignore_conflicts=True)
    check = CaseCheck.objects.select_for_update().get(number=current.number)
    if check.archived_at is not None and any(entry.archived for entry in current.published_translations()):
        raise WrongState
    CaseCheck.objects.filter(number=current.number).update(archived_at=now)
    show_check(number=current.number)
    record(actor=actor, action="case.archive", obj=current, now=now, number=current.number)
    return current
