"""What several people sign at the same instant, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from coalition.notifications.models import Event
from members.actions import (
    sign_cosponsorship,
)
from members.models import Cosponsorship, Organisation, User
from tests.members.conftest import NOW, Texts, fresh


@pytest.fixture
def db(own_database: None) -> None:
    """The fixtures of this folder commit, in a database of the test's own."""


def test_fifty_signatures_at_once_make_one_act_and_one_mail(
    city: Organisation, chief: User, coalition: Any, texts: Texts
) -> None:
    together = Barrier(10, timeout=20)

    def sign_five_times(_number: int) -> list[tuple[int, bool]]:
        try:
            account = fresh(chief)
            together.wait()
            found = [
                sign_cosponsorship(
                    coalition=coalition,
                    organisation=city,
                    actor=account,
                    commitments=["document_cases"],
                    statement="Deux cas.",
                    now=NOW,
                )
                for _ in range(5)
            ]
            return [(act.pk, created) for act, created in found]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        answers = [answer for batch in pool.map(sign_five_times, range(10)) for answer in batch]
    assert len(answers) == 50
    assert len({pk for pk, _created in answers}) == 1
    assert [created for _pk, created in answers].count(True) == 1
    assert Cosponsorship.objects.count() == 1
    assert Event.objects.filter(kind="cosponsorship.confirm").count() == 1
