"""What several people do to a challenge at the same instant, each on a connection of their own."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from coalition.challenges.actions import EditConflict, close_challenge, edit_challenge, send_response
from coalition.challenges.actions.responding import AlreadyAnswered
from coalition.challenges.models import Challenge, Response
from coalition.core.access import WrongState
from coalition.core.errors import DomainError
from coalition.notifications.models import Event
from tests.challenges.conftest import NOW, Make, World, offer, words


@pytest.fixture
def db(own_database: None) -> None:
    """The fixtures of this folder commit, in a database of the test's own."""


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What became of each, by the name of its refusal."""
    outcomes: list[str] = []
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            act()
            outcomes.append("done")
        except (AlreadyAnswered, EditConflict, WrongState, DomainError) as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_at_the_same_moment_leave_one_response_one_text_and_no_answer_after_the_end(
    world: World, published: Make
) -> None:
    challenge = published(closes_at=None)

    def send(text: str) -> Callable[[], Any]:
        return lambda: send_response(
            actor=world.stranger, challenge=challenge, organisation=world.other_city, words=offer(text), now=NOW
        )

    assert at_once(send("A"), send("B")) == ["AlreadyAnswered", "done"]
    assert Response.objects.live().count() == Event.objects.filter(kind="response.received").count() == 1

    def write(title: str) -> Callable[[], Any]:
        said = words(title, closes_at=None)
        return lambda: edit_challenge(actor=world.editor, challenge=challenge, words=said, based_on=2, now=NOW)

    assert at_once(write("A"), write("B")) == ["EditConflict", "done"]
    assert Challenge.objects.get().version == 3

    other = published("Un autre", closes_at=None)

    def late() -> Any:
        return send_response(
            actor=world.stranger, challenge=other, organisation=world.other_city, words=offer(), now=NOW
        )

    def end() -> Any:
        return close_challenge(actor=world.editor, challenge=other, outcome="Décidé.", now=NOW)

    assert at_once(late, end).count("done") == 1
    closed = Challenge.objects.get(pk=other.pk).state == "closed"
    assert Response.objects.filter(challenge=other).exists() is not closed
