"""Who records, reads, edits and withdraws the local adoption of a charter."""

from typing import Any

from coalition.core.access import Verdict, access_rule, is_organiser, refuse
from members.enums import AdoptionState, OrganisationState
from members.models import LocalAdoption, Organisation
from members.rules.roles import is_member_of, is_representative_of


@access_rule("adoption.view")
def may_view_adoption(account: Any, adoption: LocalAdoption) -> Verdict:
    """Public with its organisation, a withdrawn one too: an address once cited still says what became of it."""
    organisation = adoption.organisation
    if organisation.state == OrganisationState.CONFIRMED or is_organiser(account):
        return Verdict.ALLOWED
    return Verdict.ALLOWED if is_member_of(account, organisation) else Verdict.HIDDEN


@access_rule("adoption.download")
def may_download_decision(account: Any, adoption: LocalAdoption) -> Verdict:
    """The decision is public as long as the adoption stands; then its organisation and the organisers keep it."""
    verdict = may_view_adoption(account, adoption)
    if not verdict or adoption.state == AdoptionState.PUBLISHED:
        return verdict
    inside = is_organiser(account) or is_member_of(account, adoption.organisation)
    return Verdict.ALLOWED if inside else Verdict.HIDDEN


@access_rule("adoption.record")
def may_record_adoption(account: Any, organisation: Organisation) -> Verdict:
    """A representative of a confirmed organisation; an organiser cannot adopt for others."""
    if is_representative_of(account, organisation):
        return Verdict.ALLOWED if organisation.state == OrganisationState.CONFIRMED else Verdict.FORBIDDEN
    known = organisation.state == OrganisationState.CONFIRMED or is_organiser(account)
    return refuse(account) if known or is_member_of(account, organisation) else Verdict.HIDDEN


@access_rule("adoption.edit")
def may_edit_adoption(account: Any, adoption: LocalAdoption) -> Verdict:
    """The organisation's representatives, while it stands."""
    if not is_representative_of(account, adoption.organisation):
        return refuse(account) if may_view_adoption(account, adoption) else Verdict.HIDDEN
    return Verdict.ALLOWED if adoption.state == AdoptionState.PUBLISHED else Verdict.CONFLICT


@access_rule("adoption.withdraw")
def may_withdraw_adoption(account: Any, adoption: LocalAdoption) -> Verdict:
    """The organisation's representatives, and organisers, while it stands."""
    if not (is_organiser(account) or is_representative_of(account, adoption.organisation)):
        return refuse(account) if may_view_adoption(account, adoption) else Verdict.HIDDEN
    return Verdict.ALLOWED if adoption.state == AdoptionState.PUBLISHED else Verdict.CONFLICT
