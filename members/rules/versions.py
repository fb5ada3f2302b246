"""Who confirms a new version, renews an act, and says how many co-sponsors a coalition needs."""

from typing import Any

from coalition.core.access import Verdict, access_rule, can, is_organiser, organisers_only, refuse
from members.enums import PUBLIC, CosponsorshipState
from members.models import Coalition, Cosponsorship
from members.rules.roles import is_representative_of


@access_rule("cosponsorship.confirm_version")
def may_confirm_version(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """A representative, while the act is public or looked at; an organiser cannot speak for others."""
    if not is_representative_of(account, cosponsorship.organisation):
        return _refusal(account, cosponsorship)
    holds = cosponsorship.state in (*PUBLIC, CosponsorshipState.SUBMITTED)
    return Verdict.ALLOWED if holds else Verdict.CONFLICT


@access_rule("cosponsorship.renew")
def may_renew_cosponsorship(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """A representative, once the organisation was asked; an organiser cannot speak for others."""
    if not is_representative_of(account, cosponsorship.organisation):
        return _refusal(account, cosponsorship)
    return Verdict.ALLOWED if cosponsorship.state == CosponsorshipState.TO_RENEW else Verdict.CONFLICT


@access_rule("cosponsorship.ask_renewal")
def may_ask_renewal(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """Organisers, of an official act."""
    if not is_organiser(account):
        return _refusal(account, cosponsorship)
    return Verdict.ALLOWED if cosponsorship.state == CosponsorshipState.OFFICIAL else Verdict.CONFLICT


@access_rule("coalition.set_threshold")
def may_set_threshold(account: Any, _coalition: Coalition | None = None) -> Verdict:
    """Organisers only; everybody may read the numbers."""
    return organisers_only(account)


def _refusal(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    return refuse(account) if can(account, "cosponsorship.view", cosponsorship) else Verdict.HIDDEN
