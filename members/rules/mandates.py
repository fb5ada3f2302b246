"""Who may see an organisation's people, invite, change and end mandates, join, answer and hand over."""

from typing import Any

from allauth.account.models import EmailAddress

from coalition.core.access import (
    Verdict,
    access_rule,
    hidden_unless_organiser,
    is_known,
    is_organiser,
    is_signed_in,
    refuse,
)
from members.enums import InvitationState, JoinRequestState, OrganisationState, Role
from members.models import Affiliation, Invitation, JoinRequest, Organisation, VerifiedDomain
from members.rules.organisations import may_edit_organisation, may_view_organisation
from members.rules.roles import is_member_of, is_representative_of


def verified_addresses(account: Any) -> list[str]:
    """The addresses the account proved to be its own, in lower case; none for nobody."""
    if not is_signed_in(account):
        return []
    found = EmailAddress.objects.filter(user=account, verified=True).values_list("email", flat=True)
    return sorted({str(address).lower() for address in found})


def verified_email_domains(account: Any) -> list[str]:
    """What follows the @ of those addresses; a sub-domain is another domain."""
    return sorted({address.rpartition("@")[2] for address in verified_addresses(account)})


def _unless_seen(account: Any, organisation: Organisation) -> Verdict:
    """The refusal of something that belongs to an organisation: hidden when the organisation itself is."""
    return refuse(account) if may_view_organisation(account, organisation) else Verdict.HIDDEN


@access_rule("organisation.people")
def may_open_people(account: Any, organisation: Organisation) -> Verdict:
    """Its people, who see their own line, and organisers; who sees the others is `organisation.view_members`."""
    if is_organiser(account) or is_member_of(account, organisation):
        return Verdict.ALLOWED
    return _unless_seen(account, organisation)


@access_rule("organisation.invite")
def may_invite(account: Any, organisation: Organisation) -> Verdict:
    """Representatives and organisers, once the organisation is confirmed: nobody is written to in an unknown name."""
    verdict = may_edit_organisation(account, organisation)
    if not verdict:
        return verdict
    return Verdict.ALLOWED if organisation.state == OrganisationState.CONFIRMED else Verdict.CONFLICT


@access_rule("affiliation.let_in")
def may_let_editor_in(account: Any, affiliation: Affiliation) -> Verdict:
    """Organisers, for somebody who is an editor today."""
    if not is_organiser(account):
        return _unless_seen(account, affiliation.organisation)
    editor = affiliation.role == Role.EDITOR and affiliation.ended_on is None
    return Verdict.ALLOWED if editor else Verdict.CONFLICT


@access_rule("invitation.manage")
def may_manage_invitation(account: Any, invitation: Invitation) -> Verdict:
    """Who may invite cancels and sends again what nobody has answered."""
    verdict = may_invite(account, invitation.organisation)
    if not verdict:
        return verdict
    return Verdict.ALLOWED if invitation.state == InvitationState.OPEN else Verdict.CONFLICT


@access_rule("invitation.answer")
def may_answer_invitation(account: Any, invitation: Invitation) -> Verdict:
    """Only an account that proved the invited address; its last day is judged by the database when it is answered."""
    if not is_known(account) or invitation.email.lower() not in verified_addresses(account):
        return refuse(account)
    return Verdict.ALLOWED if invitation.state == InvitationState.OPEN else Verdict.CONFLICT


@access_rule("invitation.import_list")
def may_import_invitations(account: Any, _obj: Any = None) -> Verdict:
    """Organisers invite whole lists; the page does not exist for others."""
    return hidden_unless_organiser(account)


@access_rule("affiliation.change")
def may_change_affiliation(account: Any, affiliation: Affiliation) -> Verdict:
    """Representatives and organisers change or end what still runs."""
    verdict = may_edit_organisation(account, affiliation.organisation)
    if not verdict:
        return verdict
    return Verdict.ALLOWED if affiliation.ended_on is None else Verdict.CONFLICT


@access_rule("affiliation.end")
def may_end_affiliation(account: Any, affiliation: Affiliation) -> Verdict:
    """One's own, to leave; else as `affiliation.change`."""
    if is_known(account) and account.pk == affiliation.account_id:
        return Verdict.ALLOWED if affiliation.ended_on is None else Verdict.CONFLICT
    return may_change_affiliation(account, affiliation)


@access_rule("affiliation.hand_over")
def may_hand_over(account: Any, organisation: Organisation) -> Verdict:
    """A representative of a confirmed organisation, their own mandate."""
    if not is_representative_of(account, organisation):
        return _unless_seen(account, organisation)
    return Verdict.ALLOWED if organisation.state == OrganisationState.CONFIRMED else Verdict.CONFLICT


@access_rule("affiliation.read_document")
def may_read_document(account: Any, affiliation: Affiliation) -> Verdict:
    """The proof of a mandate exists for representatives of the organisation and organisers only."""
    inside = is_organiser(account) or is_representative_of(account, affiliation.organisation)
    return Verdict.ALLOWED if inside and affiliation.mandate_document_id else Verdict.HIDDEN


def _may_enter(account: Any, organisation: Organisation) -> Verdict:
    """Known, not inside yet, and the organisation confirmed."""
    if not may_view_organisation(account, organisation):
        return Verdict.HIDDEN
    if not is_known(account):
        return refuse(account)
    if is_member_of(account, organisation) or organisation.state != OrganisationState.CONFIRMED:
        return Verdict.CONFLICT
    return Verdict.ALLOWED


@access_rule("organisation.ask_to_join")
def may_ask_to_join(account: Any, organisation: Organisation) -> Verdict:
    """Any account with a verified address that is not inside yet."""
    return _may_enter(account, organisation)


@access_rule("organisation.join_by_domain")
def may_join_by_domain(account: Any, organisation: Organisation) -> Verdict:
    """A verified address at exactly one of the organisation's verified domains; not after somebody ended one's line."""
    verdict = _may_enter(account, organisation)
    if not verdict:
        return verdict
    domains = VerifiedDomain.objects.filter(organisation=organisation, domain__in=verified_email_domains(account))
    if not domains.exists() or was_sent_away(account, organisation):
        return Verdict.FORBIDDEN
    return Verdict.ALLOWED


def was_sent_away(account: Any, organisation: Organisation) -> bool:
    """Did somebody else end this account's last line there?"""
    last = Affiliation.objects.filter(account=account, organisation=organisation).exclude(ended_on=None)
    line = last.order_by("-ended_on", "-pk").first()
    return line is not None and line.ended_by_id not in (None, account.pk)


@access_rule("join_request.decide")
def may_decide_join_request(account: Any, request: JoinRequest) -> Verdict:
    """Representatives of the organisation, and organisers, while it is open."""
    verdict = may_edit_organisation(account, request.organisation)
    if not verdict:
        return verdict
    return Verdict.ALLOWED if request.state == JoinRequestState.OPEN else Verdict.CONFLICT


@access_rule("join_request.withdraw")
def may_withdraw_join_request(account: Any, request: JoinRequest) -> Verdict:
    """Who asked, while it is open; it does not exist for others."""
    if not is_known(account) or account.pk != request.account_id:
        return Verdict.HIDDEN
    return Verdict.ALLOWED if request.state == JoinRequestState.OPEN else Verdict.CONFLICT


def roles_to_ask() -> tuple[str, ...]:
    """What one may ask for oneself; representing is given, never asked."""
    return (Role.MEMBER, Role.EDITOR)
