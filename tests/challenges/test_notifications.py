"""Who hears what of challenges and responses, once, and who no longer does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from coalition.challenges.actions import (
    answer_response,
    close_challenge,
    edit_challenge,
    remind_of_closing,
    withdraw_challenge,
    withdraw_response,
)
from coalition.challenges.models import Challenge, ChallengeWords, Response
from coalition.challenges.tasks import tell_of_closing
from coalition.core.following import readable_targets
from coalition.notifications.actions import fan_out_event
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Choice, Delivery, Event, Follow, Notice
from coalition.notifications.webhooks.registry import public_kinds, shown_to_all
from members.enums import OrganisationMail, Role
from members.models import SharedMailbox, User
from tests.challenges.conftest import Make, World, give_role, make_account, make_organisation
from tests.notifications.keeping import send_due

Sent = Callable[..., Response]
FAR = timezone.now() + timedelta(days=90)
BOX = "defis@rennes.example"


def follows(account: User, kind: str, key: Any, *, muted: bool = False) -> None:
    Follow.objects.create(
        account=account, target_kind=kind, target_key=str(key), muted=muted, created_at=timezone.now()
    )
    Choice.objects.get_or_create(account=account, category="following", defaults={"rhythm": "now"})


def send() -> list[str]:
    """Send what is due; what became of each, and the letters in the outbox."""
    states, letters = send_due()
    mail.outbox.extend(letters)  # type: ignore[arg-type]
    return [str(state) for state in states]


def told(kind: str) -> set[str]:
    """Fan out the only event of this kind; the addresses that get a mail of it."""
    event = Event.objects.get(kind=kind)
    fan_out_event(event_id=event.pk, now=timezone.now())
    return set(Delivery.objects.filter(event=event).values_list("address", flat=True))


def test_followers_of_the_organisation_and_of_the_coalition_hear_of_a_new_challenge_and_not_those_who_silenced_one(
    world: World, published: Make
) -> None:
    fan, silent = make_account("fan@example.org"), make_account("silent@example.org")
    follows(fan, "organisation", "rennes")
    follows(silent, "organisation", "rennes", muted=True)
    published(closes_at=FAR)
    assert told("challenge.published") == {fan.email}
    assert send() == ["sent"]
    (letter,) = mail.outbox
    assert "Savoir quand l’eau coule" in letter.subject
    assert "Une solution" in letter.body


def test_a_challenge_taken_back_before_the_mail_leaves_is_not_told(world: World, published: Make) -> None:
    follows(make_account("fan@example.org"), "organisation", "rennes")
    challenge = published(closes_at=FAR)
    told("challenge.published")
    withdraw_challenge(actor=world.organiser, challenge=challenge, motive="Un nom.", now=timezone.now())
    assert send() == ["suppressed"]
    assert told("challenge.withdrawn") == {world.editor.email, world.representative.email}


def test_what_changes_is_told_before_and_after_to_followers_and_responders(
    world: World, published: Make, sent: Sent
) -> None:
    fan = make_account("fan@example.org")
    challenge = published(closes_at=FAR)
    follows(fan, "challenge", challenge.slug)
    sent(challenge)
    said = ChallengeWords.of(challenge)
    later = {"closes_at": FAR + timedelta(days=10), "instrument": "prize"}
    edit_challenge(
        actor=world.editor,
        challenge=challenge,
        words=ChallengeWords(**{name: getattr(said, name) for name in said.__slots__} | later),
        based_on=2,
        now=timezone.now(),
    )
    assert told("challenge.changed") == {fan.email, world.stranger.email}
    send()
    letter = next(one for one in mail.outbox if world.stranger.email in one.to[0])
    assert "Question ouverte" in letter.body
    assert "Prix" in letter.body


def test_the_deadline_is_told_once_to_followers_whose_organisations_have_not_answered(
    world: World, published: Make, sent: Sent
) -> None:
    other = make_organisation("Dakar", "SN")
    waiting, answered, alone = (make_account(f"{name}@example.org") for name in ("waiting", "answered", "alone"))
    give_role(waiting, other, Role.MEMBER)
    give_role(answered, world.other_city, Role.MEMBER)
    challenge = published(closes_at=FAR)
    for account in (waiting, answered, alone):
        follows(account, "challenge", challenge.slug)
    sent(challenge)
    near = FAR - timedelta(days=2)
    assert remind_of_closing(now=FAR - timedelta(days=4)) == 0
    assert remind_of_closing(now=near) == 1
    assert remind_of_closing(now=near + timedelta(hours=1)) == 0
    assert remind_of_closing(now=FAR) == 0
    assert told("challenge.closing") == {waiting.email}


def test_a_new_deadline_is_told_anew_a_missed_hour_is_made_up_and_a_short_delay_waits_for_half_time(
    world: World, published: Make
) -> None:
    challenge, now = published(closes_at=FAR), timezone.now()
    assert remind_of_closing(now=FAR - timedelta(minutes=1)) == 1
    Challenge.objects.update(closes_at=FAR + timedelta(days=30))
    assert remind_of_closing(now=FAR + timedelta(days=29)) == 1
    Challenge.objects.update(published_at=now, closes_at=now + timedelta(days=2))
    assert remind_of_closing(now=now + timedelta(hours=1)) == 0
    assert remind_of_closing(now=now + timedelta(days=1)) == 1
    tell_of_closing()
    assert Event.objects.filter(kind="challenge.closing", object_id=str(challenge.pk)).count() == 3


def test_who_answers_between_the_reminder_and_the_mail_is_not_reminded(
    world: World, published: Make, sent: Sent
) -> None:
    challenge = published(closes_at=timezone.now() + timedelta(days=2))
    Challenge.objects.update(published_at=timezone.now() - timedelta(days=30))
    follows(world.stranger, "challenge", challenge.slug)
    tell_of_closing()
    assert told("challenge.closing") == {world.stranger.email}
    sent(Challenge.objects.get())
    assert send() == ["suppressed"]


def test_an_outcome_reaches_responders_whatever_they_chose_and_followers_as_they_chose(
    world: World, published: Make, sent: Sent
) -> None:
    quiet, fan = make_account("quiet@example.org"), make_account("fan@example.org")
    challenge = published(closes_at=FAR)
    response = sent(challenge)
    for account in (quiet, fan):
        follows(account, "challenge", challenge.slug)
    Choice.objects.filter(account=quiet).update(rhythm="off")
    Choice.objects.create(account=world.stranger, category="following", rhythm="off")
    now = timezone.now()
    answer_response(actor=world.editor, response=response, retained=True, reason="", based_on=1, now=now)
    close_challenge(actor=world.representative, challenge=challenge, outcome="Nous **essayons**.", now=now)
    found = told("challenge.closed")
    assert {world.stranger.email, fan.email} <= found
    assert quiet.email not in found
    send()
    assert "essayons" in next(one for one in mail.outbox if world.stranger.email in one.to[0]).body


def test_a_response_is_told_to_the_authority_and_its_mailbox_and_to_nobody_else(
    world: World, published: Make, sent: Sent
) -> None:
    fan = make_account("fan@example.org")
    SharedMailbox.objects.create(
        organisation=world.city,
        address=BOX,
        categories=[OrganisationMail.CHALLENGES],
        asked_at=timezone.now(),
        confirmed_at=timezone.now(),
    )
    challenge = published(closes_at=FAR)
    follows(fan, "challenge", challenge.slug)
    follows(fan, "organisation", "lome")
    Event.objects.filter(kind="challenge.published").delete()
    sent(challenge, "Zorglub vocal.")
    assert told("response.received") == {world.editor.email, world.representative.email, BOX}
    assert set(send()) == {"sent"}
    assert all("Zorglub" in one.body for one in mail.outbox)
    assert not Notice.objects.filter(account__in=[fan, world.member, world.organiser]).exists()
    assert "response.received" not in public_kinds()


def test_a_response_withdrawn_before_the_mail_leaves_is_not_told_only_that_it_is_gone(
    world: World, published: Make, sent: Sent
) -> None:
    response = sent(published(closes_at=FAR))
    told("response.received")
    withdraw_response(actor=world.stranger, response=response, now=timezone.now())
    assert set(send()) == {"suppressed"}
    assert told("response.withdrawn") == {world.editor.email, world.representative.email}
    assert set(send()) == {"sent"}


def test_the_responder_is_told_the_decision_and_its_reason_and_cannot_miss_it(
    world: World, published: Make, sent: Sent
) -> None:
    response = sent(published(closes_at=FAR))
    Choice.objects.create(account=world.stranger, category="following", rhythm="off")
    answer_response(
        actor=world.editor,
        response=response,
        retained=False,
        reason="Trop cher pour nous.",
        based_on=1,
        now=timezone.now(),
    )
    assert told("response.answered") == {world.stranger.email}
    assert send() == ["sent"]
    (letter,) = mail.outbox
    assert "Trop cher pour nous." in letter.body
    assert "n’est pas retenue" in letter.subject


def test_who_left_the_organisation_since_is_no_longer_told(world: World, published: Make, sent: Sent) -> None:
    sent(published(closes_at=FAR))
    told("response.received")
    world.editor.affiliations.update(role=Role.MEMBER)
    world.representative.affiliations.update(ended_on=timezone.now().date())
    assert set(send()) == {"suppressed"}


def test_only_both_sides_may_read_what_a_notice_of_a_response_names(world: World, published: Make, sent: Sent) -> None:
    response = sent(published(closes_at=FAR))
    for account, expected in (
        (world.editor, True), (world.stranger, True), (world.organiser, True), (world.member, False), (None, False)
    ):  # fmt: skip
        assert bool(readable_targets(account, "response", [str(response.pk), "x"])) is expected
    assert not readable_targets(world.editor, "response", [str(response.pk)])[str(response.pk)].followable


def test_programs_hear_of_public_challenges_while_they_are_public(world: World, published: Make) -> None:
    challenge = published(closes_at=FAR)
    event = Event.objects.get(kind="challenge.published")
    shown = shown_to_all(event)
    assert shown is not None
    assert shown.title == "Nouveau défi\u00a0: Savoir quand l’eau coule"
    assert shown.url == challenge.get_absolute_url()
    withdraw_challenge(actor=world.organiser, challenge=challenge, motive="Un nom.", now=timezone.now())
    assert shown_to_all(Event.objects.get(pk=event.pk)) is None


@pytest.mark.parametrize("name", ["challenge.published", "challenge.changed", "challenge.closing"])
def test_what_followers_tune_is_in_the_category_of_what_they_follow(name: str) -> None:
    assert get_kind(name).category == "following"
