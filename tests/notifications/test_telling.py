import pytest

from coalition.notifications.models import Choice, Delivery, Follow, Notice
from coalition.notifications.telling import digest_people, headline, lines_of
from tests.notifications.board import KIND, Board, make_reader
from tests.notifications.posted import post
from tests.notifications.sink import SmtpSink, words_of
from tests.notifications.told import NOW, deliver

pytestmark = pytest.mark.django_db


def test_a_follower_reads_a_headline_and_not_the_words_for_the_author(posted: Board) -> None:
    awa, bintou = make_reader(), make_reader("Bintou")
    Follow.objects.create(account=awa, target_kind=KIND, target_key="1", created_at=NOW)
    post("a", bintou)
    by_account = {one.account_id: headline(one) for one in Notice.objects.select_related("event")}
    assert by_account == {awa.pk: "Du nouveau", bintou.pk: "Écrit pour vous"}


def test_what_its_reader_may_not_read_any_more_is_not_said(posted: Board) -> None:
    awa = make_reader()
    post("a", awa)
    notices = Notice.objects.select_related("event")
    assert [line.target.title for line in lines_of(awa, notices)] == ["Le panneau 1"]
    posted.private["1"] = {0}
    assert lines_of(awa, notices) == []


def test_a_follower_is_mailed_what_it_follows_and_nothing_once_it_is_hidden(posted: Board, smtp_sink: SmtpSink) -> None:
    awa = make_reader()
    Follow.objects.create(account=awa, target_kind=KIND, target_key="1", created_at=NOW)
    Choice.objects.create(account=awa, category="following", rhythm="now")
    deliver(post("a"))
    [sent] = smtp_sink.accepted
    assert sent["Subject"] == "Du nouveau : Le panneau 1"
    assert "/fr/panneau/1/" in words_of(sent)
    event = post("b")
    posted.hidden.add("1")
    deliver(event)
    assert len(smtp_sink.accepted) == 1
    assert Delivery.objects.get(event=event).state == "suppressed"


def test_a_digest_for_an_account_that_left_goes_nowhere(posted: Board) -> None:
    awa = make_reader(is_active=False)
    event = post("a")
    event.payload = {"account": awa.pk}
    assert digest_people(event) == []
