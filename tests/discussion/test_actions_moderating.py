from datetime import timedelta

import pytest

from coalition.core.access import Hidden, LoginNeeded, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.discussion.actions import (
    AlreadyReported,
    UnreadableText,
    dismiss_reports,
    hide_comment,
    report_comment,
    restore_comment,
)
from coalition.discussion.models import Report
from coalition.notifications.models import Event
from tests.discussion.conftest import LATER, report, say
from tests.principles.conftest import World, make_account, make_speaker


def test_anybody_with_a_verified_address_reports_once(world: World) -> None:
    comment, reader = say(world), make_account()
    made = report_comment(actor=reader, comment=comment, reason="spam", detail="Déjà lu ailleurs.", now=LATER)
    assert (made.outcome, made.reason) == ("open", "spam")
    with pytest.raises(AlreadyReported):
        report_comment(actor=reader, comment=comment, reason="attack", now=LATER)
    assert Report.objects.count() == 1


def test_who_cannot_be_written_to_does_not_report(world: World) -> None:
    comment = say(world)
    with pytest.raises(LoginNeeded):
        report_comment(actor=None, comment=comment, reason="spam", now=LATER)
    with pytest.raises(Refused):
        report_comment(actor=make_account(verified=False), comment=comment, reason="spam", now=LATER)


def test_a_report_says_what_is_wrong(world: World) -> None:
    with pytest.raises(DomainError) as refusal:
        report_comment(actor=world.member, comment=say(world), reason="whatever", now=LATER)
    assert refusal.value.field == "reason"


def test_the_organisers_are_told_once_while_reports_wait(world: World) -> None:
    comment = say(world)
    report(world, comment, "Un")
    report(world, comment, "Deux")
    assert Event.objects.filter(kind="comment.reported").count() == 1
    dismiss_reports(actor=world.organiser, comment=comment, motive="C’est une opinion.", now=LATER)
    report(world, comment, "Trois")
    assert Event.objects.filter(kind="comment.reported").count() == 2


def test_hiding_says_why_and_settles_the_reports(world: World) -> None:
    comment = say(world)
    reported = report(world, comment)
    hidden = hide_comment(actor=world.organiser, comment=comment, reason="Attaque une personne.", now=LATER)
    reported.refresh_from_db()
    assert (hidden.state, hidden.hidden_reason, hidden.body) == ("hidden", "Attaque une personne.", "Et chez vous ?")
    assert (reported.outcome, reported.motive, reported.settled_by) == (
        "hidden",
        "Attaque une personne.",
        world.organiser,
    )
    assert Event.objects.filter(kind="comment.hidden", object_id=str(comment.pk)).count() == 1


def test_hiding_needs_a_reason_and_an_organiser_and_a_visible_comment(world: World) -> None:
    comment = say(world)
    with pytest.raises(UnreadableText):
        hide_comment(actor=world.organiser, comment=comment, reason=" … ", now=LATER)
    with pytest.raises(Refused):
        hide_comment(actor=world.member, comment=comment, reason="Je n’aime pas.", now=LATER)
    hide_comment(actor=world.organiser, comment=comment, reason="Hors du sujet.", now=LATER)
    with pytest.raises(WrongState):
        hide_comment(actor=world.organiser, comment=comment, reason="Hors du sujet.", now=LATER)


def test_two_organisers_hide_at_once_and_one_is_told_so(world: World) -> None:
    comment = say(world)
    seen_by_the_other = type(comment).objects.get(pk=comment.pk)
    hide_comment(actor=world.organiser, comment=comment, reason="Hors du sujet.", now=LATER)
    with pytest.raises(WrongState):
        hide_comment(actor=world.organiser, comment=seen_by_the_other, reason="Une attaque.", now=LATER)


def test_a_hidden_comment_is_shown_again(world: World) -> None:
    comment = hide_comment(actor=world.organiser, comment=say(world), reason="Hors du sujet.", now=LATER)
    with pytest.raises(Refused):
        restore_comment(actor=world.member, comment=comment, now=LATER)
    with pytest.raises(Hidden):
        restore_comment(actor=make_speaker(world.city, "Moussa"), comment=comment, now=LATER)
    shown = restore_comment(actor=world.organiser, comment=comment, now=LATER)
    assert (shown.state, shown.hidden_reason, shown.ended_at) == ("visible", "", None)
    with pytest.raises(WrongState):
        restore_comment(actor=world.organiser, comment=shown, now=LATER)


def test_leaving_a_comment_visible_settles_every_report_with_a_motive(world: World) -> None:
    comment = say(world)
    report(world, comment, "Un")
    report(world, comment, "Deux")
    assert dismiss_reports(actor=world.organiser, comment=comment, motive="C’est une opinion.", now=LATER) == 2
    assert {row.outcome for row in Report.objects.all()} == {"kept"}
    with pytest.raises(WrongState):
        dismiss_reports(actor=world.organiser, comment=comment, motive="Encore une fois.", now=LATER)


def test_a_second_hiding_is_told_again(world: World) -> None:
    comment = say(world)
    for minutes in (1, 2):
        at = LATER + timedelta(minutes=minutes)
        comment = hide_comment(actor=world.organiser, comment=comment, reason="Hors du sujet.", now=at)
        comment = restore_comment(actor=world.organiser, comment=comment, now=at)
    assert Event.objects.filter(kind="comment.hidden").count() == 2
