"""Who may do what with organisations, co-sponsorships, accounts and the admin."""

from typing import Any

from coalition.core.access import (
    Verdict,
    access_rule,
    hidden_unless_organiser,
    is_known,
    is_organiser,
    is_signed_in,
    organisers_only,
    refuse,
)
from members.enums import CosponsorshipState, OrganisationState, Role
from members.models import Cosponsorship, Organisation

EDITORS = (Role.EDITOR, Role.REPRESENTATIVE)


def role_in(account: Any, organisation: Organisation) -> str | None:
    """The account's running role in the organisation, or None; unverified and suspended accounts have none."""
    return account.roles.get(organisation.pk) if is_known(account) else None


def is_member_of(account: Any, organisation: Organisation) -> bool:
    """Any running affiliation."""
    return role_in(account, organisation) is not None


def is_editor_of(account: Any, organisation: Organisation) -> bool:
    """May write for the organisation: editors and representatives."""
    return role_in(account, organisation) in EDITORS


def is_representative_of(account: Any, organisation: Organisation) -> bool:
    """May commit the organisation."""
    return role_in(account, organisation) == Role.REPRESENTATIVE


@access_rule("admin.enter")
def may_enter_admin(account: Any, _obj: Any = None) -> Verdict:
    """Organisers with a second factor only; cities work on the site itself."""
    return organisers_only(account)


@access_rule("audit.read")
def may_read_audit(account: Any, _obj: Any = None) -> Verdict:
    """The log of acts does not exist for anybody but organisers."""
    return hidden_unless_organiser(account)


@access_rule("desk.open")
def may_open_desk(account: Any, _obj: Any = None) -> Verdict:
    """The organisers' desk does not exist for anybody else."""
    return hidden_unless_organiser(account)


@access_rule("organisation.view")
def may_view_organisation(account: Any, organisation: Organisation) -> Verdict:
    """Confirmed ones are public; others exist for their members and the organisers."""
    if organisation.state == OrganisationState.CONFIRMED or is_organiser(account):
        return Verdict.ALLOWED
    return Verdict.ALLOWED if is_member_of(account, organisation) else Verdict.HIDDEN


@access_rule("organisation.request")
def may_request_organisation(account: Any, _obj: Any = None) -> Verdict:
    """Any account with a verified address."""
    return Verdict.ALLOWED if is_known(account) else refuse(account)


@access_rule("organisation.decide")
def may_decide_organisation(account: Any, organisation: Organisation) -> Verdict:
    """Organisers confirm or refuse; members see it and may not; it is hidden from the rest."""
    if not is_organiser(account):
        return refuse(account) if may_view_organisation(account, organisation) else Verdict.HIDDEN
    return Verdict.ALLOWED if organisation.state == OrganisationState.PENDING else Verdict.CONFLICT


@access_rule("organisation.edit")
def may_edit_organisation(account: Any, organisation: Organisation) -> Verdict:
    """Its representatives, and organisers."""
    if is_organiser(account) or is_representative_of(account, organisation):
        return Verdict.ALLOWED
    return refuse(account) if may_view_organisation(account, organisation) else Verdict.HIDDEN


@access_rule("organisation.view_members")
def may_view_members(account: Any, organisation: Organisation) -> Verdict:
    """Names, roles and addresses of its people: its representatives and the organisers."""
    return may_edit_organisation(account, organisation)


@access_rule("cosponsorship.sign")
def may_sign_cosponsorship(account: Any, organisation: Organisation) -> Verdict:
    """Only a representative of a confirmed organisation; an organiser cannot sign for others."""
    if not is_representative_of(account, organisation):
        return refuse(account)
    return Verdict.ALLOWED if organisation.state == OrganisationState.CONFIRMED else Verdict.FORBIDDEN


@access_rule("cosponsorship.view")
def may_view_cosponsorship(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """Official ones are public; others exist for the organisation's members and the organisers."""
    if cosponsorship.state == CosponsorshipState.OFFICIAL or is_organiser(account):
        return Verdict.ALLOWED
    return Verdict.ALLOWED if is_member_of(account, cosponsorship.organisation) else Verdict.HIDDEN


@access_rule("cosponsorship.decide")
def may_decide_cosponsorship(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """Organisers approve or decline what waits for them; members see it and may not; hidden from the rest."""
    if not is_organiser(account):
        return refuse(account) if may_view_cosponsorship(account, cosponsorship) else Verdict.HIDDEN
    return Verdict.ALLOWED if cosponsorship.state == CosponsorshipState.SUBMITTED else Verdict.CONFLICT


@access_rule("cosponsorship.withdraw")
def may_withdraw_cosponsorship(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """The organisation's representatives, and organisers, at any moment before it ends."""
    if not (is_organiser(account) or is_representative_of(account, cosponsorship.organisation)):
        return refuse(account) if may_view_cosponsorship(account, cosponsorship) else Verdict.HIDDEN
    ended = cosponsorship.state in (CosponsorshipState.WITHDRAWN, CosponsorshipState.DECLINED)
    return Verdict.CONFLICT if ended else Verdict.ALLOWED


@access_rule("cosponsorship.view_signatory")
def may_view_signatory(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """Name, function and consent record: the organisation's representatives and the organisers."""
    if is_organiser(account) or is_representative_of(account, cosponsorship.organisation):
        return Verdict.ALLOWED
    return refuse(account)


@access_rule("account.own")
def may_use_own_account(account: Any, _obj: Any = None) -> Verdict:
    """Anybody signed in, and not suspended, uses their own account."""
    return Verdict.ALLOWED if is_signed_in(account) else Verdict.LOGIN
