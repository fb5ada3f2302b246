"""The rows `charter` and `amendment` of the matrix, asked of the rules."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from coalition.core.access import can
from members.enums import OrganisationState, Role
from members.models import User
from principles.actions import accept_amendment, refuse_amendment
from principles.models import Amendment
from tests.principles.conftest import MOTIVE, NOW, World, make_account, make_organisation, make_organiser, make_speaker

ROLES = (
    "anon", "unverified", "registered", "member_own", "member_other", "rep_own", "rep_other", "cityed_own",
    "cityed_other", "organiser", "superuser",
)  # fmt: skip


def cast(world: World) -> dict[str, Any]:
    """One account for each role; member_own is the author, rep_own represents the author's organisation."""
    other = make_organisation()
    boss = make_organiser("Chef")
    boss.groups.clear()
    User.objects.filter(pk=boss.pk).update(is_superuser=True)
    return {
        "anon": AnonymousUser(),
        "unverified": make_account("Ulysse", verified=False),
        "registered": make_account("Rose"),
        "member_own": world.member,
        "member_other": make_speaker(other),
        "rep_own": make_speaker(world.city, role=Role.REPRESENTATIVE),
        "rep_other": make_speaker(other, role=Role.REPRESENTATIVE),
        "cityed_own": make_speaker(world.city, role=Role.EDITOR),
        "cityed_other": make_speaker(other, role=Role.EDITOR),
        "organiser": world.organiser,
        "superuser": User.objects.get(pk=boss.pk),
    }


def verdicts(world: World, action: str, obj: Any) -> str:
    return "".join(can(account, action, obj).value for account in cast(world).values())


def amendment_in(world: World, state: str) -> Amendment:
    if state == "draft":
        return world.draft()
    opened = world.opened()
    if state == "accepted":
        accept_amendment(actor=world.organiser, amendment=opened, motive=MOTIVE, now=NOW)
    if state == "refused":
        refuse_amendment(actor=world.organiser, amendment=opened, motive=MOTIVE, now=NOW)
    return Amendment.objects.whole().get(pk=opened.pk)


@pytest.mark.parametrize(
    ("state", "action", "expected"),
    [
        ("open", "amendment.view", "AAAAAAAAAAA"),
        ("accepted", "amendment.view", "AAAAAAAAAAA"),
        ("draft", "amendment.view", "HHHAHHHHHHH"),
        ("draft", "amendment.edit", "HHHAHHHHHHH"),
        ("draft", "amendment.open", "HHHAHHHHHHH"),
        ("draft", "amendment.accept", "HHHFHHHHHHH"),
        ("draft", "amendment.withdraw", "HHHVHHHHHHH"),
        ("open", "amendment.edit", "LFFFFFFFFFF"),
        ("open", "amendment.withdraw", "LFFAFAFFFFF"),
        ("open", "amendment.accept", "LFFFFFFFFAA"),
        ("open", "amendment.refuse", "LFFFFFFFFAA"),
        ("accepted", "amendment.accept", "LFFFFFFFFVV"),
        ("accepted", "amendment.refuse", "LFFFFFFFFVV"),
        ("refused", "amendment.accept", "LFFFFFFFFVV"),
        ("refused", "amendment.refuse", "LFFFFFFFFVV"),
        ("refused", "amendment.withdraw", "LFFVFVFFFFF"),
    ],
)
def test_each_role_gets_the_verdict_of_the_matrix(world: World, state: str, action: str, expected: str) -> None:
    assert verdicts(world, action, amendment_in(world, state)) == expected


def test_members_representatives_and_organisers_propose_and_a_city_editor_alone_does_not(world: World) -> None:
    assert verdicts(world, "amendment.create", None) == "LFFAAAAFFAA"


def test_nobody_proposes_in_the_name_of_an_organisation_they_do_not_belong_to(world: World) -> None:
    assert verdicts(world, "amendment.create", world.city) == "LFFAFAFFFFF"


def test_an_organisation_that_is_not_confirmed_proposes_nothing(world: World) -> None:
    pending = make_organisation(state=OrganisationState.PENDING)
    newcomer = make_speaker(pending, role=Role.REPRESENTATIVE)
    assert not can(newcomer, "amendment.create", pending)
    assert not can(newcomer, "amendment.create")


def test_an_organiser_never_decides_on_their_own_amendment(world: World) -> None:
    own = world.opened(actor=world.organiser, organisation=None)
    second = make_organiser("Moussa")
    for verb in ("accept", "refuse"):
        assert can(world.organiser, f"amendment.{verb}", own).value == "F"
        assert can(second, f"amendment.{verb}", own).value == "A"


def test_an_amendment_to_an_article_changed_since_can_be_refused_but_no_longer_accepted(world: World) -> None:
    first, second = world.opened(), world.opened(text_fr="Autre texte.", text_en="Another text.")
    accept_amendment(actor=world.organiser, amendment=first, motive=MOTIVE, now=NOW)
    late = Amendment.objects.whole().get(pk=second.pk)
    assert verdicts(world, "amendment.accept", late) == "LFFFFFFFFVV"
    assert can(world.organiser, "amendment.refuse", late)


def test_acceptance_gives_its_author_no_right_on_the_charter(world: World) -> None:
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    author = User.objects.get(pk=world.member.pk)
    assert can(author, "charter.publish", world.charter).value == "F"


def test_everybody_reads_the_charter_and_only_organisers_publish_it(world: World) -> None:
    assert verdicts(world, "charter.view", world.first) == "A" * len(ROLES)
    assert verdicts(world, "charter.publish", world.charter) == "LFFFFFFFFAA"


def test_a_member_whose_mandate_ended_can_still_read_the_draft_but_not_propose_it(world: World) -> None:
    draft = world.draft()
    world.member.affiliations.update(ended_on=NOW.date())
    former = User.objects.get(pk=world.member.pk)
    assert can(former, "amendment.view", draft)
    assert can(former, "amendment.open", draft).value == "F"
