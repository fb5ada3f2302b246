"""The page behind the link that stops a kind of mail."""

import pytest
from django.test import Client
from django.urls import reverse

from coalition.notifications.enums import Rhythm
from coalition.notifications.heading.words import Leave, Way, sign_leave
from coalition.notifications.models import Follow, StoppedAddress
from coalition.notifications.preferences import rhythms_of
from tests.notifications.board import Board, make_reader
from tests.notifications.posted import post
from tests.notifications.test_routing import follow

pytestmark = pytest.mark.django_db


def address(leave: Leave) -> str:
    return reverse("mail_leave", args=[sign_leave(leave)])


def strict() -> Client:
    """A browser or a mail program without any cookie, whose forms are looked at as in production."""
    return Client(enforce_csrf_checks=True)


def test_opening_the_link_changes_nothing_and_says_what_would_stop() -> None:
    awa = make_reader()
    leave = Leave(awa.pk, Way.CATEGORY, "charter")
    page = strict().get(address(leave)).content.decode()
    assert "La charte et les amendements" in page
    assert "noindex" in page
    assert rhythms_of(awa)["charter"] == Rhythm.NOW


def test_a_mail_program_stops_it_with_one_post_and_no_cookie() -> None:
    awa = make_reader()
    leave = Leave(awa.pk, Way.CATEGORY, "charter")
    for _again in range(2):
        assert strict().post(address(leave), {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert rhythms_of(awa)["charter"] == Rhythm.APP


def test_the_page_names_what_is_followed_as_far_as_it_may_be_read(posted: Board) -> None:
    awa = make_reader()
    follow(awa)
    leave = Leave(awa.pk, Way.FOLLOWED, str(post("a").pk))
    assert "Le panneau 1" in strict().get(address(leave)).content.decode()
    posted.hidden.add("1")
    hidden = strict().get(address(leave)).content.decode()
    assert "Le panneau 1" not in hidden
    assert "Vous ne suivrez plus" in hidden
    assert strict().post(address(leave), {"act": "these"}).status_code == 200
    assert not Follow.objects.exists()


def test_everything_can_stop_from_the_same_page() -> None:
    awa = make_reader()
    leave = Leave(awa.pk, Way.CATEGORY, "charter")
    page = strict().post(address(leave), {"act": "all"}).content.decode()
    assert "sécurité de votre compte" in page
    assert StoppedAddress.objects.filter(address=awa.email).exists()


def test_a_word_of_somebody_else_is_no_page_and_an_empty_post_no_act() -> None:
    assert strict().get(reverse("mail_leave", args=["forged"])).status_code == 404
    assert strict().post(address(Leave(1, Way.CATEGORY, "charter"))).status_code == 400
    gone = strict().get(address(Leave(999_999, Way.CATEGORY, "charter")))
    assert "Ce compte n’existe plus" in gone.content.decode()
