from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from coalition.notifications.actions import fan_out_event
from coalition.notifications.announcements.actions import (
    approve_announcement,
    cancel_announcement,
    left_this_week,
    propose_announcement,
    rewrite_announcement,
    write_announcement,
)
from coalition.notifications.enums import Category, Rhythm
from coalition.notifications.models import Choice, Delivery, Event, Notice, Preferences
from tests.notifications.announcements.letter import follow_board, leave, letter, make_organiser, proposed
from tests.notifications.board import KIND, Board, make_reader
from tests.notifications.posted import mailed, many_readers, route_of
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db


def test_a_letter_leaves_to_those_who_follow_once_another_organiser_has_approved_it(board: Board) -> None:
    olga, omar, awa, bintou = make_organiser(), make_organiser("Omar"), make_reader(), make_reader("Bintou")
    follow_board([awa])
    follow_board([bintou], muted=True)
    event = leave(proposed(olga), omar)
    assert mailed(event) == ["awa@lecture.example"]
    assert route_of(event, bintou) == ""
    assert not Notice.objects.get().as_follower
    acts = list(AuditLine.objects.order_by("pk").values_list("action", flat=True))
    assert acts == ["announcement.write", "announcement.propose", "announcement.approve"]


def test_nobody_approves_what_they_wrote(board: Board) -> None:
    olga = make_organiser()
    follow_board([make_reader()])
    one = proposed(olga)
    with pytest.raises(Refused):
        approve_announcement(actor=olga, announcement=one, now=NOW)
    assert not Event.objects.exists()


def test_a_draft_cannot_be_approved_and_what_is_proposed_cannot_be_rewritten(board: Board) -> None:
    olga, omar = make_organiser(), make_organiser("Omar")
    follow_board([make_reader()])
    draft = write_announcement(actor=olga, letter=letter(), now=NOW)
    with pytest.raises(WrongState):
        approve_announcement(actor=omar, announcement=draft, now=NOW)
    rewrite_announcement(actor=olga, announcement=draft, letter=letter(subject_fr="Avril"), now=NOW)
    with pytest.raises(Refused):
        rewrite_announcement(actor=omar, announcement=draft, letter=letter(), now=NOW)
    propose_announcement(actor=olga, announcement=draft, now=NOW)
    assert draft.subject_fr == "Avril"
    with pytest.raises(WrongState):
        rewrite_announcement(actor=olga, announcement=draft, letter=letter(), now=NOW)


def test_it_leaves_once(board: Board) -> None:
    olga, omar = make_organiser(), make_organiser("Omar")
    follow_board([make_reader()])
    one = proposed(olga)
    event = leave(one, omar)
    with pytest.raises(WrongState):
        approve_announcement(actor=omar, announcement=one, now=NOW)
    assert fan_out_event(event_id=event.pk, now=NOW) == 0
    assert Delivery.objects.count() == 1


def test_what_was_given_up_does_not_leave(board: Board) -> None:
    olga, omar = make_organiser(), make_organiser("Omar")
    follow_board([make_reader()])
    one = proposed(olga)
    cancel_announcement(actor=omar, announcement=one, now=NOW)
    with pytest.raises(WrongState):
        approve_announcement(actor=omar, announcement=one, now=NOW)
    with pytest.raises(WrongState):
        cancel_announcement(actor=olga, announcement=one, now=NOW)


def test_the_quota_of_the_week_holds_and_opens_again(board: Board, settings: Settings) -> None:
    settings.ANNOUNCEMENTS_A_WEEK = 1
    olga, omar = make_organiser(), make_organiser("Omar")
    follow_board([make_reader()])
    leave(proposed(olga), omar)
    second = proposed(olga)
    with pytest.raises(DomainError):
        approve_announcement(actor=omar, announcement=second, now=NOW + timedelta(days=6))
    assert left_this_week(now=NOW + timedelta(days=6)) == 1
    leave(second, omar, NOW + timedelta(days=8))


def test_people_write_in_both_languages_about_something_they_may_read(board: Board) -> None:
    olga = make_organiser()
    for words, field in (({"text_en": " "}, "text_en"), ({"subject_fr": "a\u202eb"}, "subject_fr")):
        with pytest.raises(DomainError) as refusal:
            write_announcement(actor=olga, letter=letter(**words), now=NOW)
        assert refusal.value.field == field
    board.hidden.add("1")
    with pytest.raises(DomainError):
        write_announcement(actor=olga, letter=letter(), now=NOW)
    with pytest.raises(Hidden):
        write_announcement(actor=make_reader(), letter=letter(), now=NOW)


def test_what_would_reach_nobody_is_not_proposed(board: Board) -> None:
    olga = make_organiser()
    draft = write_announcement(actor=olga, letter=letter(), now=NOW)
    with pytest.raises(DomainError):
        propose_announcement(actor=olga, announcement=draft, now=NOW)


def test_each_hears_of_it_as_they_chose(board: Board) -> None:
    people = [make_reader(name) for name in ("Awa", "Bintou", "Chloe", "Dede", "Emma", "Fatou")]
    awa, bintou, chloe, dede, emma, fatou = people
    follow_board(people)
    for account, rhythm in ((bintou, Rhythm.DAILY), (chloe, Rhythm.APP), (dede, Rhythm.OFF)):
        Choice.objects.create(account=account, category=Category.ANNOUNCEMENT, rhythm=rhythm)
    Choice.objects.create(account=awa, category=Category.FOLLOWING, rhythm=Rhythm.OFF)
    Preferences.objects.create(account=emma, paused_until=NOW.date() + timedelta(days=3))
    Preferences.objects.create(account=fatou, quiet_from=0, quiet_to=23)
    event = leave(proposed(make_organiser()), make_organiser("Omar"))
    assert [route_of(event, one) for one in people] == ["now", "daily", "app", "muted", "daily", "now"]
    assert mailed(event) == ["awa@lecture.example", "fatou@lecture.example"]
    assert Delivery.objects.get(account=fatou).not_before > NOW + timedelta(hours=2)


@pytest.mark.parametrize("count", [5, 400])
def test_telling_many_takes_as_few_queries_as_telling_five(board: Board, count: int) -> None:
    follow_board(many_readers(count))
    one = proposed(make_organiser())
    approve_announcement(actor=make_organiser("Omar"), announcement=one, now=NOW)
    event = Event.objects.get(kind="announcement.sent")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert fan_out_event(event_id=event.pk, now=NOW) == count
    assert len(seen) <= 10
    assert Notice.objects.filter(target_kind="announcement").count() == count
    assert one.target == (KIND, "1")
