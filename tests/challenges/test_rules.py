"""What the matrix cannot show: states, and organisations that left the network."""

from collections.abc import Callable

from coalition.challenges.models import Response
from coalition.core.access import Verdict, can
from tests.challenges.conftest import Make, World

Sent = Callable[..., Response]


def test_a_challenge_goes_with_its_organisation_and_its_responses_stay_with_both_sides(
    world: World, published: Make, sent: Sent
) -> None:
    challenge = published(closes_at=None)
    response = sent(challenge)
    challenge.organisation.state = response.challenge.organisation.state = "removed"
    assert can(None, "challenge.view", challenge) is Verdict.HIDDEN
    assert can(world.stranger, "response.send", challenge) is Verdict.HIDDEN
    assert can(world.editor, "challenge.publish", challenge) is Verdict.CONFLICT
    assert can(world.stranger, "response.view", response)


def test_a_declined_response_is_not_withdrawn_and_a_withdrawn_one_does_nothing_more(
    world: World, published: Make, sent: Sent
) -> None:
    response = sent(published(closes_at=None))
    for state, verdict in (("sent", True), ("retained", True), ("declined", False), ("withdrawn", False)):
        response.state = state
        assert bool(can(world.stranger, "response.withdraw", response)) is verdict
        assert bool(can(world.stranger, "response.name", response)) is (state != "withdrawn")
        assert bool(can(world.editor, "response.answer", response)) is (state == "sent")
