"""Who may follow, be told, and see what came in by mail."""

import pytest

from coalition.core.access import Verdict, can
from coalition.notifications.models import Notice
from coalition.notifications.rules import may_list_incoming_mail
from members.models import User
from tests.notifications.board import Board, make_reader, place
from tests.notifications.posted import post
from tests.principles.conftest import make_account, make_organiser

pytestmark = pytest.mark.django_db


def test_what_may_not_be_read_is_hidden_from_everybody_who_would_follow_it() -> None:
    assert can(make_reader(), "target.follow", None) is Verdict.HIDDEN
    assert can(None, "target.follow", None) is Verdict.HIDDEN


def test_following_asks_for_a_verified_address_and_leaving_for_an_account() -> None:
    unverified = User.objects.create_user("sans@preuve.example")
    assert can(None, "target.follow", place()) is Verdict.LOGIN
    assert can(unverified, "target.follow", place()) is Verdict.FORBIDDEN
    assert can(unverified, "target.unfollow") is Verdict.ALLOWED
    assert can(None, "preferences.edit") is Verdict.LOGIN


def test_the_news_of_an_account_are_for_itself_alone(posted: Board) -> None:
    awa, bintou = make_reader(), make_reader("Bintou")
    post("a", awa)
    notice = Notice.objects.get()
    assert can(awa, "notice.mark", notice) is Verdict.ALLOWED
    assert can(bintou, "notice.mark", notice) is Verdict.HIDDEN
    assert can(bintou, "notice.mark", None) is Verdict.HIDDEN
    assert can(None, "notice.mark", notice) is Verdict.LOGIN
    assert can(None, "notice.list") is Verdict.LOGIN


def test_organisers_see_the_list_and_for_others_it_does_not_exist() -> None:
    assert may_list_incoming_mail(make_organiser()) is Verdict.ALLOWED
    assert may_list_incoming_mail(make_account()) is Verdict.HIDDEN
    assert may_list_incoming_mail(None) is Verdict.HIDDEN


def test_the_mail_of_the_site_exists_for_organisers_alone() -> None:
    organiser, reader = make_organiser(), make_reader()
    for action in ("delivery.list", "delivery.retry", "address.stop"):
        assert can(organiser, action) is Verdict.ALLOWED
        assert can(reader, action) is can(None, action) is Verdict.HIDDEN
