from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from coalition.core.access import Refused, WrongState
from coalition.core.models import AuditLine
from members.actions import merge_organisations
from members.models import Organisation, User
from principles.actions import (
    DepartureUnsaid,
    MotiveMissing,
    NothingChanged,
    NoVoice,
    accept_amendment,
    refuse_amendment,
    revise_amendment,
    set_decision_rule,
    standing_now,
    take_position,
)
from principles.models import Amendment, Charter, MinorityOpinion, Position, PositionEntry
from tests.principles.conftest import MOTIVE, NOW, World, make_account, make_organisation, make_speaker

WHY = "Trois trajets suffisent pour retrouver un foyer."


def say(amendment: Amendment, choice: str, **fields: Any) -> Organisation:
    """A new organisation says `choice`."""
    organisation = fields.pop("organisation", None) or make_organisation()
    actor = fields.pop("actor", None) or make_speaker(organisation)
    reason = WHY if choice in ("objection", "reservation") else ""
    answers = {"reason": reason, "now": NOW, **fields}
    take_position(actor=actor, amendment=amendment, organisation=organisation, choice=choice, **answers)
    return organisation


def rule(world: World, **choices: Any) -> Charter:
    said = {"decision_rule": "consent", "voters": "members", "quorum_percent": 0, "decision_days": 0}
    answers = {**said, "supporters_needed": 0, **choices}
    return set_decision_rule(actor=world.organiser, charter=world.charter, now=NOW, **answers)


def test_an_organisation_has_one_voice_and_its_history_stays(world: World) -> None:
    amendment, city = world.opened(), make_organisation()
    speaker = make_speaker(city)
    say(amendment, "agree", organisation=city, actor=speaker)
    say(amendment, "objection", organisation=city, actor=make_speaker(city, "Kofi", role="representative"))
    assert Position.objects.get().choice == "objection"
    assert [one.choice for one in PositionEntry.objects.all()] == ["objection", "agree"]
    line = AuditLine.objects.filter(action="amendment.position", actor=speaker).get()
    assert line.data["organisation"] == city.pk and line.data["affiliation"]


@pytest.mark.parametrize("choice", ["objection", "reservation"])
def test_an_objection_or_a_reservation_says_why(world: World, choice: str) -> None:
    amendment = world.opened()
    with pytest.raises(MotiveMissing) as refusal:
        say(amendment, choice, reason="non")
    assert refusal.value.field == "reason"
    with pytest.raises(NothingChanged):
        say(amendment, "perhaps")
    assert not PositionEntry.objects.exists()


def test_nobody_speaks_for_an_organisation_that_is_not_theirs(world: World) -> None:
    amendment = world.opened()
    for actor in (make_account("Rose"), make_speaker(world.city, role="editor"), make_speaker(make_organisation())):
        with pytest.raises(Refused):
            say(amendment, "agree", organisation=world.city, actor=actor)


def test_positions_close_with_the_decision_and_after_the_days_the_charter_gives(world: World) -> None:
    rule(world, decision_days=7)
    amendment = world.opened()
    say(amendment, "agree", now=NOW + timedelta(days=6))
    with pytest.raises(WrongState):
        say(amendment, "agree", now=NOW + timedelta(days=7))
    later = NOW + timedelta(days=8)
    accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=later)
    with pytest.raises(WrongState):
        say(amendment, "agree", now=later)


def test_under_a_rule_for_co_sponsors_others_have_no_voice(world: World) -> None:
    rule(world, voters="cosponsors")
    with pytest.raises(NoVoice):
        say(world.opened(), "agree")


def test_the_database_keeps_one_voice_and_never_rewrites_the_history(world: World) -> None:
    amendment = world.opened()
    city = say(amendment, "agree")
    entry = PositionEntry.objects.get()
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        PositionEntry.objects.filter(pk=entry.pk).update(choice="objection")
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        entry.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Position.objects.create(
            amendment=amendment, organisation=city, choice="agree", wording=1, given_by=world.member, given_at=NOW
        )


def test_a_decision_against_the_rule_must_say_so_and_shows_it(world: World) -> None:
    amendment = world.opened()
    say(amendment, "objection")
    with pytest.raises(DepartureUnsaid):
        accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW)
    assert Amendment.objects.get(pk=amendment.pk).state == "open"
    said = {"actor": world.organiser, "amendment": amendment, "motive": MOTIVE, "now": NOW, "departs": True}
    decision = accept_amendment(**said)
    assert decision.departs and decision.standing["objection"] == 1 and decision.standing["result"] == "unmet"


def test_a_refusal_the_rule_gives_departs_from_nothing(world: World) -> None:
    amendment = world.opened()
    say(amendment, "objection")
    refused = refuse_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW, departs=True)
    assert not refused.departs


def test_the_minority_opinion_stays_as_it_was_that_day(world: World) -> None:
    amendment = world.opened()
    say(amendment, "agree")
    city = say(amendment, "reservation")
    accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW)
    Organisation.objects.filter(pk=city.pk).update(name="Autre nom")
    opinion = MinorityOpinion.objects.get()
    assert (opinion.organisation_name, opinion.choice, opinion.reason) == (city.name, "reservation", WHY)
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        MinorityOpinion.objects.update(reason="Plus rien.")


def test_a_position_taken_before_a_revision_counts_and_is_marked(world: World) -> None:
    amendment = world.opened()
    say(amendment, "objection")
    revised = revise_amendment(
        actor=world.member, amendment=amendment, text_fr="X.", text_en="X.", note="Autre.", seen_wording=1, now=NOW
    )
    standing = standing_now(amendment=revised, now=NOW)
    assert (standing.objection, standing.unconfirmed) == (1, 1)


def test_when_two_organisations_become_one_the_later_position_is_its_voice(world: World) -> None:
    both, alone = world.opened(), world.opened("guichet")
    kept = say(both, "agree")
    gone = say(both, "objection", now=NOW + timedelta(hours=1))
    say(alone, "reservation", organisation=gone, actor=make_speaker(gone, "Zoé"))
    merge_organisations(actor=world.organiser, kept=kept, gone=gone, taken=(), now=NOW)
    assert Position.objects.get(amendment=both).choice == "objection"
    assert set(Position.objects.values_list("organisation", flat=True)) == {kept.pk}
    assert PositionEntry.objects.filter(organisation=kept).count() == 3


def _say_alone(amendment_id: int, organisation_id: int, account_id: int, choice: str) -> str:
    try:
        take_position(
            actor=User.objects.get(pk=account_id),
            amendment=Amendment.objects.get(pk=amendment_id),
            organisation=Organisation.objects.get(pk=organisation_id),
            choice=choice,
            now=NOW,
        )
    finally:
        connections.close_all()
    return "said"


def test_of_ten_positions_of_one_organisation_at_once_one_is_its_voice_and_all_are_in_its_history(
    committed: World,
) -> None:
    amendment, city = committed.opened(), make_organisation()
    speaker = make_speaker(city)
    choices = ["agree", "abstain"] * 5
    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(lambda one: _say_alone(amendment.pk, city.pk, speaker.pk, one), choices))
    assert told == ["said"] * 10
    assert Position.objects.filter(amendment=amendment).count() == 1
    last = PositionEntry.objects.filter(amendment=amendment).first()
    assert PositionEntry.objects.filter(amendment=amendment).count() == 10
    assert last is not None and Position.objects.get(amendment=amendment).choice == last.choice
