"""Mandates start, change and end; somebody always represents the organisation."""

from collections.abc import Callable

import pytest

from coalition.core.access import Refused, WrongState
from members.actions import LastRepresentative, add_affiliation, end_affiliation
from members.enums import Role
from members.models import Affiliation, Organisation, User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db


def test_a_change_of_role_keeps_the_old_line(
    make_organisation: Callable[..., Organisation], make_account: Callable[..., User]
) -> None:
    organisation, account = make_organisation(), make_account()
    first = add_affiliation(account=account, organisation=organisation, role=Role.MEMBER, now=NOW)
    same = add_affiliation(account=account, organisation=organisation, role=Role.MEMBER, now=NOW)
    second = add_affiliation(account=account, organisation=organisation, role=Role.REPRESENTATIVE, now=NOW)
    assert same == first
    assert Affiliation.objects.get(pk=first.pk).ended_on == NOW.date()
    assert Affiliation.objects.active().get(account=account) == second


def test_representatives_add_people_and_others_do_not(
    make_organisation: Callable[..., Organisation],
    make_account: Callable[..., User],
    make_representative: Callable[..., User],
) -> None:
    organisation, newcomer = make_organisation(), make_account()
    chief = make_representative(organisation)
    add_affiliation(account=newcomer, organisation=organisation, role=Role.EDITOR, actor=chief, now=NOW)
    assert fresh(newcomer).roles == {organisation.pk: Role.EDITOR}
    with pytest.raises(Refused):
        add_affiliation(
            account=make_account(), organisation=organisation, role=Role.EDITOR, actor=fresh(newcomer), now=NOW
        )


def test_the_last_representative_cannot_vanish(
    make_organisation: Callable[..., Organisation], make_representative: Callable[..., User], organiser: User
) -> None:
    organisation = make_organisation()
    only = make_representative(organisation)
    line = Affiliation.objects.active().get(account=only)
    with pytest.raises(LastRepresentative):
        end_affiliation(affiliation=line, actor=only, now=NOW)
    with pytest.raises(LastRepresentative):
        add_affiliation(account=only, organisation=organisation, role=Role.MEMBER, now=NOW)
    make_representative(organisation)
    end_affiliation(affiliation=line, actor=fresh(only), now=NOW)
    assert fresh(only).roles == {}
    with pytest.raises(WrongState):
        end_affiliation(affiliation=line, actor=organiser, now=NOW)


def test_organisers_may_end_even_the_last_one(
    make_organisation: Callable[..., Organisation], make_representative: Callable[..., User], organiser: User
) -> None:
    organisation = make_organisation()
    line = Affiliation.objects.active().get(account=make_representative(organisation))
    assert end_affiliation(affiliation=line, actor=organiser, now=NOW).ended_on == NOW.date()


def test_a_member_leaves_but_sends_nobody_away(
    make_organisation: Callable[..., Organisation], make_representative: Callable[..., User]
) -> None:
    organisation = make_organisation()
    chief, member = make_representative(organisation), make_representative(organisation, role=Role.MEMBER)
    with pytest.raises(Refused):
        end_affiliation(affiliation=Affiliation.objects.active().get(account=chief), actor=member, now=NOW)
    end_affiliation(affiliation=Affiliation.objects.active().get(account=member), actor=member, now=NOW)
    assert fresh(member).roles == {}
