"""Who may see, ask for, decide and edit organisations."""

from typing import Any

from coalition.core.access import (
    Verdict,
    access_rule,
    is_known,
    is_organiser,
    organisers_only,
    refuse,
)
from members.enums import NAME_HOLDERS, OrganisationState
from members.models import Organisation
from members.rules.roles import is_member_of, is_representative_of


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
    """Its representatives, and organisers, as long as it holds its name."""
    verdict = may_view_members(account, organisation)
    return verdict if organisation.state in NAME_HOLDERS or not verdict else Verdict.CONFLICT


@access_rule("organisation.view_members")
def may_view_members(account: Any, organisation: Organisation) -> Verdict:
    """Names, roles and addresses of its people: its representatives and the organisers."""
    if is_organiser(account) or is_representative_of(account, organisation):
        return Verdict.ALLOWED
    return refuse(account) if may_view_organisation(account, organisation) else Verdict.HIDDEN


@access_rule("organisation.merge")
def may_merge_organisation(account: Any, organisation: Organisation) -> Verdict:
    """Organisers unite two that hold their name; it is hidden or plainly refused to the others, as the page is."""
    if not is_organiser(account):
        return refuse(account) if may_view_organisation(account, organisation) else Verdict.HIDDEN
    return Verdict.ALLOWED if organisation.state in NAME_HOLDERS else Verdict.CONFLICT


@access_rule("organisation.remove")
def may_remove_organisation(account: Any, organisation: Organisation) -> Verdict:
    """Organisers take a confirmed one out of the network."""
    if not is_organiser(account):
        return refuse(account) if may_view_organisation(account, organisation) else Verdict.HIDDEN
    return Verdict.ALLOWED if organisation.state == OrganisationState.CONFIRMED else Verdict.CONFLICT


@access_rule("organisation.change_domains")
def may_change_domains(account: Any, organisation: Organisation) -> Verdict:
    """Organisers say which e-mail domains are those of a confirmed one, because whoever has one may join it."""
    return may_remove_organisation(account, organisation)


@access_rule("organisation.find_duplicates")
def may_find_duplicates(account: Any, _obj: Any = None) -> Verdict:
    """Organisers look for organisations that are there twice."""
    return organisers_only(account)


@access_rule("organisation.tell_apart")
def may_tell_apart(account: Any, _organisation: Any = None) -> Verdict:
    """Organisers say that two that look alike are two."""
    return organisers_only(account)


@access_rule("organisation.hand_out_mail")
def may_hand_out_mail(account: Any, organisation: Organisation) -> Verdict:
    """Its representatives, and organisers, say who is told of what; for a confirmed organisation."""
    if not (is_organiser(account) or is_representative_of(account, organisation)):
        return refuse(account) if may_view_organisation(account, organisation) else Verdict.HIDDEN
    return Verdict.ALLOWED if organisation.state == OrganisationState.CONFIRMED else Verdict.CONFLICT
