import pytest

from coalition.notifications.announcements.crowds import (
    Reach,
    accounts_for,
    followed_targets,
    reach_of,
    register_crowd,
)
from coalition.notifications.enums import Category, Rhythm
from coalition.notifications.models import Announcement, Choice
from members.models import User
from tests.notifications.announcements.letter import follow_board, make_organiser
from tests.notifications.board import KIND, Board, make_reader
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db


def _to_followers() -> Announcement:
    return Announcement(audience="followers", target_kind=KIND, target_key="1", written_at=NOW)


def test_it_is_for_live_accounts_that_follow_and_have_not_silenced_the_thing(board: Board) -> None:
    awa, bintou, chloe = make_reader(), make_reader("Bintou"), make_reader("Chloe", is_active=False)
    follow_board([awa, chloe])
    follow_board([bintou], muted=True)
    assert list(accounts_for(_to_followers())) == [awa]


def test_representatives_are_those_of_confirmed_organisations_only() -> None:
    assert list(accounts_for(Announcement(audience="representatives", written_at=NOW))) == []


def test_the_reach_is_counted_by_what_people_chose(board: Board) -> None:
    people = [make_reader(name) for name in ("Awa", "Bintou", "Chloe", "Dede")]
    follow_board(people)
    for account, rhythm in zip(people, (Rhythm.WEEKLY, Rhythm.APP, Rhythm.OFF), strict=False):
        Choice.objects.create(account=account, category=Category.ANNOUNCEMENT, rhythm=rhythm)
    Choice.objects.create(account=people[3], category=Category.FOLLOWING, rhythm=Rhythm.OFF)
    assert reach_of(_to_followers()) == Reach(everybody=4, by_mail=1, in_digest=1, on_site=1, nowhere=1)


def test_the_form_offers_what_people_follow_and_one_may_read(board: Board) -> None:
    follow_board([make_reader(), make_reader("Bintou")])
    assert [(target.key, count) for target, count in followed_targets(make_organiser())] == [("1", 2)]
    board.hidden.add("1")
    assert followed_targets(make_organiser("Omar")) == []


def test_a_crowd_has_one_owner() -> None:
    with pytest.raises(ValueError, match="two crowds"):
        register_crowd("representatives", lambda: User.objects.none())
