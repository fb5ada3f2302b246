"""Several connections at once: what the database, not luck, keeps straight."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from coalition.core.access import AccessError
from coalition.core.errors import DomainError
from coalition.discussion.actions import hide_comment, report_comment
from coalition.discussion.models import Comment, Report
from tests.discussion.conftest import LATER, say
from tests.principles.conftest import World, make_world

TOGETHER = 8


@pytest.fixture
def db(own_database: None) -> None:
    """Commits are real here."""


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def all_at_once(act: Callable[[int], Any]) -> list[str]:
    """What each of TOGETHER threads met: "done" or the name of the refusal."""
    barrier, met = Barrier(TOGETHER), [""] * TOGETHER

    def run(number: int) -> None:
        barrier.wait()
        try:
            act(number)
            met[number] = "done"
        except (AccessError, DomainError) as refusal:
            met[number] = type(refusal).__name__
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return met


def test_the_same_words_sent_eight_times_at_once_are_one_comment(world: World) -> None:
    assert all_at_once(lambda _number: say(world)) == ["done"] * TOGETHER
    assert Comment.objects.count() == 1


def test_eight_reports_of_one_account_at_once_are_one(world: World) -> None:
    comment = say(world)
    met = all_at_once(lambda _number: report_comment(actor=world.member, comment=comment, reason="spam", now=LATER))
    assert sorted(met) == ["AlreadyReported"] * (TOGETHER - 1) + ["done"]
    assert Report.objects.count() == 1


def test_a_comment_is_hidden_once_and_the_others_are_told_so(world: World) -> None:
    comment = say(world)
    met = all_at_once(
        lambda number: hide_comment(
            actor=world.organiser,
            comment=Comment.objects.get(pk=comment.pk),
            reason=f"La raison numéro {number}.",
            now=LATER,
        )
    )
    assert sorted(met) == ["WrongState"] * (TOGETHER - 1) + ["done"]
