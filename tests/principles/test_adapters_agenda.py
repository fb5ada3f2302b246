"""What is due because of the charter."""

from datetime import timedelta
from typing import Any

import pytest

from members.rules import speaking_organisations
from principles.actions import take_position
from principles.adapters.agenda import personal_deadlines, public_deadlines
from principles.models import Amendment, Charter, CoAuthor
from tests.access.conftest import on_paper, world
from tests.world import NOW, World

__all__ = ["on_paper", "world"]


@pytest.fixture(autouse=True)
def dates(on_paper: World) -> None:
    Charter.objects.update(
        amendments_from=None, deliberation_from=NOW + timedelta(days=60), adopted_from=None, decision_days=400
    )


def _open() -> list[Amendment]:
    return list(Amendment.objects.public().filter(state="open", hidden_at=None))


def test_phases_that_have_a_date_and_open_amendments_are_due_in_public(on_paper: World) -> None:
    keys = {one.key: one for one in public_deadlines(NOW)}
    assert keys["charter.charte.deliberation"].when == NOW + timedelta(days=60)
    assert "charter.charte.adopted" not in keys
    assert {f"amendment.charte.{one.number}" for one in _open()} == {key for key in keys if key.startswith("amendment")}


def test_without_an_end_positions_are_not_due(on_paper: World) -> None:
    Charter.objects.update(decision_days=0)
    assert [one.key for one in public_deadlines(NOW)] == ["charter.charte.deliberation"]


def _positions(account: Any) -> set[str]:
    return {one.key for one in personal_deadlines(account, NOW) if one.key.startswith("position")}


def test_a_position_is_due_until_it_is_taken(on_paper: World) -> None:
    rep = on_paper.account("rep_own")
    wanted = {f"position.charte.{one.number}" for one in _open()}
    before = _positions(rep)
    assert before and before <= wanted
    amendment = next(one for one in _open() if f"position.charte.{one.number}" in before)
    for organisation in speaking_organisations(rep):
        assert f"position.charte.{amendment.number}" in _positions(rep)
        take_position(actor=rep, amendment=amendment, organisation=organisation, choice="agree", reason="", now=NOW)
    assert _positions(rep) == before - {f"position.charte.{amendment.number}"}
    Amendment.objects.filter(pk=amendment.pk).update(reworded=99)
    assert _positions(rep) == before
    assert not _positions(on_paper.account("registered"))


def test_an_invitation_is_due_before_writing_ends(on_paper: World) -> None:
    rep, draft = on_paper.account("rep_other"), on_paper.amendments["draft_member_own"]
    organisation = rep.affiliations.active()[0].organisation
    asked = {"invited_by": draft.author, "invited_at": NOW, "accepted_at": None, "declined_at": None, "account": None}
    one, _new = CoAuthor.objects.update_or_create(amendment=draft, organisation=organisation, defaults=asked)
    due = {line.key: line for line in personal_deadlines(rep, NOW)}[f"coauthor.{one.pk}"]
    assert due.when == NOW + timedelta(days=60)
    CoAuthor.objects.filter(pk=one.pk).update(declined_at=NOW)
    assert f"coauthor.{one.pk}" not in {line.key for line in personal_deadlines(rep, NOW)}


def test_the_number_of_queries_is_that_of_one_amendment(on_paper: World, django_assert_max_num_queries: Any) -> None:
    rep = on_paper.account("rep_own")
    opened = _open()
    Amendment.objects.filter(pk__in=[one.pk for one in opened[1:]]).update(
        hidden_at=None, opened_at=None, state="submitted"
    )
    with django_assert_max_num_queries(14) as few:
        one = [*public_deadlines(NOW), *personal_deadlines(rep, NOW)]
    Amendment.objects.filter(pk__in=[one.pk for one in opened]).update(opened_at=NOW, state="open")
    for number in range(200, 206):
        amendment = _open()[0]
        amendment.pk, amendment.number = None, number
        amendment.save(force_insert=True)
    with django_assert_max_num_queries(len(few)):
        assert len([*public_deadlines(NOW), *personal_deadlines(rep, NOW)]) > len(one)
