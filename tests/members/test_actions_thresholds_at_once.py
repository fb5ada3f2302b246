"""Two approvals at the same instant, at the threshold: one event."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from coalition.notifications.models import Event
from members.actions import approve_cosponsorship, set_threshold
from members.enums import CosponsorshipState
from members.models import Coalition, Cosponsorship, Organisation, User
from tests.members.conftest import NOW, Texts, fresh


@pytest.fixture
def db(own_database: None) -> None:
    """The fixtures of this folder commit, in a database of the test's own."""


def test_two_approvals_at_once_pass_the_threshold_once(
    coalition: Coalition,
    organiser: User,
    texts: Texts,
    sign: Callable[..., Cosponsorship],
    make_organisation: Callable[..., Organisation],
    make_representative: Callable[..., User],
) -> None:
    set_threshold(coalition=coalition, actor=organiser, cosponsors_needed=2, kinds={}, now=NOW)
    acts = []
    for _number in range(4):
        body = make_organisation()
        acts.append(sign(make_representative(body), body).pk)
    Cosponsorship.objects.update(state=CosponsorshipState.SUBMITTED, confirmed_at=NOW)
    together = Barrier(4, timeout=20)

    def approve(pk: int) -> None:
        try:
            act, account = Cosponsorship.objects.get(pk=pk), fresh(organiser)
            together.wait()
            approve_cosponsorship(cosponsorship=act, actor=account, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(approve, acts))
    coalition.refresh_from_db()
    assert coalition.state == "official"
    assert Event.objects.filter(kind="coalition.official").count() == 1
    assert Cosponsorship.objects.counting().count() == 4
