"""Answering responses, concluding, giving more time."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from coalition.challenges.actions import (
    EditConflict,
    answer_response,
    close_challenge,
    edit_challenge,
    edit_response,
    reopen_challenge,
    withdraw_response,
)
from coalition.challenges.models import Challenge, Response
from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.notifications.models import Event
from tests.challenges.conftest import LATER, NOW, Make, World, offer, words

Sent = Callable[..., Response]


def answered(world: World, response: Response, *, retained: bool = True, reason: str = "") -> Response:
    return answer_response(
        actor=world.editor, response=response, retained=retained, reason=reason, based_on=response.version, now=NOW
    )


def test_the_authority_retains_or_declines_once_and_says_why(world: World, published: Make, sent: Sent) -> None:
    response = sent(published())
    with pytest.raises(DomainError) as refusal:
        answered(world, response, retained=False, reason=" ")
    assert refusal.value.field == "reason"
    kept = answered(world, response, retained=False, reason="Trop cher pour nous.")
    assert (kept.state, kept.reason, kept.answered_at) == ("declined", "Trop cher pour nous.", NOW)
    with pytest.raises(WrongState):
        answered(world, kept)
    assert Event.objects.filter(kind="response.answered").count() == 1


def test_nobody_but_the_authority_answers_not_even_an_organiser(world: World, published: Make, sent: Sent) -> None:
    response = sent(published())
    for account, refusal in ((world.stranger, Refused), (world.organiser, Refused), (world.member, Hidden)):
        with pytest.raises(refusal):
            answer_response(actor=account, response=response, retained=True, reason="", based_on=1, now=NOW)


def test_a_response_written_again_meanwhile_is_read_again_before_it_is_judged(
    world: World, published: Make, sent: Sent
) -> None:
    response = sent(published())
    edit_response(actor=world.stranger, response=response, words=offer("Mieux."), based_on=1, now=NOW)
    with pytest.raises(EditConflict):
        answered(world, response)


def test_a_challenge_is_concluded_with_an_outcome_once_every_response_was_answered(
    world: World, published: Make, sent: Sent
) -> None:
    challenge = published()
    response = sent(challenge, may_be_named=True)
    for outcome in ("Nous essayons.", "  "):
        with pytest.raises(DomainError) as refusal:
            close_challenge(actor=world.editor, challenge=challenge, outcome=outcome, now=NOW)
        assert refusal.value.field == "outcome"
    answered(world, response)
    assert not Response.objects.named().exists()
    closed = close_challenge(actor=world.editor, challenge=challenge, outcome="Nous essayons.", now=NOW)
    assert (closed.state, closed.outcome, closed.closed_at) == ("closed", "Nous essayons.", NOW)
    assert list(Response.objects.named()) == [response]
    for act in (
        lambda: close_challenge(actor=world.editor, challenge=closed, outcome="Encore.", now=NOW),
        lambda: reopen_challenge(actor=world.editor, challenge=closed, closes_at=None, now=NOW),
        lambda: edit_challenge(actor=world.editor, challenge=closed, words=words(), based_on=3, now=NOW),
        lambda: withdraw_response(actor=world.stranger, response=response, now=NOW),
    ):
        with pytest.raises(WrongState):
            act()


def test_more_time_is_given_once_the_deadline_is_past_and_told(world: World, published: Make, sent: Sent) -> None:
    challenge = published()
    with pytest.raises(WrongState):
        reopen_challenge(actor=world.editor, challenge=challenge, closes_at=None, now=NOW)
    late, more = LATER + timedelta(days=1), LATER + timedelta(days=9)
    with pytest.raises(DomainError):
        reopen_challenge(actor=world.editor, challenge=challenge, closes_at=LATER, now=late)
    opened = reopen_challenge(actor=world.editor, challenge=challenge, closes_at=more, now=late)
    assert list(Challenge.objects.open(late)) == [opened]
    changes = Event.objects.get(kind="challenge.changed").payload["changes"]
    assert changes == {"closes_at": [LATER.isoformat(), more.isoformat()]}
    assert sent(opened, now=late).is_live
