"""Published once, called off with a reason, told of afterwards, taken back by organisers."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from coalition.notifications.models import Event as Told, Follow, Preferences
from coalition.pages.actions import (
    EventConflict,
    cancel_event,
    edit_event,
    publish_event,
    report_event,
    withdraw_event,
)
from coalition.pages.models import Event
from tests.pages.events import draft, past, published, words
from tests.world import World


def _follows(role: str, world: World, event: Event) -> bool:
    return Follow.objects.filter(account=world.account(role), target_kind="event", target_key=event.slug).exists()


def test_published_it_is_announced_once_and_who_wrote_and_who_published_follow_it(on_paper: World) -> None:
    event = draft(on_paper)
    publish_event(actor=on_paper.account("rep_own"), event=event, based_on=1, now=timezone.now())
    assert (event.state, event.sequence) == ("published", 1)
    assert Told.objects.filter(kind="event.announced").count() == 1
    assert _follows("cityed_own", on_paper, event) and _follows("rep_own", on_paper, event)
    with pytest.raises(WrongState):
        publish_event(actor=on_paper.account("rep_own"), event=event, based_on=event.version, now=timezone.now())


def test_who_switched_automatic_following_off_is_left_alone(on_paper: World) -> None:
    Preferences.objects.create(account=on_paper.account("cityed_own"), auto_follow=False)
    assert not _follows("cityed_own", on_paper, published(on_paper))


def test_what_is_published_is_what_was_reviewed(on_paper: World) -> None:
    event, now = draft(on_paper), timezone.now()
    edit_event(actor=on_paper.account("rep_own"), event=event, words=words(title="Autre"), based_on=1, now=now)
    with pytest.raises(EventConflict):
        publish_event(actor=on_paper.account("cityed_own"), event=event, based_on=1, now=now)
    assert Event.objects.get(pk=event.pk).state == "draft"


def test_one_that_is_over_is_not_announced_any_more(on_paper: World) -> None:
    event = draft(on_paper, begins=timedelta(days=-1))
    with pytest.raises(DomainError):
        publish_event(actor=on_paper.account("cityed_own"), event=event, based_on=1, now=timezone.now())


def test_called_off_with_a_reason_its_page_keeps_it_and_calendars_take_it_up(on_paper: World) -> None:
    event = published(on_paper)
    before = event.sequence
    cancel_event(actor=on_paper.account("rep_own"), event=event, reason=" Salle prise. ", now=timezone.now())
    assert (event.state, event.cancel_reason, event.sequence) == ("cancelled", "Salle prise.", before + 1)
    assert AuditLine.objects.get(action="event.cancel", object_id=event.pk).data["reason"] == "Salle prise."
    with pytest.raises(WrongState):
        cancel_event(actor=on_paper.account("rep_own"), event=event, reason="Encore.", now=timezone.now())


@pytest.mark.parametrize("reason", ["", "   ", "a" * 601, "Rai\u202eson"])
def test_without_words_everybody_can_read_nothing_is_called_off(on_paper: World, reason: str) -> None:
    event = published(on_paper)
    with pytest.raises(DomainError) as refusal:
        cancel_event(actor=on_paper.account("cityed_own"), event=event, reason=reason, now=timezone.now())
    assert refusal.value.field == "reason"


def test_what_is_over_is_told_of_and_not_called_off(on_paper: World) -> None:
    event, now = past(on_paper), timezone.now()
    with pytest.raises(DomainError):
        cancel_event(actor=on_paper.account("cityed_own"), event=event, reason="Trop tard.", now=now)
    told = report_event(
        actor=on_paper.account("cityed_own"), event=event, report="Douze villes.", based_on=event.version, now=now
    )
    assert told.report == "Douze villes." and told.reported_at == now


def test_nothing_has_come_out_of_what_has_not_begun(on_paper: World) -> None:
    event = published(on_paper)
    with pytest.raises(DomainError) as refusal:
        report_event(
            actor=on_paper.account("cityed_own"),
            event=event,
            report="Douze villes.",
            based_on=event.version,
            now=timezone.now(),
        )
    assert refusal.value.field == "report"


def test_of_two_reports_at_once_the_second_is_shown_the_first(on_paper: World) -> None:
    event, now = past(on_paper), timezone.now()
    seen = event.version
    report_event(actor=on_paper.account("cityed_own"), event=event, report="Un.", based_on=seen, now=now)
    with pytest.raises(EventConflict) as conflict:
        report_event(actor=on_paper.account("rep_own"), event=event, report="Deux.", based_on=seen, now=now)
    assert conflict.value.theirs.report == "Un."


def test_organisers_take_it_back_and_it_is_nowhere_for_others(on_paper: World) -> None:
    event, now = published(on_paper), timezone.now()
    with pytest.raises(Refused):
        withdraw_event(actor=on_paper.account("rep_own"), event=event, now=now)
    withdraw_event(actor=on_paper.account("organiser"), event=event, now=now)
    assert event.state == "draft" and not Event.objects.public().exists()
    with pytest.raises(Hidden):
        cancel_event(actor=on_paper.account("registered"), event=event, reason="Non.", now=now)


def test_a_cancelled_one_taken_back_has_no_reason_left_and_is_published_anew(on_paper: World) -> None:
    event, now = published(on_paper), timezone.now()
    cancel_event(actor=on_paper.account("cityed_own"), event=event, reason="Salle prise.", now=now)
    withdraw_event(actor=on_paper.account("organiser"), event=event, now=now)
    assert event.cancel_reason == ""
    publish_event(actor=on_paper.account("cityed_own"), event=event, based_on=event.version, now=now)
    assert Told.objects.filter(kind="event.announced").count() == 2
    assert event.sequence == 4


def test_each_act_forgets_the_kept_pages(on_paper: World, client: Any) -> None:
    event = published(on_paper)
    assert "Atelier des comptages" in client.get("/fr/rendez-vous/").content.decode()
    withdraw_event(actor=on_paper.account("organiser"), event=event, now=timezone.now())
    assert "Atelier des comptages" not in client.get("/fr/rendez-vous/").content.decode()
