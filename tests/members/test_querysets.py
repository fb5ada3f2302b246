"""Reading: who finds what."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from members.actions import end_affiliation, request_organisation
from members.enums import Kind, Role
from members.models import Affiliation, Coalition, Cosponsorship, Organisation, User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def test_organisers_are_the_group_and_the_superusers_once_each_and_active(
    make_account: Make, make_organiser: Make
) -> None:
    member, chief = make_organiser(), make_organiser(is_superuser=True)
    make_organiser(is_active=False)
    make_account()
    assert set(User.objects.organisers()) == {member, chief}
    assert User.objects.organisers().count() == 2


def test_visible_means_confirmed_or_one_s_own(make_account: Make, make_organisation: Make, organiser: User) -> None:
    public, owner = make_organisation(), make_account()
    pending = request_organisation(actor=owner, name="Attente", country="SN", kind=Kind.NGO, now=NOW)
    assert list(Organisation.objects.pending()) == [pending]
    for account, seen in (
        (AnonymousUser(), {public}),
        (make_account(), {public}),
        (fresh(owner), {public, pending}),
        (organiser, {public, pending}),
    ):
        assert set(Organisation.objects.visible_to(account)) == seen


def test_an_ended_mandate_opens_nothing(make_organisation: Make, make_representative: Make, organiser: User) -> None:
    organisation = make_organisation()
    chief = make_representative(organisation)
    line = Affiliation.objects.get(account=chief)
    assert list(Organisation.objects.of_account(chief, Role.REPRESENTATIVE)) == [organisation]
    assert not Organisation.objects.of_account(chief, Role.MEMBER)
    end_affiliation(affiliation=line, actor=organiser, now=NOW)
    assert not Organisation.objects.of_account(chief)
    assert not Organisation.objects.of_account(AnonymousUser())
    day = NOW.date()
    assert not Affiliation.objects.active(day)
    Affiliation.objects.update(started_on=date(2026, 1, 1))
    assert list(Affiliation.objects.active(day - timedelta(days=1)).representatives()) == [line]


def test_acts_are_public_once_official(
    make_organisation: Make, make_representative: Make, sign: Make, organiser: User
) -> None:
    organisation = make_organisation()
    chief = make_representative(organisation)
    act = sign(chief, organisation)
    for account, seen in ((AnonymousUser(), []), (fresh(chief), [act]), (organiser, [act])):
        assert list(Cosponsorship.objects.visible_to(account)) == seen
    Cosponsorship.objects.update(state="submitted", confirmed_at=NOW)
    assert list(Cosponsorship.objects.submitted()) == [act]
    Cosponsorship.objects.update(state="official", decided_at=NOW)
    assert list(Cosponsorship.objects.visible_to(AnonymousUser())) == [act]
    assert list(Cosponsorship.objects.live()) == [act]


def test_coalitions_that_look_for_cosponsors_come_by_number(coalition: Coalition) -> None:
    Coalition.objects.create(number=2, slug="b", needs_cosponsors=False, opened_on=date(2026, 1, 1))
    assert list(Coalition.objects.looking_for_cosponsors()) == [coalition]


def test_every_word_must_be_found(make_organisation: Make) -> None:
    city = make_organisation(name="Ville de Saint-Étienne", country="FR")
    assert Organisation.objects.matching("étienne VILLE").get() == city
    assert not Organisation.objects.matching("etienne metropole")
