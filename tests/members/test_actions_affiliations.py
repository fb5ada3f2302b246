"""Mandates start, change and end; somebody always represents the organisation."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from coalition.core.access import Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from members.actions import (
    LastRepresentative,
    acting_for,
    add_affiliation,
    change_affiliation,
    end_affiliation,
)
from members.enums import Origin, Role
from members.models import Affiliation, Organisation, User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


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


def test_a_change_of_mandate_says_what_changed_and_keeps_its_origin(
    make_organisation: Callable[..., Organisation], make_representative: Callable[..., User]
) -> None:
    organisation = make_organisation()
    chief, member = make_representative(organisation), make_representative(organisation, role=Role.MEMBER)
    Affiliation.objects.filter(account=member).update(origin=Origin.DOMAIN)
    first = Affiliation.objects.active().get(account=member)
    line = change_affiliation(
        affiliation=first, actor=chief, role=Role.EDITOR, function="Archiviste", mandate_date=NOW.date(), now=NOW
    )
    again = change_affiliation(
        affiliation=line, actor=chief, role=Role.EDITOR, function="Archiviste", mandate_date=NOW.date(), now=NOW
    )
    first.refresh_from_db()
    assert again == line
    assert (line.origin, first.ended_by) == (Origin.DOMAIN, chief)
    logged = AuditLine.objects.get(action="affiliation.change").data
    assert logged["changed"] == ["role", "function", "mandate_date"]
    assert (logged["organisation"], logged["function"]) == (organisation.pk, "Adjointe")


def test_a_mandate_neither_begins_in_the_future_nor_ends_in_the_past(
    make_organisation: Callable[..., Organisation], make_representative: Callable[..., User]
) -> None:
    chief = make_representative(make_organisation())
    line = Affiliation.objects.active().get(account=chief)
    for wrong in ({"mandate_date": NOW.date() + DAY}, {"mandate_until": NOW.date() - DAY}):
        with pytest.raises(DomainError):
            change_affiliation(affiliation=line, actor=chief, role=Role.REPRESENTATIVE, now=NOW, **wrong)
    assert Affiliation.objects.filter(account=chief).count() == 1


def test_an_organiser_who_is_the_last_representative_does_not_vanish_either(
    make_organisation: Callable[..., Organisation], organiser: User
) -> None:
    line = add_affiliation(account=organiser, organisation=make_organisation(), role=Role.REPRESENTATIVE, now=NOW)
    with pytest.raises(LastRepresentative):
        end_affiliation(affiliation=line, actor=fresh(organiser), now=NOW)


def test_an_act_in_an_organisation_s_name_names_the_line_behind_it(
    make_organisation: Callable[..., Organisation], make_representative: Callable[..., User], organiser: User
) -> None:
    organisation = make_organisation()
    chief = make_representative(organisation)
    line = Affiliation.objects.active().get(account=chief)
    assert acting_for(account=chief, organisation=organisation) == {
        "organisation": organisation.pk,
        "affiliation": line.pk,
        "function": "Adjointe",
        "mandate": "",
    }
    assert acting_for(account=organiser, organisation=organisation) == {"organisation": organisation.pk}
    assert acting_for(account=None, organisation=None) == {}
