"""Who may sign, see, decide and withdraw co-sponsorships."""

from typing import Any

from coalition.core.access import (
    Verdict,
    access_rule,
    is_organiser,
    refuse,
)
from members.enums import LIVE, PUBLIC, CosponsorshipState, OrganisationState
from members.models import Cosponsorship, Organisation
from members.rules.paper import recorded_it
from members.rules.roles import is_member_of, is_representative_of


@access_rule("cosponsorship.sign")
def may_sign_cosponsorship(account: Any, organisation: Organisation) -> Verdict:
    """Only a representative of a confirmed organisation; an organiser cannot sign for others."""
    if not is_representative_of(account, organisation):
        return refuse(account)
    return Verdict.ALLOWED if organisation.state == OrganisationState.CONFIRMED else Verdict.FORBIDDEN


@access_rule("cosponsorship.view")
def may_view_cosponsorship(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """Official ones are public; drafts exist for the representatives, others for the members and the organisers."""
    if cosponsorship.state == CosponsorshipState.DRAFT:
        known = is_representative_of(account, cosponsorship.organisation)
        return Verdict.ALLOWED if known else Verdict.HIDDEN
    if cosponsorship.state in PUBLIC or is_organiser(account):
        return Verdict.ALLOWED
    return Verdict.ALLOWED if is_member_of(account, cosponsorship.organisation) else Verdict.HIDDEN


@access_rule("cosponsorship.decide")
def may_decide_cosponsorship(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """Organisers approve or decline what waits for them; members see it and may not; hidden from the rest.

    A paper signature is answered by another organiser than the one who recorded it, unless there is no other.
    """
    if not is_organiser(account):
        return _not_theirs(account, cosponsorship)
    if recorded_it(account, cosponsorship):
        return Verdict.FORBIDDEN
    return _while(cosponsorship.state == CosponsorshipState.SUBMITTED)


@access_rule("cosponsorship.withdraw")
def may_withdraw_cosponsorship(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """The organisation's representatives, and organisers, from the signature to the end; a draft is thrown away."""
    if not _is_inside(account, cosponsorship):
        return _not_theirs(account, cosponsorship)
    return _while(cosponsorship.state in LIVE and cosponsorship.state != CosponsorshipState.DRAFT)


@access_rule("cosponsorship.view_signatory")
def may_view_signatory(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """Name, function, mandate and the record of consent: the organisation's representatives and the organisers."""
    return Verdict.ALLOWED if _is_inside(account, cosponsorship) else refuse(account)


@access_rule("cosponsorship.discard")
def may_discard_cosponsorship(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """Any representative of the organisation throws its draft away; what was signed is withdrawn instead."""
    if not is_representative_of(account, cosponsorship.organisation):
        return _not_theirs(account, cosponsorship)
    return _while(cosponsorship.state == CosponsorshipState.DRAFT)


@access_rule("cosponsorship.resend")
def may_resend_confirmation(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """The signatory alone, while the signature waits for the mail: a new link leads to that mailbox only."""
    if not (is_representative_of(account, cosponsorship.organisation) and is_signatory(account, cosponsorship)):
        return _not_theirs(account, cosponsorship)
    return _while(cosponsorship.state == CosponsorshipState.AWAITING)


@access_rule("cosponsorship.provide_document")
def may_provide_document(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """The organisation's representatives, until the organisers have answered."""
    if not is_representative_of(account, cosponsorship.organisation):
        return _not_theirs(account, cosponsorship)
    return _while(cosponsorship.state in (CosponsorshipState.AWAITING, CosponsorshipState.SUBMITTED))


@access_rule("cosponsorship.view_document")
def may_view_document(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """The proof of the mandate: the organisation's representatives and the organisers; for others there is none."""
    known = _is_inside(account, cosponsorship) and may_view_cosponsorship(account, cosponsorship)
    return Verdict.ALLOWED if known else Verdict.HIDDEN


@access_rule("cosponsorship.change")
def may_change_cosponsorship(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """Representatives and organisers propose other words for a public act; what is public stays until decided."""
    if not _is_inside(account, cosponsorship):
        return _not_theirs(account, cosponsorship)
    return _while(cosponsorship.state in PUBLIC)


@access_rule("cosponsorship.decide_change")
def may_decide_change(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """Organisers accept or decline the words proposed for a public act."""
    if not is_organiser(account):
        return _not_theirs(account, cosponsorship)
    return _while(cosponsorship.state in PUBLIC)


@access_rule("cosponsorship.hide_name")
def may_hide_name(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """Whoever may read the record of consent ends it: the signatory, their colleagues for them, the organisers."""
    if not _is_inside(account, cosponsorship):
        return _not_theirs(account, cosponsorship)
    return _while(cosponsorship.name_is_public)


def is_signatory(account: Any, cosponsorship: Cosponsorship) -> bool:
    """This account signed the act, or writes its draft; nobody did for an act signed on paper."""
    affiliation = cosponsorship.affiliation
    return affiliation is not None and affiliation.account_id == account.pk


def _is_inside(account: Any, cosponsorship: Cosponsorship) -> bool:
    return is_organiser(account) or is_representative_of(account, cosponsorship.organisation)


def _not_theirs(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """The refusal of what others do: plain where the act may be seen, none where it does not exist."""
    return refuse(account) if may_view_cosponsorship(account, cosponsorship) else Verdict.HIDDEN


def _while(holds: bool) -> Verdict:
    return Verdict.ALLOWED if holds else Verdict.CONFLICT
