"""Sending a response, writing it again, being named, withdrawing it; two at once, and the deadline."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from coalition.challenges.actions import (
    DeadlinePassed,
    EditConflict,
    edit_response,
    name_response,
    send_response,
    withdraw_response,
)
from coalition.challenges.actions.responding import AlreadyAnswered
from coalition.challenges.models import Response
from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.notifications.models import Event, Follow
from members.enums import Role
from tests.challenges.conftest import LATER, NOW, Make, World, give_role, offer

Sent = Callable[..., Response]


def test_a_response_is_sent_once_and_its_sender_follows_the_challenge(
    world: World, published: Make, sent: Sent
) -> None:
    challenge = published()
    response = sent(challenge)
    assert (response.state, response.version) == ("sent", 1)
    assert Event.objects.filter(kind="response.received", object_id=str(response.pk)).count() == 1
    assert Follow.objects.filter(account=world.stranger, target_kind="challenge", target_key=challenge.slug).exists()
    with pytest.raises(AlreadyAnswered):
        sent(challenge, "Une autre.")
    assert Response.objects.count() == 1


def test_the_database_keeps_one_live_response_even_when_two_are_written_at_once(
    world: World, published: Make, sent: Sent
) -> None:
    challenge = published()
    first = sent(challenge)
    rows = {"challenge": challenge, "organisation": world.other_city, "sent_at": NOW, "updated_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(offer="x", contact_role="x", **rows)
    withdraw_response(actor=world.stranger, response=first, now=NOW)
    assert sent(challenge, "De nouveau.").pk != first.pk


def test_nobody_answers_for_an_organisation_they_do_not_write_for_nor_their_own_challenge(
    world: World, published: Make
) -> None:
    challenge = published()
    with pytest.raises(Refused):
        send_response(actor=world.stranger, challenge=challenge, organisation=world.city, words=offer(), now=NOW)
    with pytest.raises(Refused):
        send_response(actor=world.editor, challenge=challenge, organisation=world.city, words=offer(), now=NOW)
    give_role(world.stranger, world.city, Role.EDITOR)
    with pytest.raises(DomainError) as refusal:
        send_response(actor=world.stranger, challenge=challenge, organisation=world.city, words=offer(), now=NOW)
    assert refusal.value.field == "organisation"
    assert not Response.objects.exists()


def test_a_draft_cannot_be_answered_and_is_not_told_of(world: World, draft: Make, sent: Sent) -> None:
    with pytest.raises(Hidden):
        sent(draft())


def test_the_deadline_is_a_moment_of_the_clock_that_is_given(world: World, published: Make, sent: Sent) -> None:
    challenge = published()
    with pytest.raises(DeadlinePassed) as refusal:
        sent(challenge, now=LATER)
    assert "gardez-en une copie" in str(refusal.value.message)
    response = sent(challenge, now=LATER - timedelta(microseconds=1))
    with pytest.raises(DeadlinePassed):
        edit_response(actor=world.stranger, response=response, words=offer("Mieux."), based_on=1, now=LATER)


def test_a_colleague_who_writes_at_the_same_time_loses_nothing(world: World, published: Make, sent: Sent) -> None:
    response = sent(published())
    kept = edit_response(actor=world.stranger, response=response, words=offer("Mieux."), based_on=1, now=NOW)
    assert (kept.offer, kept.version) == ("Mieux.", 2)
    with pytest.raises(EditConflict) as conflict:
        edit_response(actor=world.stranger, response=response, words=offer("Autre."), based_on=1, now=NOW)
    assert conflict.value.theirs.offer == "Mieux."


def test_the_authority_reads_a_response_and_may_not_touch_it(world: World, published: Make, sent: Sent) -> None:
    response = sent(published())
    for act in (
        lambda: edit_response(actor=world.editor, response=response, words=offer(), based_on=1, now=NOW),
        lambda: withdraw_response(actor=world.editor, response=response, now=NOW),
        lambda: name_response(actor=world.editor, response=response, may_be_named=True, now=NOW),
        lambda: withdraw_response(actor=world.organiser, response=response, now=NOW),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(Hidden):
        withdraw_response(actor=world.member, response=response, now=NOW)


def test_being_named_is_agreed_to_and_taken_back_at_any_time(world: World, published: Make, sent: Sent) -> None:
    response = sent(published())
    assert name_response(actor=world.stranger, response=response, may_be_named=True, now=NOW).may_be_named
    assert not name_response(actor=world.stranger, response=response, may_be_named=False, now=LATER).may_be_named


def test_a_withdrawn_response_is_told_once_and_stays_so(world: World, published: Make, sent: Sent) -> None:
    response = withdraw_response(actor=world.stranger, response=sent(published()), now=NOW)
    assert (response.state, response.withdrawn_at) == ("withdrawn", NOW)
    with pytest.raises(WrongState):
        withdraw_response(actor=world.stranger, response=response, now=NOW)
    assert Event.objects.filter(kind="response.withdrawn").count() == 1


def test_words_that_are_missing_are_asked_for(published: Make, sent: Sent) -> None:
    challenge = published()
    with pytest.raises(DomainError) as refusal:
        sent(challenge, "  ")
    assert refusal.value.field == "offer"
