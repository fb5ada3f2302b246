"""What the database itself refuses, and the words of a deadline."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from coalition.challenges.enums import Phase
from coalition.challenges.models import Challenge, Response
from tests.challenges.conftest import LATER, NOW, Make

Sent = Callable[..., Response]


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "closed"},
        {"outcome": "Décidé."},
        {"state": "unknown"},
        {"instrument": "magic"},
        {"published_at": None},
    ],
)
def test_a_challenge_that_does_not_hold_together_is_refused(published: Make, broken: dict[str, Any]) -> None:
    challenge = published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.filter(pk=challenge.pk).update(**broken)


@pytest.mark.parametrize(
    "broken",
    [{"state": "retained"}, {"state": "declined", "answered_at": NOW}, {"state": "withdrawn"}, {"state": "lost"}],
)
def test_a_response_that_does_not_hold_together_is_refused(published: Make, sent: Sent, broken: dict[str, Any]) -> None:
    response = sent(published())
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=response.pk).update(**broken)


def test_a_deadline_is_said_on_the_clock_of_the_city(published: Make) -> None:
    challenge = published()
    challenge.closes_at, challenge.time_zone = datetime(2026, 12, 1, 17, 30, tzinfo=UTC), "Africa/Dakar"
    with translation.override("en"):
        assert challenge.deadline_words == "Tuesday 1 December 2026, 17:30 (Dakar time, UTC+0)"
    challenge.closes_at = None
    assert challenge.deadline_words == ""


def test_the_phase_follows_from_state_and_deadline(published: Make) -> None:
    challenge = published()
    assert challenge.phase_at(NOW) == Phase.OPEN
    assert challenge.phase_at(LATER) == Phase.READING
    challenge.state = "closed"
    assert challenge.phase_at(NOW) == Phase.CLOSED
