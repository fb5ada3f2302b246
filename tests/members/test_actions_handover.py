"""A representative hands over; mandates meet their planned end; somebody always remains."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from coalition.core.access import Refused
from coalition.core.errors import DomainError
from coalition.notifications.models import Event
from members.actions import (
    AlreadyInvited,
    StaleInvitation,
    accept_invitation,
    cancel_invitation,
    change_affiliation,
    end_affiliation,
    end_due_mandates,
    name_successor,
)
from members.enums import InvitationState, Origin, Role
from members.models import Affiliation, Organisation, User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
TODAY = NOW.date()


def line_of(account: User) -> Affiliation:
    return Affiliation.objects.active().get(account=account)


def name(city: Organisation, chief: User, email: str, **words: Any) -> Any:
    return name_successor(organisation=city, actor=fresh(chief), email=email, now=NOW, **words)


def test_the_successor_accepts_and_the_mandate_changes_hands_in_that_instant(
    city: Organisation, chief: User, make_account: Make
) -> None:
    successor = make_account("Kossi", email="kossi@ville.example")
    offer = name(city, chief, "kossi@ville.example", function="Maire")
    assert fresh(chief).roles == {city.pk: Role.REPRESENTATIVE}
    line = accept_invitation(invitation=offer, actor=successor, now=NOW)
    assert (line.role, line.function, line.origin) == (Role.REPRESENTATIVE, "Maire", Origin.HAND_OVER)
    assert fresh(chief).roles == {}
    assert Event.objects.get(kind="affiliation.handed_over").payload["hands_over"] == offer.hands_over_id


def test_one_may_stay_as_member(city: Organisation, chief: User, make_account: Make) -> None:
    successor = make_account(email="kossi@ville.example")
    accept_invitation(invitation=name(city, chief, successor.email, stays_member=True), actor=successor, now=NOW)
    assert fresh(chief).roles == {city.pk: Role.MEMBER}
    assert fresh(successor).roles == {city.pk: Role.REPRESENTATIVE}
    assert Affiliation.objects.filter(account=chief).count() == 2


def test_a_colleague_succeeds_and_their_former_line_is_kept(
    city: Organisation, chief: User, make_representative: Make
) -> None:
    colleague = make_representative(city, name="Kossi", role=Role.EDITOR)
    accept_invitation(invitation=name(city, chief, colleague.email), actor=colleague, now=NOW)
    roles = Affiliation.objects.filter(account=colleague).order_by("pk").values_list("role", flat=True)
    assert list(roles) == [Role.EDITOR, Role.REPRESENTATIVE]


def test_who_refuses_or_is_late_takes_nothing(city: Organisation, chief: User, make_account: Make) -> None:
    successor = make_account(email="kossi@ville.example")
    offer = name(city, chief, successor.email)
    cancel_invitation(invitation=offer, actor=fresh(chief), now=NOW)
    with pytest.raises(StaleInvitation):
        accept_invitation(invitation=offer, actor=successor, now=NOW)
    assert fresh(chief).roles == {city.pk: Role.REPRESENTATIVE}


def test_one_hand_over_at_a_time_to_somebody_else(city: Organisation, chief: User, make_representative: Make) -> None:
    with pytest.raises(DomainError, match="représente déjà"):
        name(city, chief, chief.email)
    name(city, chief, "a@ville.example")
    with pytest.raises(DomainError, match="attend déjà"):
        name(city, chief, "b@ville.example")
    with pytest.raises((DomainError, AlreadyInvited)):
        name(city, chief, "a@ville.example")


def test_nobody_hands_over_what_is_not_theirs(city: Organisation, make_representative: Make, organiser: User) -> None:
    for account in (make_representative(city, role=Role.EDITOR), organiser):
        with pytest.raises(Refused):
            name(city, account, "a@ville.example")


def test_an_offer_follows_a_changed_mandate_and_dies_with_an_ended_one(
    city: Organisation, chief: User, make_representative: Make
) -> None:
    offer = name(city, chief, "a@ville.example")
    new = change_affiliation(
        affiliation=line_of(chief), actor=fresh(chief), role=Role.REPRESENTATIVE, function="Maire", now=NOW
    )
    offer.refresh_from_db()
    assert offer.hands_over == new
    make_representative(city)
    end_affiliation(affiliation=new, actor=fresh(chief), now=NOW)
    offer.refresh_from_db()
    assert offer.state == InvitationState.CANCELLED


def until(account: User, days: int) -> Affiliation:
    line = line_of(account)
    Affiliation.objects.filter(pk=line.pk).update(mandate_until=TODAY + timedelta(days=days))
    return line


def test_a_mandate_ends_after_its_last_day_and_once(city: Organisation, chief: User, make_representative: Make) -> None:
    member, other = make_representative(city, role=Role.MEMBER), make_representative(city, role=Role.MEMBER)
    line = until(member, -1)
    until(other, 0)
    assert end_due_mandates(now=NOW) == 1
    assert end_due_mandates(now=NOW) == 0
    line.refresh_from_db()
    assert (line.ended_on, line.ended_by) == (TODAY, None)
    assert fresh(other).roles == {city.pk: Role.MEMBER}
    assert Event.objects.get(kind="affiliation.ended").payload == {"planned": True}


def test_the_last_representative_s_goes_on_and_people_are_told_once(city: Organisation, chief: User) -> None:
    until(chief, -3)
    assert end_due_mandates(now=NOW) == 0
    assert end_due_mandates(now=NOW + timedelta(days=1)) == 0
    assert fresh(chief).roles == {city.pk: Role.REPRESENTATIVE}
    assert Event.objects.filter(kind="affiliation.overdue").count() == 1


def test_of_two_that_end_together_one_stays(city: Organisation, chief: User, make_representative: Make) -> None:
    second = make_representative(city)
    until(chief, -2)
    until(second, -1)
    assert end_due_mandates(now=NOW) == 1
    assert Affiliation.objects.active().representatives().filter(organisation=city).count() == 1


def test_thirty_days_before_it_is_spoken_of_once_and_again_for_another_date(city: Organisation, chief: User) -> None:
    until(chief, 31)
    end_due_mandates(now=NOW)
    assert not Event.objects.filter(kind="affiliation.ending").exists()
    for _run in range(2):
        end_due_mandates(now=NOW + timedelta(days=1))
    assert Event.objects.filter(kind="affiliation.ending").count() == 1
    until(chief, 25)
    end_due_mandates(now=NOW)
    assert Event.objects.filter(kind="affiliation.ending").count() == 2
