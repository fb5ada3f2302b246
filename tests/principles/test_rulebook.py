from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from coalition.core.access import Refused, WrongState
from coalition.notifications.models import Event
from principles.actions import (
    PhaseClosed,
    PhasesOutOfOrder,
    UnknownRule,
    accept_amendment,
    announce_phases,
    draft_amendment,
    open_amendment,
    set_decision_rule,
    set_phases,
    take_position,
)
from principles.enums import Phase
from principles.models import Charter
from tests.principles.conftest import MOTIVE, NOW, World

DAY = timedelta(days=1)
RULE: dict[str, Any] = {
    "decision_rule": "majority", "voters": "members", "quorum_percent": 50, "decision_days": 7, "supporters_needed": 2,
}  # fmt: skip


def phases(world: World, first: int | None, second: int | None, third: int | None) -> Charter:
    """Phases that begin so many days from now."""
    names = ("amendments_from", "deliberation_from", "adopted_from")
    days = (first, second, third)
    dates = {name: NOW + n * DAY if n is not None else None for name, n in zip(names, days, strict=True)}
    return set_phases(actor=world.organiser, charter=world.charter, now=NOW, **dates)


def test_phases_open_and_close_by_their_dates_alone(world: World) -> None:
    charter = phases(world, 1, 2, 3)
    moments = [charter.phase(NOW + n * DAY) for n in range(5)]
    assert moments == [Phase.DRAFTING, Phase.AMENDMENTS, Phase.DELIBERATION, Phase.ADOPTED, Phase.ADOPTED]
    assert Charter().phase(NOW) == Phase.AMENDMENTS


def test_phases_follow_one_another(world: World) -> None:
    with pytest.raises(PhasesOutOfOrder) as refusal:
        phases(world, 2, 1, None)
    assert refusal.value.field == "deliberation_from"
    with pytest.raises(PhasesOutOfOrder):
        phases(world, 2, None, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Charter.objects.update(amendments_from=NOW, adopted_from=NOW)


def test_a_draft_waits_for_the_time_of_amendments_and_comes_too_late_after_it(world: World) -> None:
    draft = world.draft()
    for dates in ((1, None, None), (None, 0, None), (None, None, 0)):
        phases(world, *dates)
        with pytest.raises(PhaseClosed):
            open_amendment(actor=world.member, amendment=draft, now=NOW)
    with pytest.raises(PhaseClosed):
        world.draft()
    phases(world, None, 1, None)
    assert open_amendment(actor=world.member, amendment=draft, now=NOW).state == "open"


def test_in_deliberation_positions_and_decisions_go_on_and_a_settled_charter_takes_none(world: World) -> None:
    first, second = world.opened(), world.opened("guichet")
    phases(world, None, 0, 1)
    said = {"actor": world.member, "organisation": world.city, "choice": "agree"}
    take_position(amendment=first, now=NOW, **said)
    decided = {"actor": world.organiser, "motive": MOTIVE, "departs": True}
    assert accept_amendment(amendment=first, now=NOW, **decided).version.number == 2
    with pytest.raises(WrongState):
        take_position(amendment=second, now=NOW + DAY, **said)
    with pytest.raises(WrongState):
        accept_amendment(amendment=second, now=NOW + DAY, **decided)


def test_each_phase_is_told_once_when_it_begins(world: World) -> None:
    charter = phases(world, 1, 2, 3)
    assert announce_phases(now=NOW) == 0
    assert announce_phases(now=NOW + DAY) == 1
    assert announce_phases(now=NOW + DAY * 1.5) == 0
    assert announce_phases(now=NOW + DAY * 2) == 1
    told = Event.objects.filter(kind="charter.phase", object_id=str(charter.pk)).order_by("pk")
    assert [event.payload["phase"] for event in told] == ["amendments", "deliberation"]


def test_organisers_declare_the_rule(world: World) -> None:
    charter = set_decision_rule(actor=world.organiser, charter=world.charter, now=NOW, **RULE)
    assert {name: getattr(charter, name) for name in RULE} == RULE
    with pytest.raises(Refused):
        set_decision_rule(actor=world.member, charter=charter, now=NOW, **RULE)


@pytest.mark.parametrize(
    "wrong", [{"decision_rule": "whim"}, {"voters": "all"}, {"quorum_percent": 101}, {"decision_days": -1}]
)
def test_a_rule_that_cannot_be_is_refused(world: World, wrong: dict[str, Any]) -> None:
    with pytest.raises(UnknownRule):
        set_decision_rule(actor=world.organiser, charter=world.charter, now=NOW, **{**RULE, **wrong})


def test_an_article_is_neither_added_at_a_place_that_is_none_nor_moved_where_it_stands(world: World) -> None:
    said = {"actor": world.member, "charter": world.charter, "organisation": world.city, "title": "T", "motive": MOTIVE}
    for wrong in ({"after_key": "nulle-part"}, {"after_key": "guichet"}, {"after_key": "donnees"}):
        with pytest.raises(Exception, match="place"):
            draft_amendment(kind="move", article_key="donnees", now=NOW, **said, **wrong)
