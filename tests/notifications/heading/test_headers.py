"""How mail programs thread our mails, and stop them."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import Group
from pytest_django import Settings

from coalition.notifications.actions import record_event
from coalition.notifications.enums import Rhythm
from coalition.notifications.heading.headers import leave_headers, leave_of, leave_url, thread_headers
from coalition.notifications.heading.words import Leave, Way, read_leave
from coalition.notifications.kinds import Kind
from coalition.notifications.models import Choice, Delivery
from coalition.notifications.notifications import DIGEST, FOLLOWED
from tests.notifications.board import Board, make_reader
from tests.notifications.posted import POSTED, post
from tests.notifications.test_routing import follow
from tests.notifications.told import NOW, TOLD, tell

pytestmark = pytest.mark.django_db


def test_a_mail_of_a_tuned_category_stops_that_category(posted: Board) -> None:
    awa = make_reader()
    delivery = post("a", awa).deliveries.get()
    assert leave_of(delivery, POSTED) == Leave(awa.pk, Way.CATEGORY, "discussion")


def test_a_mail_to_a_follower_leaves_what_it_is_about(posted: Board) -> None:
    awa = make_reader()
    follow(awa)
    Choice.objects.create(account=awa, category="following", rhythm=Rhythm.NOW)
    event = post("a")
    assert leave_of(event.deliveries.get(), FOLLOWED) == Leave(awa.pk, Way.FOLLOWED, str(event.pk))


def test_a_digest_stops_what_is_told_at_its_rhythm(posted: Board) -> None:
    awa = make_reader()
    delivery = post("a", awa).deliveries.get()
    delivery.event.payload["rhythm"] = "weekly"
    assert leave_of(delivery, DIGEST) == Leave(awa.pk, Way.DIGEST, "weekly")


def test_what_cannot_be_turned_off_offers_no_way_to(posted: Board) -> None:
    delivery = post("a", make_reader()).deliveries.get()
    assert leave_of(delivery, replace(POSTED, category="account")) is None
    assert leave_of(delivery, replace(POSTED, category="cosponsorship")) is None
    assert leave_of(delivery, replace(POSTED, essential=True)) is None
    assert leave_of(Delivery(event=delivery.event, account=None), POSTED) is None


def test_the_address_reads_in_the_language_of_the_reader_and_takes_one_click(settings: Settings) -> None:
    leave = Leave(7, Way.CATEGORY, "charter")
    url = leave_url(leave, "fr")
    assert url.startswith("http://testserver/fr/courrier/arreter/")
    assert read_leave(url.rstrip("/").rpartition("/")[2]) == leave
    headers = leave_headers(url)
    assert headers["List-Unsubscribe"] == f"<{url}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Precedence"] == "bulk"
    assert leave_headers("") == {}


def test_mails_about_one_thing_have_one_root_and_others_another(posted: Board) -> None:
    first, again, other = (
        thread_headers(post(key, about=(about,)), POSTED, "v.example") for key, about in ("a1", "b1", "c2")
    )
    assert first == again
    assert first != other
    assert first["References"] == first["In-Reply-To"]
    assert first["References"].startswith("<fil-")
    assert first["References"].endswith("@v.example>")


def test_without_a_target_the_subject_is_the_thing_and_without_either_there_is_no_thread(told: Kind) -> None:
    group = Group.objects.create(name="Lac")
    events = [
        record_event(kind=TOLD.name, key=key, subject=group, payload={"to": []}, now=NOW) for key in ("one", "two")
    ]
    assert thread_headers(events[0], TOLD, "v.example") == thread_headers(events[1], TOLD, "v.example") != {}
    assert thread_headers(tell(), TOLD, "v.example") == {}
