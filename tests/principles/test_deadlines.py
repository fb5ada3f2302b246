"""Who has not answered is reminded once, while there is time, of everything that awaits them, in one mail."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from coalition.notifications.kinds import Recipient, get_kind
from coalition.notifications.models import Event
from members.models import User
from principles.actions import (
    answer_coauthor,
    hide_amendment,
    invite_coauthor,
    remind_of_deadlines,
    set_phases,
    take_position,
)
from principles.models import Charter
from principles.notifications import closing_on
from principles.tasks import tell_of_deadlines
from tests.principles.conftest import MOTIVE, NOW, World, make_organisation, make_speaker
from tests.principles.test_notifications import mail, told

DEADLINE, WAITING = "charter.deadline_near", "amendment.coauthor_waiting"


@pytest.fixture
def chief(world: World) -> User:
    """Represents the city; positions close ten days after an amendment opens."""
    Charter.objects.update(decision_days=10)
    return make_speaker(world.city, "Rokhaya", role="representative")


def on(day: float) -> datetime:
    return NOW + timedelta(days=day)


def test_representatives_are_told_once_three_days_before_positions_close(world: World, chief: User) -> None:
    world.opened()
    assert remind_of_deadlines(now=on(6.9)) == 0
    assert remind_of_deadlines(now=on(7)) == 1
    assert remind_of_deadlines(now=on(8)) == 0
    assert told(DEADLINE) == {chief.email}


def test_after_the_close_nobody_is_reminded(world: World, chief: User) -> None:
    world.opened()
    assert remind_of_deadlines(now=on(10)) == 0


def test_a_short_time_is_reminded_of_at_half_time(world: World, chief: User) -> None:
    Charter.objects.update(decision_days=4)
    world.opened()
    assert remind_of_deadlines(now=on(1.9)) == 0
    assert remind_of_deadlines(now=on(2)) == 1


def test_one_mail_names_every_amendment_on_which_the_organisation_said_nothing(world: World, chief: User) -> None:
    first, second = world.opened(title="Premier"), world.opened("guichet", title="Second")
    take_position(actor=chief, amendment=first, organisation=world.city, choice="agree", now=NOW)
    remind_of_deadlines(now=on(8))
    message = mail(DEADLINE, chief)
    assert second.title in message.body and first.title not in message.body
    assert second.get_absolute_url() in message.body
    assert "2 décembre 2026" in message.subject


def test_who_has_spoken_meanwhile_hears_nothing_more(
    world: World, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    amendment = world.opened()
    remind_of_deadlines(now=on(8))
    kind, event = get_kind(DEADLINE), Event.objects.get(kind=DEADLINE)
    reader = Recipient(chief.email, "fr", "", chief.pk)
    monkeypatch.setattr(timezone, "now", lambda: on(8))
    assert kind.visible(event, reader)
    take_position(actor=chief, amendment=amendment, organisation=world.city, choice="agree", now=on(8))
    assert not kind.visible(event, reader)


def test_a_reminder_that_would_come_too_late_does_not_leave(
    world: World, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    amendment = world.opened()
    remind_of_deadlines(now=on(8))
    monkeypatch.setattr(timezone, "now", lambda: on(10))
    event = Event.objects.get(kind=DEADLINE)
    assert closing_on(charter=event.subject, day=on(10).date()) == [amendment]  # type: ignore[arg-type]
    assert not get_kind(DEADLINE).visible(event, Recipient(chief.email, "fr", "", chief.pk))


def test_organisations_without_a_voice_and_hidden_amendments_are_not_reminded_of(world: World, chief: User) -> None:
    Charter.objects.update(voters="cosponsors")
    amendment = world.opened()
    remind_of_deadlines(now=on(8))
    assert told(DEADLINE) == set()
    hide_amendment(actor=world.organiser, amendment=amendment, reason=MOTIVE, now=NOW)
    Event.objects.all().delete()
    assert remind_of_deadlines(now=on(8)) == 0


def test_an_invitation_that_waits_for_a_week_is_told_again_once(world: World) -> None:
    other = make_organisation("Ville de Gand")
    speaker = make_speaker(other, "Lotte")
    draft = world.draft()
    invite_coauthor(actor=world.member, amendment=draft, organisation=other, now=NOW)
    assert remind_of_deadlines(now=on(6)) == 0
    assert remind_of_deadlines(now=on(7)) == 1
    assert remind_of_deadlines(now=on(9)) == 0
    assert told(WAITING) == {speaker.email}
    assert draft.title in mail(WAITING, speaker).subject


def test_it_is_told_sooner_when_amendments_close_within_days(world: World) -> None:
    other = make_organisation("Ville de Gand")
    make_speaker(other, "Lotte")
    invite_coauthor(actor=world.member, amendment=world.draft(), organisation=other, now=NOW)
    dates = {"amendments_from": None, "deliberation_from": on(4), "adopted_from": None}
    set_phases(actor=world.organiser, charter=world.charter, now=NOW, **dates)
    assert remind_of_deadlines(now=on(0.9)) == 0
    assert remind_of_deadlines(now=on(2)) == 1


def test_an_invitation_that_was_answered_is_not_told_again(world: World) -> None:
    other = make_organisation("Ville de Gand")
    speaker = make_speaker(other, "Lotte")
    draft = world.draft()
    invitation = invite_coauthor(actor=world.member, amendment=draft, organisation=other, now=NOW)
    remind_of_deadlines(now=on(7))
    kind, reader = get_kind(WAITING), Recipient(speaker.email, "fr", "", speaker.pk)
    assert kind.visible(Event.objects.get(kind=WAITING), reader)
    answer_coauthor(actor=speaker, invitation=invitation, accepts=False, now=on(8))
    assert not kind.visible(Event.objects.get(kind=WAITING), reader)
    assert told(WAITING) == set()


def test_the_worker_may_run_as_often_as_it_likes(world: World) -> None:
    other = make_organisation("Ville de Gand")
    invitation = invite_coauthor(actor=world.member, amendment=world.draft(), organisation=other, now=NOW)
    type(invitation).objects.update(invited_at=timezone.now() - timedelta(days=8))
    tell_of_deadlines()
    tell_of_deadlines()
    assert Event.objects.filter(kind=WAITING).count() == 1
