"""The order of the rules."""

import pytest
from allauth.account.models import EmailAddress

from coalition.notifications.enums import IncomingReason, IncomingState
from coalition.notifications.intake.actions import store_incoming_mail
from coalition.notifications.intake.judging import decide
from members.models import User
from tests.notifications.intake.test_actions import NOW, Heard, answer, awa, heard

__all__ = ["awa", "heard"]
pytestmark = pytest.mark.django_db


def test_another_confirmed_address_of_the_account_is_the_person(heard: Heard, awa: User) -> None:
    mail = store_incoming_mail(raw=answer(awa, sender="awa@maison.example"), now=NOW)
    assert decide(mail, NOW).reason == IncomingReason.WRONG_SENDER
    other = EmailAddress.objects.create(user=awa, email="Awa@maison.example", verified=False)
    assert decide(mail, NOW).reason == IncomingReason.WRONG_SENDER
    other.verified = True
    other.save()
    assert decide(mail, NOW).state == IncomingState.ACCEPTED


def test_two_senders_are_not_one_person(heard: Heard, awa: User) -> None:
    mail = store_incoming_mail(raw=answer(awa, sender=f"{awa.email}, rose@ville.example"), now=NOW)
    assert decide(mail, NOW).reason == IncomingReason.WRONG_SENDER


def test_an_answer_of_quotes_only_is_empty(heard: Heard, awa: User) -> None:
    mail = store_incoming_mail(raw=answer(awa, "> Et chez vous ?\n\n-- \nAwa"), now=NOW)
    assert decide(mail, NOW).reason == IncomingReason.EMPTY
    assert heard.words == []


def test_a_robot_is_left_aside_even_from_a_wrong_address(heard: Heard, awa: User) -> None:
    raw = b"Auto-Submitted: auto-replied\n" + answer(awa, sender="rose@ville.example")
    assert decide(store_incoming_mail(raw=raw, now=NOW), NOW).state == IncomingState.IGNORED
