"""What people are told of an event: whom, once for each date, in time, and never of what no longer holds."""

from dataclasses import replace
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from coalition.core.following import readable_target
from coalition.notifications.actions import fan_out_event
from coalition.notifications.enums import DeliveryState, Rhythm
from coalition.notifications.models import Choice, Delivery, Event as Told, Follow, Notice
from coalition.notifications.telling import lines_of
from coalition.pages.actions import cancel_event, edit_event, publish_event, tell_of_near_events, withdraw_event
from coalition.pages.models import Event
from coalition.pages.tasks import tell_of_near_events as near_task
from members.models import Organisation, User
from tests.notifications.keeping import send_due
from tests.pages.events import draft, follows, past, published, words
from tests.world import World


def _fan_out(kind: str) -> int:
    return sum(fan_out_event(event_id=one.pk, now=timezone.now()) for one in Told.objects.filter(kind=kind))


def _tell(kind: str) -> tuple[list[str], list[EmailMessage]]:
    """Everything of this kind, to whoever it reaches: what became of each, and the mails that left."""
    Told.objects.exclude(kind=kind).filter(fanned_out_at=None).update(fanned_out_at=timezone.now())
    Delivery.objects.all().delete()
    _fan_out(kind)
    states, mails = send_due()
    return [str(state) for state in states], mails


def _address(mail: EmailMessage) -> str:
    return parseaddr(mail.to[0])[1]


def _follow(world: World, role: str, kind: str, key: str, **more: Any) -> None:
    Follow.objects.create(
        account=world.account(role), target_kind=kind, target_key=key, created_at=timezone.now(), **more
    )


def _at_once(world: World, role: str) -> None:
    """They want what they follow at once."""
    Choice.objects.create(account=world.account(role), category="following", rhythm=Rhythm.NOW)


def _move(world: World, event: Event, days: int) -> Event:
    said = replace(
        words(), starts_at=event.starts_at + timedelta(days=days), ends_at=event.ends_at + timedelta(days=days)
    )
    return edit_event(
        actor=world.account("cityed_own"), event=event, words=said, based_on=event.version, now=timezone.now()
    )


def test_announced_to_who_follows_the_organisation_or_the_coalition_each_once(on_paper: World) -> None:
    own = on_paper.organisations["own"].slug
    for role in ("registered", "rep_other"):
        _at_once(on_paper, role)
    _follow(on_paper, "registered", "organisation", own)
    _follow(on_paper, "registered", "coalition", "11")
    _follow(on_paper, "rep_other", "coalition", "11")
    _follow(on_paper, "member_other", "organisation", own, muted=True)
    _follow(on_paper, "cityed_other", "organisation", on_paper.organisations["other"].slug)
    published(on_paper, "organiser", coalition=True)
    _states, mails = _tell("event.announced")
    told = sorted(map(_address, mails))
    assert told == ["registered@zorglubmail.example", "rep_other@zorglubmail.example"]
    assert mails[0].subject == "Rendez-vous annoncé : Atelier des comptages"
    assert "heure de Dakar" in str(mails[0].body) and "Ville Propre annonce un rendez-vous." in str(mails[0].body)


def test_who_follows_an_organisation_hears_of_it_in_the_digest_unless_they_chose_otherwise(on_paper: World) -> None:
    _follow(on_paper, "registered", "organisation", on_paper.organisations["own"].slug)
    event = published(on_paper)
    _fan_out("event.announced")
    notice = Notice.objects.get(account=on_paper.account("registered"))
    assert (notice.route, notice.target) == ("daily", ("event", event.slug))
    assert [line.title for line in lines_of(on_paper.account("registered"), [notice])] == ["Rendez-vous annoncé"]


@pytest.mark.parametrize("act", ["cancel", "withdraw", "organisation leaves"])
def test_one_that_no_longer_holds_before_its_mail_left_is_not_announced(on_paper: World, act: str) -> None:
    _at_once(on_paper, "registered")
    _follow(on_paper, "registered", "organisation", on_paper.organisations["own"].slug)
    event, organiser = published(on_paper), on_paper.account("organiser")
    _fan_out("event.announced")
    assert Delivery.objects.filter(event__kind="event.announced").count() == 1
    if act == "cancel":
        cancel_event(actor=organiser, event=event, reason="Salle prise.", now=timezone.now())
    elif act == "withdraw":
        withdraw_event(actor=organiser, event=event, now=timezone.now())
    else:
        Organisation.objects.filter(pk=event.organisation_id).update(state="removed")
    states, mails = send_due()
    assert states == [DeliveryState.SUPPRESSED] and not mails


def test_near_is_told_two_days_before_and_exactly_once_however_often_the_task_runs(on_paper: World) -> None:
    event = published(on_paper)
    follows(on_paper, "registered", event)
    now = event.starts_at - timedelta(days=2)
    assert tell_of_near_events(now=now - timedelta(minutes=1)) == 0
    for minutes in (0, 15, 15, 2000):
        assert tell_of_near_events(now=now + timedelta(minutes=minutes)) == 1
    assert Told.objects.filter(kind="event.near").count() == 1
    assert tell_of_near_events(now=event.starts_at) == 0


def test_after_missed_runs_it_is_told_late_and_never_once_it_has_begun(on_paper: World) -> None:
    event = published(on_paper, begins=timedelta(hours=3))
    follows(on_paper, "registered", event)
    near_task()
    states, mails = _tell("event.near")
    assert states.count("sent") == len(mails) == 2  # its author follows it too
    assert mails[0].subject == "C’est bientôt : Atelier des comptages"
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - timedelta(hours=1))
    near_task()
    assert Told.objects.filter(kind="event.near").count() == 1


def test_an_event_that_moved_is_told_again_for_the_new_date_and_not_for_the_old_one(on_paper: World) -> None:
    event = published(on_paper, begins=timedelta(days=1))
    follows(on_paper, "registered", event)
    near_task()
    _fan_out("event.near")
    moved = _move(on_paper, event, 5)
    states, mails = send_due()
    assert not [mail for mail in mails if mail.subject.startswith("C’est bientôt")]
    assert "suppressed" in states
    tell_of_near_events(now=moved.starts_at - timedelta(days=1))
    assert Told.objects.filter(kind="event.near").count() == 2


def test_near_asks_as_little_for_many_as_for_one(on_paper: World, django_assert_num_queries: Any) -> None:
    published(on_paper, begins=timedelta(days=1))
    tell_of_near_events(now=timezone.now())
    with django_assert_num_queries(2):
        tell_of_near_events(now=timezone.now())
    for number in range(6):
        published(on_paper, title=f"Autre {number}", begins=timedelta(hours=20 + number))
    with django_assert_num_queries(2):
        assert tell_of_near_events(now=timezone.now()) == 7


def test_neither_drafts_nor_cancelled_nor_past_ones_are_near(on_paper: World) -> None:
    draft(on_paper, begins=timedelta(days=1))
    past(on_paper)
    event = published(on_paper, begins=timedelta(days=1))
    cancel_event(actor=on_paper.account("cityed_own"), event=event, reason="Salle prise.", now=timezone.now())
    assert tell_of_near_events(now=timezone.now()) == 0


def test_a_change_says_what_was_and_what_is_to_who_follows_the_event(on_paper: World) -> None:
    event = published(on_paper)
    follows(on_paper, "registered", event)
    follows(on_paper, "rep_other", event, muted=True)
    edit_event(
        actor=on_paper.account("cityed_own"),
        event=event,
        words=words(
            begins=timedelta(days=20), venue="Hôtel de ville", city="Rennes", country="FR", geoname_id=2983990,
            online_url="https://visio.example.org/b",
        ),
        based_on=event.version,
        now=timezone.now(),
    )  # fmt: skip
    states, (mail,) = _tell("event.changed")
    assert states == ["sent"] and _address(mail) == "registered@zorglubmail.example"
    body = str(mail.body)
    assert "Maison des associations, Dakar, Sénégal" in body and "Hôtel de ville, Rennes, France" in body
    assert "Avant\u00a0:" in body and "Maintenant\u00a0: https://visio.example.org/b" in body
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_cancelled_is_told_at_once_with_the_reason_to_who_reads_digests_too(on_paper: World) -> None:
    Choice.objects.create(account=on_paper.account("registered"), category="following", rhythm=Rhythm.WEEKLY)
    User.objects.filter(pk=on_paper.account("registered").pk).update(language="en")
    event = published(on_paper)
    follows(on_paper, "registered", event)
    cancel_event(actor=on_paper.account("cityed_own"), event=event, reason="Salle prise.", now=timezone.now())
    states, (mail,) = _tell("event.cancelled")
    assert states == ["sent"] and "Salle prise." in str(mail.body)
    assert Notice.objects.get(account=on_paper.account("registered"), event__kind="event.cancelled").route == "now"


def test_a_cancelled_one_that_was_taken_back_is_not_said_to_be_cancelled(on_paper: World) -> None:
    event = published(on_paper)
    follows(on_paper, "registered", event)
    cancel_event(actor=on_paper.account("cityed_own"), event=event, reason="Salle prise.", now=timezone.now())
    _fan_out("event.cancelled")
    withdraw_event(actor=on_paper.account("organiser"), event=event, now=timezone.now())
    publish_event(actor=on_paper.account("organiser"), event=event, based_on=event.version, now=timezone.now())
    Delivery.objects.exclude(event__kind="event.cancelled").delete()
    assert send_due() == (["suppressed"], [])


def test_whoever_leaves_or_silences_it_meanwhile_is_not_written_to(on_paper: World) -> None:
    event = published(on_paper)
    follows(on_paper, "registered", event)
    cancel_event(actor=on_paper.account("cityed_own"), event=event, reason="Salle prise.", now=timezone.now())
    _fan_out("event.cancelled")
    Follow.objects.filter(account=on_paper.account("registered")).update(muted=True)
    Delivery.objects.exclude(event__kind="event.cancelled").delete()
    assert send_due() == (["suppressed"], [])


def test_the_hour_is_told_on_the_readers_own_clock_too(on_paper: World) -> None:
    event = published(on_paper, begins=timedelta(days=1))
    follows(on_paper, "registered", event)
    User.objects.filter(pk=on_paper.account("registered").pk).update(time_zone="Indian/Mauritius")
    near_task()
    _states, mails = _tell("event.near")
    mine = next(mail for mail in mails if _address(mail) == "registered@zorglubmail.example")
    assert "Chez vous" in str(mine.body) and "heure de Maurice, UTC+4" in str(mine.body)


def test_a_draft_is_nothing_to_follow_for_who_may_not_read_it(on_paper: World) -> None:
    event = draft(on_paper)
    assert readable_target(on_paper.account("registered"), "event", event.slug) is None
    assert readable_target(None, "event", event.slug) is None
    assert readable_target(on_paper.account("rep_own"), "event", event.slug) is not None
