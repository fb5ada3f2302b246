from datetime import timedelta

import pytest

from coalition.core.access import Hidden, LoginNeeded
from coalition.notifications.models import Notice, Preferences
from coalition.notifications.reading import begin_visit, mark_all_read, mark_notice, unread_count
from members.models import User
from tests.notifications.board import Board, make_reader
from tests.notifications.posted import post
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db


def notice_of(account: User) -> Notice:
    return Notice.objects.filter(account=account).latest("pk")


def test_what_is_read_is_counted_no_more_until_it_is_unread_again(posted: Board) -> None:
    awa = make_reader()
    post("a", awa)
    post("b", awa)
    assert unread_count(awa) == 2
    mark_notice(actor=awa, notice=notice_of(awa), read=True, now=NOW)
    mark_notice(actor=awa, notice=notice_of(awa), read=True, now=NOW + timedelta(days=1))
    assert unread_count(awa) == 1
    assert notice_of(awa).read_at == NOW
    mark_notice(actor=awa, notice=notice_of(awa), read=False, now=NOW)
    assert unread_count(awa) == 2


def test_the_news_of_somebody_else_do_not_exist(posted: Board) -> None:
    awa = make_reader()
    post("a", awa)
    for notice in (notice_of(awa), None):
        with pytest.raises(Hidden):
            mark_notice(actor=make_reader(f"B{bool(notice)}"), notice=notice, read=True, now=NOW)
    with pytest.raises(LoginNeeded):
        mark_notice(actor=None, notice=None, read=True, now=NOW)
    assert unread_count(awa) == 1


def test_what_arrives_after_the_page_was_shown_stays_unread(posted: Board) -> None:
    awa, bintou = make_reader(), make_reader("Bintou")
    post("a", awa, bintou)
    shown = notice_of(awa)
    post("b", awa)
    assert mark_all_read(actor=awa, up_to=shown.pk, now=NOW) == 1
    assert unread_count(awa) == 1
    assert unread_count(bintou) == 1


def test_a_visit_begins_at_the_log_in_and_remembers_the_one_before(posted: Board) -> None:
    awa = make_reader()
    begin_visit(account=awa, now=NOW)
    assert not Preferences.objects.exists()
    post("a", awa)
    first = notice_of(awa).pk
    begin_visit(account=awa, now=NOW)
    post("b", awa)
    begin_visit(account=awa, now=NOW + timedelta(days=2))
    assert Preferences.objects.get(account=awa).seen_up_to == first
