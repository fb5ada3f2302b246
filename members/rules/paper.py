"""Who records a signature given on paper, who reads its scan, and who answers it."""

from typing import Any

from coalition.core.access import Verdict, access_rule, is_organiser, refuse
from members.enums import OrganisationState
from members.models import Cosponsorship, Organisation, User
from members.rules.roles import is_representative_of


@access_rule("cosponsorship.record_paper")
def may_record_paper_signature(account: Any, organisation: Organisation) -> Verdict:
    """Organisers, for a confirmed organisation. It is no signing for others: the scan is what they signed."""
    if not is_organiser(account):
        return refuse(account)
    return Verdict.ALLOWED if organisation.state == OrganisationState.CONFIRMED else Verdict.CONFLICT


@access_rule("cosponsorship.view_paper")
def may_view_paper(account: Any, cosponsorship: Cosponsorship) -> Verdict:
    """The scan: organisers and the organisation's representatives; for others there is none."""
    known = is_organiser(account) or is_representative_of(account, cosponsorship.organisation)
    return Verdict.ALLOWED if known and cosponsorship.paper_scan_id else Verdict.HIDDEN


def recorded_it(account: Any, cosponsorship: Cosponsorship) -> bool:
    """This organiser recorded the paper, and somebody else of the team could answer it: four eyes on a paper act.

    An organiser who is alone answers what they recorded, and the log says both.
    """
    if not cosponsorship.is_paper or cosponsorship.recorded_by_id != account.pk:
        return False
    return any(is_organiser(other) for other in User.objects.organisers().exclude(pk=account.pk))
