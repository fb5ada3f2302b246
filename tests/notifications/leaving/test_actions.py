"""One click stops one kind of mail, and only that."""

import pytest

from coalition.notifications.enums import Category, Rhythm, StopReason
from coalition.notifications.heading.words import Leave, Way
from coalition.notifications.leaving.actions import stop_everything, stop_mails
from coalition.notifications.leaving.reading import categories_of, followed_by, leaver
from coalition.notifications.models import Follow, StoppedAddress
from coalition.notifications.preferences import rhythms_of
from tests.notifications.board import KIND, Board, make_reader
from tests.notifications.posted import mailed, post
from tests.notifications.test_routing import choose, follow
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db


def test_a_category_stays_on_the_site_and_is_mailed_no_more(posted: Board) -> None:
    awa = make_reader()
    leave = Leave(awa.pk, Way.CATEGORY, "discussion")
    assert mailed(post("a", awa)) == [awa.email]
    assert stop_mails(leave=leave, now=NOW)
    assert stop_mails(leave=leave, now=NOW)
    assert mailed(post("b", awa)) == []
    assert rhythms_of(awa)["discussion"] == Rhythm.APP
    assert rhythms_of(awa)["charter"] == Rhythm.NOW


def test_who_wanted_even_less_than_the_site_keeps_it_so() -> None:
    awa = make_reader()
    choose(awa, "charter", Rhythm.OFF)
    stop_mails(leave=Leave(awa.pk, Way.CATEGORY, "charter"), now=NOW)
    assert rhythms_of(awa)["charter"] == Rhythm.OFF


def test_a_mail_to_a_follower_ends_that_follow_alone(posted: Board) -> None:
    awa = make_reader()
    for key in ("1", "2"):
        follow(awa, key)
    leave = Leave(awa.pk, Way.FOLLOWED, str(post("a").pk))
    assert followed_by(leave) == [(KIND, "1")]
    assert stop_mails(leave=leave, now=NOW)
    assert list(Follow.objects.filter(account=awa).values_list("target_key", flat=True)) == ["2"]
    assert rhythms_of(awa)["following"] == Rhythm.DAILY


def test_when_the_thing_is_gone_what_is_followed_stays_on_the_site() -> None:
    awa = make_reader()
    assert stop_mails(leave=Leave(awa.pk, Way.FOLLOWED, "999999"), now=NOW)
    assert rhythms_of(awa)["following"] == Rhythm.APP


def test_a_digest_ends_for_every_category_told_at_its_rhythm() -> None:
    awa = make_reader()
    choose(awa, "charter", Rhythm.WEEKLY)
    leave = Leave(awa.pk, Way.DIGEST, "weekly")
    assert categories_of(leave, awa) == [Category.CHARTER]
    stop_mails(leave=leave, now=NOW)
    assert rhythms_of(awa)["charter"] == Rhythm.APP
    assert rhythms_of(awa)["following"] == Rhythm.DAILY
    assert categories_of(Leave(awa.pk, Way.CATEGORY, "nonsense"), awa) == []


def test_everything_stops_at_the_address_of_the_account() -> None:
    awa = make_reader()
    assert stop_everything(leave=Leave(awa.pk, Way.CATEGORY, "charter"), now=NOW)
    assert StoppedAddress.objects.get(address=awa.email).reason == StopReason.ASKED


def test_for_an_account_that_is_gone_there_is_nothing_to_stop() -> None:
    leave = Leave(999_999, Way.CATEGORY, "charter")
    assert leaver(leave) is None
    assert not stop_mails(leave=leave, now=NOW)
    assert not stop_everything(leave=leave, now=NOW)
