"""The verdicts of the members' rules, row by row of the matrix's words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from coalition.core.access import Verdict, can
from members.actions import request_organisation
from members.enums import Kind, Role
from members.models import Cosponsorship
from members.rules import is_editor_of, is_member_of, is_representative_of, role_in
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def verdicts(action: str, obj: Any, *accounts: Any) -> str:
    """One letter an account: A, L, F, H or V."""
    return "".join(can(account, action, obj).value for account in accounts)


@pytest.fixture
def people(make_account: Make, make_organiser: Make) -> list[Any]:
    """Nobody, an unverified account, a registered one, an organiser without second factor, an organiser."""
    return [
        AnonymousUser(),
        make_account(verified=False),
        make_account(),
        make_organiser(second_factor=False),
        make_organiser(),
    ]


def test_a_confirmed_organisation(people: list[Any], make_organisation: Make, make_representative: Make) -> None:
    organisation = make_organisation()
    own = [make_representative(organisation, role=role) for role in Role.values]
    assert verdicts("organisation.view", organisation, *people, *own) == "AAAAAAAA"
    assert verdicts("organisation.edit", organisation, *people, *own) == "LFFFAFFA"
    assert verdicts("organisation.view_members", organisation, *people, *own) == "LFFFAFFA"
    assert verdicts("cosponsorship.sign", organisation, *people, *own) == "LFFFFFFA"
    assert verdicts("organisation.decide", organisation, *people) == "LFFFV"


def test_a_pending_organisation(people: list[Any], make_account: Make) -> None:
    owner = make_account()
    pending = request_organisation(actor=owner, name="Attente", country="SN", kind=Kind.NGO, now=NOW)
    owner = fresh(owner)
    assert verdicts("organisation.view", pending, *people, owner) == "HHHHAA"
    assert verdicts("organisation.decide", pending, *people, owner) == "HHHHAF"
    assert verdicts("organisation.request", None, *people, owner) == "LFAAAA"
    assert verdicts("cosponsorship.sign", pending, owner) == "F"


def test_an_act_in_its_states(
    people: list[Any], make_organisation: Make, make_representative: Make, sign: Make
) -> None:
    organisation = make_organisation()
    chief, member = make_representative(organisation), make_representative(organisation, role=Role.MEMBER)
    act = sign(chief, organisation)
    act.state = "submitted"
    assert verdicts("cosponsorship.view", act, *people, member, chief) == "HHHHAAA"
    assert verdicts("cosponsorship.decide", act, *people, member, chief) == "HHHHAFF"
    act.state = "official"
    assert verdicts("cosponsorship.view", act, *people, member, chief) == "AAAAAAA"
    assert verdicts("cosponsorship.withdraw", act, *people, member, chief) == "LFFFAFA"
    assert verdicts("cosponsorship.view_signatory", act, *people, member, chief) == "LFFFAFA"
    act.state = "withdrawn"
    assert verdicts("cosponsorship.withdraw", act, people[-1], chief) == "VV"
    assert Cosponsorship.objects.get().state == "awaiting"


def test_the_admin_and_the_log_are_for_organisers_with_a_second_factor(people: list[Any]) -> None:
    assert verdicts("admin.enter", None, *people) == "LFFFA"
    assert verdicts("audit.read", None, *people) == "HHHHA"
    assert verdicts("desk.open", None, *people) == "HHHHA"
    assert verdicts("account.own", None, *people) == "LAAAA"
    assert can(people[-1], "members.unknown") is Verdict.FORBIDDEN


def test_each_role_includes_the_one_before(make_organisation: Make, make_representative: Make) -> None:
    organisation = make_organisation()
    found = []
    for role in Role.values:
        account = make_representative(organisation, role=role)
        asked = (is_member_of, is_editor_of, is_representative_of)
        found.append([role_in(account, organisation), *(ask(account, organisation) for ask in asked)])
    assert found == [
        ["member", True, False, False],
        ["editor", True, True, False],
        ["representative", True, True, True],
    ]
