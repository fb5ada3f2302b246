"""Who may read, propose, withdraw and decide amendments; who publishes the charter."""

from typing import Any

from coalition.core.access import (
    Verdict,
    access_rule,
    hidden_unless_organiser,
    is_known,
    is_organiser,
    organisers_only,
    refuse,
)
from members.enums import OrganisationState, Role
from members.models import Organisation
from members.querysets import OrganisationQuerySet
from members.rules import is_representative_of, role_in
from principles.enums import AmendmentState
from principles.models import Amendment

# Writing cases for an organisation is not speaking for it: the editor role alone proposes nothing.
SPEAKERS = (Role.MEMBER, Role.REPRESENTATIVE)


def speaking_organisations(account: Any) -> OrganisationQuerySet:
    """The confirmed organisations in whose name the account may propose an amendment."""
    if not is_known(account):
        return Organisation.objects.none()
    return Organisation.objects.confirmed().of_account(account, *SPEAKERS)


def _is_author(account: Any, amendment: Amendment) -> bool:
    return is_known(account) and amendment.author_id == account.pk


def _draft_verdict(account: Any, amendment: Amendment) -> Verdict:
    """A draft exists for its author only."""
    return Verdict.ALLOWED if _is_author(account, amendment) else Verdict.HIDDEN


@access_rule("charter.view")
def may_view_charter(_account: Any, _obj: Any = None) -> Verdict:
    """Published versions, current or superseded, are for everybody."""
    return Verdict.ALLOWED


@access_rule("charter.publish")
def may_publish_charter(account: Any, _obj: Any = None) -> Verdict:
    """Organisers only."""
    return organisers_only(account)


@access_rule("charter.view_draft")
def may_view_draft_version(account: Any, _obj: Any = None) -> Verdict:
    """A version in preparation exists for organisers only."""
    return hidden_unless_organiser(account)


@access_rule("charter.edit")
def may_edit_charter(account: Any, _obj: Any = None) -> Verdict:
    """Organisers prepare the next version; what is published nobody edits."""
    return organisers_only(account)


@access_rule("amendment.create")
def may_create_amendment(account: Any, organisation: Organisation | None = None) -> Verdict:
    """Members and representatives of a confirmed organisation, in its name; organisers, in the team's.

    Without an organisation: may the account propose at all?
    """
    if organisation is not None:
        speaks = role_in(account, organisation) in SPEAKERS and organisation.state == OrganisationState.CONFIRMED
        return Verdict.ALLOWED if speaks else refuse(account)
    if is_organiser(account) or speaking_organisations(account).exists():
        return Verdict.ALLOWED
    return refuse(account)


@access_rule("amendment.create_for_team")
def may_create_amendment_for_team(account: Any, _obj: Any = None) -> Verdict:
    """Only an organiser proposes without an organisation."""
    return organisers_only(account)


@access_rule("amendment.view")
def may_view_amendment(account: Any, amendment: Amendment) -> Verdict:
    """Public once proposed; a draft exists for its author only, not even for organisers."""
    if amendment.state != AmendmentState.DRAFT:
        return Verdict.ALLOWED
    return _draft_verdict(account, amendment)


@access_rule("amendment.edit")
def may_edit_amendment(account: Any, amendment: Amendment) -> Verdict:
    """Its author, while it is a draft. A proposed text is frozen for everybody."""
    if amendment.state == AmendmentState.DRAFT:
        return _draft_verdict(account, amendment)
    return refuse(account)


@access_rule("amendment.open")
def may_open_amendment(account: Any, amendment: Amendment) -> Verdict:
    """The author of a draft, who still speaks for the organisation at that moment."""
    if amendment.state == AmendmentState.DRAFT:
        if not _is_author(account, amendment):
            return Verdict.HIDDEN
        if amendment.organisation is None:
            return organisers_only(account)
        return may_create_amendment(account, amendment.organisation)
    return Verdict.CONFLICT if _is_author(account, amendment) else refuse(account)


@access_rule("amendment.withdraw")
def may_withdraw_amendment(account: Any, amendment: Amendment) -> Verdict:
    """Its author or a representative of the author's organisation, while it is open."""
    if amendment.state == AmendmentState.DRAFT:
        return Verdict.CONFLICT if _is_author(account, amendment) else Verdict.HIDDEN
    represents = amendment.organisation is not None and is_representative_of(account, amendment.organisation)
    if not (represents or _is_author(account, amendment)):
        return refuse(account)
    return Verdict.ALLOWED if amendment.state == AmendmentState.OPEN else Verdict.CONFLICT


@access_rule("amendment.refuse")
def may_refuse_amendment(account: Any, amendment: Amendment) -> Verdict:
    """An organiser, never on their own amendment, while it is open."""
    if amendment.state == AmendmentState.DRAFT:
        return refuse(account) if _is_author(account, amendment) else Verdict.HIDDEN
    if not is_organiser(account) or _is_author(account, amendment):
        return refuse(account)
    return Verdict.ALLOWED if amendment.state == AmendmentState.OPEN else Verdict.CONFLICT


@access_rule("amendment.accept")
def may_accept_amendment(account: Any, amendment: Amendment) -> Verdict:
    """As for a refusal, and the article must still say what the author read."""
    verdict = may_refuse_amendment(account, amendment)
    return Verdict.CONFLICT if verdict and amendment.conflicts else verdict
