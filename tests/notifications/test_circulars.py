"""What followers of one thing share, and what each of them gets."""

from email import message_from_bytes, policy
from typing import Any

import pytest

from coalition.notifications.actions import claim_deliveries, send_delivery
from coalition.notifications.circulars import NAME, NAME_IN_HTML, Circulars
from coalition.notifications.heading.headers import leave_of, leave_url
from coalition.notifications.models import Choice, Delivery, Follow
from coalition.notifications.notifications import FOLLOWED
from coalition.notifications.transport import Transport
from members.models import User
from tests.notifications.board import KIND, Board, make_reader
from tests.notifications.posted import post
from tests.notifications.sink import SmtpSink, words_of
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db


class Clock:
    """Seconds that pass when they are told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def follower(name: str, **fields: Any) -> User:
    account = make_reader(name, **fields)
    Follow.objects.create(account=account, target_kind=KIND, target_key="1", created_at=NOW)
    Choice.objects.create(account=account, category="following", rhythm="now")
    return account


def send_together(circulars: Circulars | None = None) -> list[str]:
    """Send what is due with shared words; the states."""
    shared = circulars or Circulars(FOLLOWED)
    with Transport() as transport:
        due = claim_deliveries(limit=50)
        return [send_delivery(delivery=one, transport=transport, circulars=shared) for one in due]


def html_of(message: Any) -> str:
    part = next(part for part in message.walk() if part.get_content_type() == "text/html")
    return bytes(part.get_payload(decode=True)).decode()


def test_each_reads_their_own_name_language_and_way_out(posted: Board, smtp_sink: SmtpSink) -> None:
    awa, bob = follower("Awa"), follower("Bob", language="en")
    User.objects.filter(pk=bob.pk).update(name="Zoé")
    post("a")
    assert send_together() == ["sent", "sent"]
    mails = {message["To"].addresses[0].addr_spec: message for message in smtp_sink.accepted}
    hers, his = mails[awa.email], mails[bob.email]
    assert "Awa" in words_of(hers) and "Awa" in html_of(hers) and "Zoé" not in words_of(hers)
    assert "Zoé" in words_of(his) and "Zoé" in html_of(his) and his["Content-Language"] == "en"
    assert his["To"].addresses[0].display_name == "Zoé"
    for account, message in ((awa, hers), (bob, his)):
        delivery = Delivery.objects.get(account=account)
        leave = leave_of(delivery, FOLLOWED)
        assert leave is not None
        stop = leave_url(leave, delivery.language)
        assert message["List-Unsubscribe"] == f"<{stop}>"
        assert stop in words_of(message) and stop in html_of(message)
        assert message["Message-ID"] == delivery.message_id
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert NAME not in words_of(message) and NAME_IN_HTML not in html_of(message)


def test_it_says_the_same_as_a_mail_written_for_one_reader(posted: Board, smtp_sink: SmtpSink) -> None:
    follower("Awa")
    post("a")
    (delivery,) = claim_deliveries(limit=1)
    circulars = Circulars(FOLLOWED)
    shared = circulars.letter(delivery)
    assert shared is not None
    together = message_from_bytes(shared.as_bytes(), policy=policy.default)
    with Transport() as transport:
        assert send_delivery(delivery=delivery, transport=transport) == "sent"
    (alone,) = smtp_sink.accepted
    assert words_of(together) == words_of(alone)
    assert html_of(together) == html_of(alone)
    ours = {name: str(value).strip() for name, value in together.items() if name not in ("Date", "Content-Type")}
    assert ours == {name: str(value).strip() for name, value in alone.items() if name not in ("Date", "Content-Type")}


def test_a_name_is_written_as_text_and_not_as_markup(posted: Board, smtp_sink: SmtpSink) -> None:
    account = follower("Awa")
    User.objects.filter(pk=account.pk).update(name="<b>Awa</b> & fils")
    post("a")
    assert send_together() == ["sent"]
    (message,) = smtp_sink.accepted
    assert "&lt;b&gt;Awa&lt;/b&gt; &amp; fils" in html_of(message) and "<b>Awa" not in html_of(message)
    assert "<b>Awa</b> & fils" in words_of(message)


def test_what_not_everybody_may_read_is_asked_for_each(posted: Board, smtp_sink: SmtpSink) -> None:
    awa, bob = follower("Awa"), follower("Bob")
    posted.private["1"] = {awa.pk}
    post("a")
    assert sorted(send_together()) == ["sent", "suppressed"]
    assert smtp_sink.to() == [awa.email]
    assert Delivery.objects.get(account=bob).state == "suppressed"


def test_what_is_hidden_between_two_mails_stops_the_second_within_a_second(posted: Board, smtp_sink: SmtpSink) -> None:
    follower("Awa")
    follower("Bob")
    post("a")
    clock = Clock()
    circulars = Circulars(FOLLOWED, clock)
    first, second = claim_deliveries(limit=2)
    with Transport() as transport:
        assert send_delivery(delivery=first, transport=transport, circulars=circulars) == "sent"
        posted.hidden.add("1")
        clock.now += 1.1
        assert send_delivery(delivery=second, transport=transport, circulars=circulars) == "suppressed"
    assert len(smtp_sink.accepted) == 1


def test_an_account_that_left_is_told_nothing_whatever_is_shared(posted: Board, smtp_sink: SmtpSink) -> None:
    follower("Awa")
    gone = follower("Bob")
    post("a")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert sorted(send_together()) == ["sent", "suppressed"]
    assert gone.email not in smtp_sink.to()


def test_followers_share_what_is_looked_up(posted: Board, smtp_sink: SmtpSink, django_assert_num_queries: Any) -> None:
    for number in range(12):
        follower(f"Lectrice{number}")
    post("a")
    due = claim_deliveries(limit=50)
    circulars = Circulars(FOLLOWED, Clock())
    with Transport() as transport:
        send_delivery(delivery=due.pop(), transport=transport, circulars=circulars)
        with django_assert_num_queries(2 * len(due)):
            for delivery in due:
                assert send_delivery(delivery=delivery, transport=transport, circulars=circulars) == "sent"
