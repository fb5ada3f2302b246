"""Who gives a program the right to write for an organisation, and which tokens still work."""

from typing import Any

from coalition.core.access import Verdict, access_rule, is_known, is_organiser, refuse
from members.enums import OrganisationState
from members.models import Organisation
from members.rules.organisations import may_view_organisation
from members.rules.roles import is_editor_of


@access_rule("organisation_token.manage")
def may_manage_tokens(account: Any, organisation: Organisation) -> Verdict:
    """Those who write for it, editors and representatives, and organisers; for a confirmed organisation."""
    if not (is_organiser(account) or is_editor_of(account, organisation)):
        return refuse(account) if may_view_organisation(account, organisation) else Verdict.HIDDEN
    return Verdict.ALLOWED if organisation.state == OrganisationState.CONFIRMED else Verdict.CONFLICT


@access_rule("organisation_token.use")
def may_stand_behind_token(account: Any, organisation: Organisation) -> Verdict:
    """A token works while the person who made it could still make it; asked of that person, at each use."""
    if not is_known(account):
        return Verdict.LOGIN
    return may_manage_tokens(account, organisation)
