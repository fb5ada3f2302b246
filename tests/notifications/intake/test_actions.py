"""Nothing that came in is lost, and nothing is made of it twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import DatabaseError
from pytest_django import Settings

from coalition.core.access import Hidden, WrongState
from coalition.core.errors import DomainError
from coalition.notifications.enums import (
    LARGEST_INCOMING,
    MAX_ATTEMPTS,
    REPLIES_AN_HOUR,
    DeliveryState,
    IncomingReason,
    IncomingState,
    Return,
)
from coalition.notifications.intake.actions import act_on_due_mail, act_on_incoming_mail, store_incoming_mail
from coalition.notifications.intake.addresses import reply_headers
from coalition.notifications.intake.registry import forget_answerer, register_answerer
from coalition.notifications.kinds import Recipient
from coalition.notifications.models import Delivery, Event, IncomingMail, StoppedAddress
from members.models import User
from tests.notifications.stops.test_reports import returned

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Heard:
    """An app that keeps what it is told, or refuses it."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.error: Exception | None = None

    def __call__(self, *, account: Any, number: int, words: str, now: datetime) -> object:
        if self.error:
            raise self.error
        self.words.append(words)
        return account


@pytest.fixture
def heard(settings: Settings) -> Iterator[Heard]:
    settings.REPLY_ADDRESS = "reponse@villes.example"
    found = Heard()
    register_answerer("z", found)
    yield found
    forget_answerer("z")


@pytest.fixture
def awa(db: None) -> User:
    return User.objects.create_user("awa@ville.example")


def answer(account: User, words: str = "Oui, chez nous.", number: int = 1, sender: str = "") -> bytes:
    recipient = Recipient(account.email, "fr", "", account.pk)
    message = EmailMessage()
    message["From"] = sender or account.email
    message["To"] = reply_headers(purpose="z", recipient=recipient, number=7, told_at=NOW)["Reply-To"]
    message["Message-ID"] = f"<{number}@ville.example>"
    message.set_content(words)
    return message.as_bytes()


def receive(raw: bytes) -> IncomingMail:
    mail = store_incoming_mail(raw=raw, now=NOW)
    act_on_incoming_mail(mail_id=mail.pk, now=NOW)
    mail.refresh_from_db()
    return mail


def test_a_mail_is_kept_before_anything_is_made_of_it_without_the_key_to_answer(heard: Heard, awa: User) -> None:
    raw = answer(awa)
    mail = store_incoming_mail(raw=raw, now=NOW)
    assert (mail.state, mail.account, mail.number, heard.words) == (IncomingState.WAITING, awa, 7, [])
    assert b"Oui, chez nous." in bytes(mail.raw)
    word = raw.partition(b"reponse+")[2].partition(b"@")[0]
    assert len(word) > 40 and word not in bytes(mail.raw)


def test_what_was_kept_is_acted_upon_once(heard: Heard, awa: User) -> None:
    mail = store_incoming_mail(raw=answer(awa), now=NOW)
    assert act_on_due_mail(now=NOW) == 1
    assert act_on_incoming_mail(mail_id=mail.pk, now=NOW) is None
    assert heard.words == ["Oui, chez nous."]


def test_when_the_action_fails_the_mail_waits_and_is_tried_again(heard: Heard, awa: User) -> None:
    heard.error = DatabaseError("away")
    mail = receive(answer(awa))
    assert (mail.state, mail.attempts) == (IncomingState.WAITING, 1) and "away" in mail.last_error
    assert not IncomingMail.objects.due().exists()
    heard.error = None
    IncomingMail.objects.update(not_before=NOW - timedelta(days=400))
    assert act_on_due_mail(now=NOW) == 1
    assert heard.words == ["Oui, chez nous."]


def test_what_fails_for_good_is_left_for_organisers_with_its_words(heard: Heard, awa: User) -> None:
    heard.error = RuntimeError("broken")
    mail = store_incoming_mail(raw=answer(awa), now=NOW)
    for _one in range(MAX_ATTEMPTS):
        act_on_incoming_mail(mail_id=mail.pk, now=NOW)
    mail.refresh_from_db()
    assert mail.state == IncomingState.FAILED and b"Oui" in bytes(mail.raw)
    assert list(IncomingMail.objects.turned_away()) == [mail]


@pytest.mark.parametrize(
    ("error", "reason", "said"),
    [
        (Hidden("comment.read"), IncomingReason.GONE, ""),
        (WrongState("comment.create"), IncomingReason.CLOSED, ""),
        (WrongState("On ne peut plus répondre."), IncomingReason.CLOSED, "On ne peut plus répondre."),
        (DomainError("Ce texte est trop long."), IncomingReason.WORDS, "Ce texte est trop long."),
    ],
)
def test_what_the_app_refuses_is_said_to_the_person(
    heard: Heard, awa: User, error: Exception, reason: str, said: str
) -> None:
    heard.error = error
    mail = receive(answer(awa))
    assert (mail.state, mail.reason, mail.said, mail.notified) == (IncomingState.REFUSED, reason, said, True)
    assert Event.objects.filter(kind="reply.refused").count() == 1


def test_too_big_a_mail_is_kept_in_part_and_refused(heard: Heard, awa: User) -> None:
    mail = receive(answer(awa, "x" * 70 + "\n") + b"x" * LARGEST_INCOMING)
    assert mail.reason == IncomingReason.TOO_BIG and len(bytes(mail.raw)) < 100_000 < mail.size


def test_a_forged_address_and_nobodys_address_are_left_aside(heard: Heard, awa: User) -> None:
    forged = answer(awa).replace(b"reponse+z", b"reponse+c")
    assert receive(forged).reason == IncomingReason.UNKNOWN
    awa.is_active = False
    awa.save()
    assert receive(answer(awa, number=2)).reason == IncomingReason.UNKNOWN
    assert not Event.objects.exists()


def test_so_many_an_hour_and_no_more_and_few_refusals_a_day(heard: Heard, awa: User) -> None:
    for number in range(REPLIES_AN_HOUR):
        assert receive(answer(awa, number=number)).state == IncomingState.ACCEPTED
    assert [receive(answer(awa, number=100 + n)).reason for n in range(3)] == [IncomingReason.TOO_MANY] * 3
    assert Event.objects.filter(kind="reply.refused").count() == 1


def test_refusals_to_one_sender_stop_after_five_a_day(heard: Heard, awa: User) -> None:
    for number in range(9):
        receive(answer(awa, "?", number=number))
    assert Event.objects.filter(kind="reply.refused").count() == 5


def test_bytes_that_are_no_mail_are_kept_and_left_aside(heard: Heard) -> None:
    for raw in (b"", b"\x00\xff" * 100, b"From: \x00<\n\n"):
        assert receive(raw).state == IncomingState.IGNORED


def test_a_mail_of_ours_that_came_back_stops_its_address(heard: Heard, awa: User) -> None:
    event = Event.objects.create(key="k", kind="account.mail", created_at=NOW)
    sent = {"state": DeliveryState.SENT, "sent_at": NOW, "language": "fr", "message_id": "<one@example.org>"}
    delivery = Delivery.objects.create(event=event, address="ada@example.org", **sent)
    mail = receive(returned())
    assert (mail.state, mail.reason) == (IncomingState.IGNORED, IncomingReason.BOUNCE)
    delivery.refresh_from_db()
    assert delivery.returned == Return.HARD
    assert StoppedAddress.objects.get().address == "ada@example.org"
