"""Entering on one's own: by the organisation's domain at once, or by asking those inside."""

from collections.abc import Callable
from typing import Any

import pytest

from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.notifications.models import Event
from members.actions import (
    TooManyJoinRequests,
    accept_join_request,
    decline_join_request,
    end_affiliation,
    join_by_domain,
    request_to_join,
    withdraw_join_request,
)
from members.actions.joining import OPEN_REQUESTS
from members.enums import JoinRequestState, Origin, Role
from members.models import Affiliation, JoinRequest, Organisation, User, VerifiedDomain
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def known(city: Organisation) -> VerifiedDomain:
    return VerifiedDomain.objects.create(organisation=city, domain="ville.example", verified_at=NOW)


def test_an_address_of_the_domain_enters_as_member_and_the_representatives_are_told(
    city: Organisation, known: VerifiedDomain, chief: User, make_account: Make
) -> None:
    account = make_account(email="Awa@ville.example")
    line = join_by_domain(organisation=city, actor=account, now=NOW)
    assert (line.role, line.origin) == (Role.MEMBER, Origin.DOMAIN)
    assert Event.objects.filter(kind="affiliation.joined").count() == 1
    with pytest.raises(WrongState):
        join_by_domain(organisation=city, actor=account, now=NOW)


@pytest.mark.parametrize(
    "address", ["awa@sub.ville.example", "awa@notville.example", "awa@ville.example.evil.test", "awa@xville.example"]
)
def test_only_the_very_domain_counts(
    city: Organisation, known: VerifiedDomain, make_account: Make, address: str
) -> None:
    with pytest.raises(Refused):
        join_by_domain(organisation=city, actor=make_account(email=address), now=NOW)


def test_an_address_nobody_proved_opens_nothing(city: Organisation, known: VerifiedDomain, make_account: Make) -> None:
    with pytest.raises(Refused):
        join_by_domain(organisation=city, actor=make_account(email="a@ville.example", verified=False), now=NOW)


def test_who_was_sent_away_does_not_come_back_by_this_door_but_who_left_does(
    city: Organisation, known: VerifiedDomain, chief: User, make_account: Make
) -> None:
    sent, left = make_account(email="a@ville.example"), make_account(email="b@ville.example")
    for account, by in ((sent, chief), (left, left)):
        line = join_by_domain(organisation=city, actor=account, now=NOW)
        end_affiliation(affiliation=line, actor=fresh(by), now=NOW)
    with pytest.raises(Refused):
        join_by_domain(organisation=city, actor=fresh(sent), now=NOW)
    assert join_by_domain(organisation=city, actor=fresh(left), now=NOW)


def test_a_request_is_answered_with_the_role_the_representative_chooses(
    city: Organisation, chief: User, make_account: Make
) -> None:
    account = make_account()
    asked = request_to_join(
        organisation=city, actor=account, role=Role.MEMBER, function="Stagiaire", message="Bonjour", now=NOW
    )
    assert request_to_join(organisation=city, actor=account, role=Role.EDITOR, now=NOW) == asked
    line = accept_join_request(request=asked, actor=fresh(chief), role=Role.EDITOR, now=NOW)
    assert (line.role, line.function, line.origin) == (Role.EDITOR, "Stagiaire", Origin.JOINING)
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"affiliation.requested", "affiliation.accepted"} <= kinds
    with pytest.raises(WrongState):
        decline_join_request(request=asked, actor=fresh(chief), motive="Non", now=NOW)


def test_a_refusal_says_why(city: Organisation, chief: User, make_account: Make) -> None:
    asked = request_to_join(organisation=city, actor=make_account(), role=Role.MEMBER, now=NOW)
    with pytest.raises(DomainError, match="Dites pourquoi"):
        decline_join_request(request=asked, actor=fresh(chief), motive=" ", now=NOW)
    decline_join_request(request=asked, actor=fresh(chief), motive="Nous ne vous connaissons pas.", now=NOW)
    asked.refresh_from_db()
    assert (asked.state, asked.motive) == (JoinRequestState.DECLINED, "Nous ne vous connaissons pas.")


def test_organisers_answer_where_nobody_represents(city: Organisation, make_account: Make, organiser: User) -> None:
    account = make_account()
    asked = request_to_join(organisation=city, actor=account, role=Role.MEMBER, now=NOW)
    line = accept_join_request(request=asked, actor=organiser, role=Role.REPRESENTATIVE, now=NOW)
    assert fresh(account).roles == {city.pk: line.role}


def test_one_asks_to_participate_never_to_represent(city: Organisation, make_account: Make) -> None:
    with pytest.raises(DomainError):
        request_to_join(organisation=city, actor=make_account(), role=Role.REPRESENTATIVE, now=NOW)


def test_a_request_is_taken_back_by_its_author_only(city: Organisation, make_account: Make) -> None:
    account = make_account()
    asked = request_to_join(organisation=city, actor=account, role=Role.MEMBER, now=NOW)
    with pytest.raises(Hidden):
        withdraw_join_request(request=asked, actor=make_account(), now=NOW)
    withdraw_join_request(request=asked, actor=account, now=NOW)
    assert request_to_join(organisation=city, actor=account, role=Role.MEMBER, now=NOW) != asked


def test_requests_that_wait_are_counted(make_organisation: Make, make_account: Make) -> None:
    account = make_account()
    for _number in range(OPEN_REQUESTS):
        request_to_join(organisation=make_organisation(), actor=account, role=Role.MEMBER, now=NOW)
    with pytest.raises(TooManyJoinRequests):
        request_to_join(organisation=make_organisation(), actor=account, role=Role.MEMBER, now=NOW)
    assert JoinRequest.objects.count() == OPEN_REQUESTS


def test_accepting_takes_nothing_from_who_came_in_meanwhile(
    city: Organisation, chief: User, make_account: Make
) -> None:
    account = make_account()
    asked = request_to_join(organisation=city, actor=account, role=Role.MEMBER, now=NOW)
    line = Affiliation.objects.create(
        account=account, organisation=city, role=Role.REPRESENTATIVE, started_on=NOW.date()
    )
    assert accept_join_request(request=asked, actor=fresh(chief), role=Role.MEMBER, now=NOW) == line
