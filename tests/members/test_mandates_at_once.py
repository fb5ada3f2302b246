"""What several people do with mandates at the same instant, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from coalition.core.access import WrongState
from coalition.core.errors import DomainError
from coalition.notifications.models import Event
from members.actions import (
    LastRepresentative,
    accept_invitation,
    end_affiliation,
    end_due_mandates,
    invite_person,
    request_to_join,
)
from members.enums import Role
from members.models import Affiliation, Invitation, JoinRequest, Organisation, User
from tests.members.conftest import NOW, fresh

Make = Callable[..., Any]


@pytest.fixture
def db(own_database: None) -> None:
    """The fixtures of this folder commit, in a database of the test's own."""


def together(number: int, act: Callable[[int], Any]) -> list[str]:
    """Run `act` that many times at once; the names of what came of each."""
    gate = Barrier(number, timeout=20)

    def run(index: int) -> str:
        try:
            gate.wait()
            act(index)
            return "done"
        except (DomainError, WrongState) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def test_two_representatives_who_leave_together_leave_one(
    city: Organisation, chief: User, make_representative: Make
) -> None:
    lines = [Affiliation.objects.get(account=chief), Affiliation.objects.get(account=make_representative(city))]

    def leave(index: int) -> None:
        line = Affiliation.objects.select_related("account").get(pk=lines[index].pk)
        end_affiliation(affiliation=line, actor=line.account, now=NOW)

    assert sorted(together(2, leave)) == sorted(["done", LastRepresentative.__name__])
    assert Affiliation.objects.active().representatives().count() == 1


def test_one_leaves_while_the_other_is_sent_away(city: Organisation, chief: User, make_representative: Make) -> None:
    second = make_representative(city)
    line = Affiliation.objects.get(account=second)

    def act(index: int) -> None:
        actor = fresh(chief) if index else fresh(second)
        end_affiliation(affiliation=Affiliation.objects.get(pk=line.pk), actor=actor, now=NOW)

    together(2, act)
    assert Affiliation.objects.active().representatives().count() == 1


def test_planned_ends_of_everybody_leave_one_however_often_the_task_runs(
    city: Organisation, chief: User, make_representative: Make
) -> None:
    make_representative(city)
    make_representative(city)
    Affiliation.objects.update(mandate_until="2026-01-01")
    together(3, lambda _index: end_due_mandates(now=NOW))
    assert Affiliation.objects.active().representatives().count() == 1
    assert Event.objects.filter(kind="affiliation.ended").count() == 2


def test_an_invitation_accepted_ten_times_at_once_opens_one_line(
    city: Organisation, chief: User, make_account: Make
) -> None:
    account = make_account()
    invitation = invite_person(organisation=city, actor=fresh(chief), email=account.email, role=Role.EDITOR, now=NOW)

    def accept(_index: int) -> None:
        accept_invitation(invitation=Invitation.objects.get(pk=invitation.pk), actor=fresh(account), now=NOW)

    assert together(10, accept).count("done") == 1
    assert Affiliation.objects.filter(account=account).count() == 1
    assert Event.objects.filter(kind="affiliation.joined").count() == 1


def test_ten_clicks_send_one_invitation_and_one_request(city: Organisation, chief: User, make_account: Make) -> None:
    account = make_account()

    def invite(_index: int) -> None:
        invite_person(organisation=city, actor=fresh(chief), email="x@ville.example", role=Role.MEMBER, now=NOW)

    assert together(10, invite).count("done") == 1
    assert (
        together(10, lambda _index: request_to_join(organisation=city, actor=fresh(account), role=Role.MEMBER, now=NOW))
        == ["done"] * 10
    )
    assert (Invitation.objects.count(), JoinRequest.objects.count()) == (1, 1)
