"""Who may read, propose, write together, support, withdraw and decide amendments; who publishes the charter."""

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
from members.enums import SPEAKERS, OrganisationState
from members.models import Organisation
from members.rules import is_representative_of, role_in, speaking_organisations
from principles.enums import PENDING, AmendmentState
from principles.models import Amendment, CoAuthor


def reads_inside(account: Any) -> bool:
    """Reads what the coalition keeps to itself before it is examined: organisers, members and representatives."""
    return is_organiser(account) or speaking_organisations(account).exists()


def _is_author(account: Any, amendment: Amendment) -> bool:
    return is_known(account) and amendment.author_id == account.pk


def _writes(account: Any, amendment: Amendment) -> bool:
    """Its author, or somebody who accepted to write it with them."""
    return is_known(account) and (amendment.author_id == account.pk or account.pk in amendment.coauthor_accounts)


def _answers_for(account: Any, amendment: Amendment) -> bool:
    """Its writers, and the representatives of the organisation that proposes it."""
    represents = amendment.organisation is not None and is_representative_of(account, amendment.organisation)
    return represents or _writes(account, amendment)


def _draft_verdict(account: Any, amendment: Amendment) -> Verdict:
    """A draft exists for those who write it, and for the organisations they invited to."""
    if _writes(account, amendment):
        return Verdict.ALLOWED
    invited = is_known(account) and amendment.coauthors.readable_by(account).exists()
    return Verdict.ALLOWED if invited else Verdict.HIDDEN


def _unseen(account: Any, amendment: Amendment) -> bool:
    """The amendment does not exist for the account: somebody's draft, or one still gathering support inside."""
    return may_view_amendment(account, amendment) is Verdict.HIDDEN


def _if_readable(amendment: Amendment, *states: str) -> Verdict:
    """Allowed while it is in one of these states and its words are not hidden."""
    return Verdict.ALLOWED if amendment.state in states and amendment.hidden_at is None else Verdict.CONFLICT


def _is_theirs(account: Any, amendment: Amendment) -> bool:
    """They wrote it, or belong to the organisation that proposes it."""
    belongs = amendment.organisation is not None and role_in(account, amendment.organisation) is not None
    return belongs or _writes(account, amendment)


def _moderates(account: Any, amendment: Amendment, *, hidden: bool) -> Verdict:
    """Organisers, on what is not theirs, where it is hidden, or is not."""
    if amendment.state == AmendmentState.DRAFT:
        return refuse(account) if _is_author(account, amendment) else Verdict.HIDDEN
    if _unseen(account, amendment):
        return Verdict.HIDDEN
    if not is_organiser(account) or _is_theirs(account, amendment):
        return refuse(account)
    return Verdict.ALLOWED if (amendment.hidden_at is not None) == hidden else Verdict.CONFLICT


@access_rule("charter.view")
def may_view_charter(_account: Any, _obj: Any = None) -> Verdict:
    """Published versions, current or superseded, are for everybody."""
    return Verdict.ALLOWED


@access_rule("charter.publish")
def may_publish_charter(account: Any, _obj: Any = None) -> Verdict:
    """Organisers only."""
    return organisers_only(account)


@access_rule("charter.set_rules")
def may_set_rules(account: Any, _obj: Any = None) -> Verdict:
    """The phases and the rule of decision are set by organisers."""
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
    return Verdict.ALLOWED if reads_inside(account) else refuse(account)


@access_rule("amendment.create_for_team")
def may_create_amendment_for_team(account: Any, _obj: Any = None) -> Verdict:
    """Only an organiser proposes without an organisation."""
    return organisers_only(account)


@access_rule("amendment.view")
def may_view_amendment(account: Any, amendment: Amendment) -> Verdict:
    """Public once opened; while it gathers support, for the coalition; a draft for those who write it alone."""
    if amendment.state == AmendmentState.DRAFT:
        return _draft_verdict(account, amendment)
    if amendment.opened_at is not None:
        return Verdict.ALLOWED
    return Verdict.ALLOWED if reads_inside(account) or _is_author(account, amendment) else Verdict.HIDDEN


@access_rule("amendment.view_text")
def may_view_text(account: Any, amendment: Amendment) -> Verdict:
    """Whoever may read the amendment; its words, while they are hidden: those who wrote it and the organisers."""
    if _unseen(account, amendment):
        return Verdict.HIDDEN
    reads = amendment.hidden_at is None or is_organiser(account) or _writes(account, amendment)
    return Verdict.ALLOWED if reads else Verdict.HIDDEN


@access_rule("amendment.hide")
def may_hide_amendment(account: Any, amendment: Amendment) -> Verdict:
    """Organisers, once it is proposed; never their own, nor one of an organisation they belong to."""
    return _moderates(account, amendment, hidden=False)


@access_rule("amendment.restore")
def may_restore_amendment(account: Any, amendment: Amendment) -> Verdict:
    """The same people, while it is hidden."""
    return _moderates(account, amendment, hidden=True)


@access_rule("amendment.edit")
def may_edit_amendment(account: Any, amendment: Amendment) -> Verdict:
    """Its author and those who accepted to write with them, while it is a draft. A proposed text is frozen."""
    if amendment.state == AmendmentState.DRAFT and not _unseen(account, amendment):
        return Verdict.ALLOWED if _writes(account, amendment) else refuse(account)
    return Verdict.HIDDEN if _unseen(account, amendment) else refuse(account)


@access_rule("amendment.keep_words")
def may_keep_words(account: Any, amendment: Amendment) -> Verdict:
    """Those who wrote a draft that was proposed while they typed: their words are put aside for them alone."""
    if _unseen(account, amendment):
        return Verdict.HIDDEN
    return Verdict.ALLOWED if _writes(account, amendment) else refuse(account)


@access_rule("amendment.invite")
def may_invite_to_amendment(account: Any, amendment: Amendment) -> Verdict:
    """The author of a draft asks other organisations to write it together."""
    if _unseen(account, amendment):
        return Verdict.HIDDEN
    if not _is_author(account, amendment):
        return refuse(account)
    return Verdict.ALLOWED if amendment.state == AmendmentState.DRAFT else Verdict.CONFLICT


@access_rule("amendment.join")
def may_join_amendment(account: Any, invitation: CoAuthor) -> Verdict:
    """A member or a representative of the invited organisation, until somebody answered for it."""
    if not may_create_amendment(account, invitation.organisation):
        return Verdict.HIDDEN if _unseen(account, invitation.amendment) else refuse(account)
    waits = invitation.accepted_at is None and invitation.declined_at is None
    return Verdict.ALLOWED if waits and invitation.amendment.state == AmendmentState.DRAFT else Verdict.CONFLICT


@access_rule("amendment.open")
def may_open_amendment(account: Any, amendment: Amendment) -> Verdict:
    """The author of a draft, who still speaks for the organisation at that moment."""
    if amendment.state == AmendmentState.DRAFT:
        if not _is_author(account, amendment):
            return Verdict.HIDDEN if _unseen(account, amendment) else refuse(account)
        if amendment.organisation is None:
            return organisers_only(account)
        return may_create_amendment(account, amendment.organisation)
    return Verdict.CONFLICT if _is_author(account, amendment) else refuse(account)


@access_rule("amendment.withdraw")
def may_withdraw_amendment(account: Any, amendment: Amendment) -> Verdict:
    """Its author or a representative of the author's organisation, until it is decided."""
    if amendment.state == AmendmentState.DRAFT:
        return Verdict.CONFLICT if _is_author(account, amendment) else Verdict.HIDDEN
    if _unseen(account, amendment):
        return Verdict.HIDDEN
    represents = amendment.organisation is not None and is_representative_of(account, amendment.organisation)
    if not (represents or _is_author(account, amendment)):
        return refuse(account)
    return Verdict.ALLOWED if amendment.state in PENDING else Verdict.CONFLICT


@access_rule("amendment.revise")
def may_revise_amendment(account: Any, amendment: Amendment) -> Verdict:
    """Those who wrote it, or a representative of its organisation, give a proposed amendment another wording."""
    if _unseen(account, amendment):
        return Verdict.HIDDEN
    if not _answers_for(account, amendment):
        return refuse(account)
    return _if_readable(amendment, *PENDING)


@access_rule("amendment.resolve")
def may_resolve_amendment(account: Any, amendment: Amendment) -> Verdict:
    """The same people, where a newer version of the charter and the amendment do not go together."""
    verdict = may_revise_amendment(account, amendment)
    return Verdict.CONFLICT if verdict and not amendment.needs_rebase else verdict


@access_rule("amendment.write_leg")
def may_write_leg(account: Any, amendment: Amendment) -> Verdict:
    """Anybody who may propose writes the language an amendment lacks, until it is decided."""
    if _unseen(account, amendment):
        return Verdict.HIDDEN
    verdict = may_create_amendment(account, None)
    waits = bool(_if_readable(amendment, *PENDING)) and bool(amendment.missing_legs)
    return Verdict.CONFLICT if verdict and not waits else verdict


@access_rule("amendment.endorse")
def may_endorse_amendment(account: Any, amendment: Amendment) -> Verdict:
    """Members and representatives of confirmed organisations, while it gathers support."""
    if _unseen(account, amendment):
        return Verdict.HIDDEN
    if not speaking_organisations(account).exists():
        return refuse(account)
    return _if_readable(amendment, AmendmentState.SUBMITTED)


@access_rule("amendment.take_position")
def may_take_position(account: Any, amendment: Amendment) -> Verdict:
    """Members and representatives of confirmed organisations, in their name, while it is open."""
    if _unseen(account, amendment):
        return Verdict.HIDDEN
    if not speaking_organisations(account).exists():
        return refuse(account)
    return _if_readable(amendment, AmendmentState.OPEN)


@access_rule("amendment.refuse")
def may_refuse_amendment(account: Any, amendment: Amendment) -> Verdict:
    """An organiser, never on an amendment they wrote, while it is open."""
    if amendment.state == AmendmentState.DRAFT:
        return refuse(account) if _is_author(account, amendment) else Verdict.HIDDEN
    if _unseen(account, amendment):
        return Verdict.HIDDEN
    if not is_organiser(account) or _writes(account, amendment):
        return refuse(account)
    return _if_readable(amendment, AmendmentState.OPEN)


@access_rule("amendment.accept")
def may_accept_amendment(account: Any, amendment: Amendment) -> Verdict:
    """As for a refusal, and it must go together with the version in force."""
    verdict = may_refuse_amendment(account, amendment)
    return Verdict.CONFLICT if verdict and amendment.needs_rebase else verdict
