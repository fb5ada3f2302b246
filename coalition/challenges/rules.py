"""Who may read, write, conclude and answer challenges; a response is between two organisations."""

from typing import Any

from coalition.challenges.enums import PUBLIC, ChallengeState, ResponseState
from coalition.challenges.models import Challenge, Response
from coalition.challenges.querysets import written_for
from coalition.core.access import Verdict, access_rule, is_known, is_organiser, refuse
from members.enums import OrganisationState
from members.models import Organisation
from members.rules import is_editor_of
from members.rules.organisations import may_view_organisation


def _writes(account: Any, organisation: Organisation) -> bool:
    return is_editor_of(account, organisation) or is_organiser(account)


def _is_public(challenge: Challenge) -> bool:
    return challenge.state in PUBLIC and challenge.organisation.state == OrganisationState.CONFIRMED


@access_rule("challenge.view")
def may_view_challenge(account: Any, challenge: Challenge) -> Verdict:
    """Public once published, while its organisation is in the network; a draft exists for its writers only."""
    if _is_public(challenge) or _writes(account, challenge.organisation):
        return Verdict.ALLOWED
    return Verdict.HIDDEN


@access_rule("challenge.create")
def may_create_challenge(account: Any, organisation: Organisation) -> Verdict:
    """Who writes for a confirmed organisation, and organisers."""
    if not _writes(account, organisation):
        return refuse(account) if may_view_organisation(account, organisation) else Verdict.HIDDEN
    return Verdict.ALLOWED if organisation.state == OrganisationState.CONFIRMED else Verdict.CONFLICT


def _writer(account: Any, challenge: Challenge, *states: str) -> Verdict:
    """Who writes for its organisation, and organisers, while it is in one of these states."""
    if not _writes(account, challenge.organisation):
        return refuse(account) if may_view_challenge(account, challenge) else Verdict.HIDDEN
    return Verdict.ALLOWED if challenge.state in states else Verdict.CONFLICT


@access_rule("challenge.edit")
def may_edit_challenge(account: Any, challenge: Challenge) -> Verdict:
    """Its writers and organisers, until it is concluded."""
    return _writer(account, challenge, ChallengeState.DRAFT, ChallengeState.PUBLISHED)


@access_rule("challenge.publish")
def may_publish_challenge(account: Any, challenge: Challenge) -> Verdict:
    """Its writers and organisers, as a draft of a confirmed organisation."""
    verdict = _writer(account, challenge, ChallengeState.DRAFT)
    in_network = challenge.organisation.state == OrganisationState.CONFIRMED
    return verdict if in_network or not verdict else Verdict.CONFLICT


@access_rule("challenge.close")
def may_close_challenge(account: Any, challenge: Challenge) -> Verdict:
    """Its writers and organisers, while it is published."""
    return _writer(account, challenge, ChallengeState.PUBLISHED)


@access_rule("challenge.reopen")
def may_reopen_challenge(account: Any, challenge: Challenge) -> Verdict:
    """Its writers and organisers, before it is concluded; the action checks that the deadline is past."""
    return _writer(account, challenge, ChallengeState.PUBLISHED)


@access_rule("challenge.withdraw")
def may_withdraw_challenge(account: Any, challenge: Challenge) -> Verdict:
    """Organisers take a published one back to a draft, with a motive."""
    if not is_organiser(account):
        return refuse(account) if may_view_challenge(account, challenge) else Verdict.HIDDEN
    return Verdict.ALLOWED if challenge.state == ChallengeState.PUBLISHED else Verdict.CONFLICT


@access_rule("challenge.read_responses")
def may_read_responses(account: Any, challenge: Challenge) -> Verdict:
    """Who writes for the authority, and organisers; for anybody else the list does not exist."""
    return Verdict.ALLOWED if _writes(account, challenge.organisation) else Verdict.HIDDEN


@access_rule("response.send")
def may_send_response(account: Any, challenge: Challenge) -> Verdict:
    """Who writes for another organisation than the authority, while the challenge is published.

    Which organisation, and whether there is still time, is asked by the action.
    """
    if not may_view_challenge(account, challenge):
        return Verdict.HIDDEN
    if not (is_known(account) and any(pk != challenge.organisation_id for pk in written_for(account))):
        return refuse(account)
    return Verdict.ALLOWED if challenge.state == ChallengeState.PUBLISHED else Verdict.CONFLICT


@access_rule("response.view")
def may_view_response(account: Any, response: Response) -> Verdict:
    """Who writes for the responder or for the authority, and organisers; it does not exist for anybody else."""
    sides = (response.organisation, response.challenge.organisation)
    return Verdict.ALLOWED if any(_writes(account, side) for side in sides) else Verdict.HIDDEN


def _responder(account: Any, response: Response, allowed: bool) -> Verdict:
    """Who writes for the responder; the other readers see it and may not."""
    if not may_view_response(account, response):
        return Verdict.HIDDEN
    if not is_editor_of(account, response.organisation):
        return refuse(account)
    return Verdict.ALLOWED if allowed else Verdict.CONFLICT


@access_rule("response.edit")
def may_edit_response(account: Any, response: Response) -> Verdict:
    """Its writers, until the authority has answered; the action checks that there is still time."""
    running = response.challenge.state == ChallengeState.PUBLISHED
    return _responder(account, response, running and response.state == ResponseState.SENT)


@access_rule("response.withdraw")
def may_withdraw_response(account: Any, response: Response) -> Verdict:
    """Its writers, before the challenge is concluded, unless it was declined."""
    running = response.challenge.state != ChallengeState.CLOSED
    return _responder(account, response, running and response.state in (ResponseState.SENT, ResponseState.RETAINED))


@access_rule("response.name")
def may_name_response(account: Any, response: Response) -> Verdict:
    """Its writers say at any time whether it may be named."""
    return _responder(account, response, response.is_live)


@access_rule("response.answer")
def may_answer_response(account: Any, response: Response) -> Verdict:
    """Who writes for the authority, once, while the challenge is published; the responder and organisers may not."""
    if not may_view_response(account, response):
        return Verdict.HIDDEN
    if not is_editor_of(account, response.challenge.organisation):
        return refuse(account)
    running = response.challenge.state == ChallengeState.PUBLISHED
    return Verdict.ALLOWED if running and response.state == ResponseState.SENT else Verdict.CONFLICT
