"""What several people do to a case at the same instant, each on a connection of their own."""

import threading

import pytest
from django.db import connection

from cases.actions import EditConflict, save_case
from tests.cases.conftest import NOW, Make, World


@pytest.fixture
def db(own_database: None) -> None:
    """The fixtures of this folder commit, in a database of the test's own."""


def test_of_two_saves_at_the_same_moment_exactly_one_goes_in(world: World, draft: Make) -> None:
    page = draft("Départ")
    start, outcomes, gate = page.latest_revision_id, [], threading.Barrier(2)

    def save(title: str) -> None:
        gate.wait()
        try:
            save_case(actor=None, page=page, content={"title": title}, based_on=start, now=NOW)
            outcomes.append("saved")
        except EditConflict:
            outcomes.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[title]) for title in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict", "saved"]
