"""Writing an event: who may, what is refused with a sentence, and that nobody's words are lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from coalition.core.access import Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine, PageChange
from coalition.notifications.models import Event as Told
from coalition.pages.actions import EventConflict, cancel_event, create_event, edit_event
from coalition.pages.models import Event
from tests.pages.events import draft, past, published, words
from tests.world import World


def test_an_editor_writes_a_draft_for_their_organisation_and_the_log_says_so(on_paper: World) -> None:
    event = draft(on_paper)
    assert (event.state, event.version, event.sequence) == ("draft", 1, 0)
    assert event.author == on_paper.account("cityed_own")
    assert AuditLine.objects.filter(action="event.create", object_id=event.pk).exists()
    assert not Told.objects.filter(kind__startswith="event.").exists()


@pytest.mark.parametrize("role", ["registered", "member_own", "cityed_other"])
def test_nobody_else_writes_for_it(on_paper: World, role: str) -> None:
    with pytest.raises(Refused):
        draft(on_paper, role)


def test_only_organisers_write_for_a_coalition(on_paper: World) -> None:
    with pytest.raises(Refused):
        draft(on_paper, coalition=True)
    event = create_event(
        actor=on_paper.account("organiser"),
        organisation=None,
        coalition=on_paper.coalition,
        words=words(),
        now=timezone.now(),
    )
    assert event.organisation is None and event.holder == on_paper.coalition.name_fr


def test_somebody_holds_it(on_paper: World) -> None:
    with pytest.raises(DomainError) as refusal:
        create_event(
            actor=on_paper.account("organiser"), organisation=None, coalition=None, words=words(), now=timezone.now()
        )
    assert refusal.value.field == "organisation"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": "  "}, "title"),
        ({"summary": ""}, "summary"),
        ({"title": "a" * 141}, "title"),
        ({"title": "A\u202eB"}, "title"),
        ({"title": "A\x00B"}, "title"),
        ({"description": "ligne\nautre\u2066"}, "description"),
        ({"kind": "party"}, "kind"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
        ({"lasts": timedelta(hours=-1)}, "ends_time"),
        ({"lasts": timedelta(0)}, "ends_time"),
        ({"starts_at": datetime(9999, 12, 31, 23, tzinfo=UTC)}, "starts_on"),
        ({"city": "", "geoname_id": None}, "city"),
        ({"city": "", "venue": "", "geoname_id": None}, "city"),
        ({"country": ""}, "country"),
        ({"online_url": "javascript:alert(1)"}, "online_url"),
        ({"online_url": "http://visio.example.org"}, "online_url"),
        ({"registration_url": "data:text/html,x"}, "registration_url"),
    ],
    ids=str,
)
def test_what_does_not_hold_together_is_refused_beside_its_question(
    on_paper: World, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        draft(on_paper, **said)
    assert refusal.value.field == field and str(refusal.value.message)
    assert not Event.objects.exists()


def test_an_address_is_never_one_of_ours_and_is_there_for_a_title_without_letters(on_paper: World) -> None:
    assert draft(on_paper, title="Nouveau").slug == "nouveau-2"
    assert draft(on_paper, title="?!").slug == "rendez-vous"
    assert draft(on_paper, title="Élan à Lomé").slug == "elan-a-lome"


def test_the_address_stays_when_the_title_changes(on_paper: World) -> None:
    event = draft(on_paper)
    saved = edit_event(
        actor=on_paper.account("rep_own"), event=event, words=words(title="Autre"), based_on=1, now=timezone.now()
    )
    assert (saved.slug, saved.title, saved.version) == (event.slug, "Autre", 2)


def test_of_two_who_write_at_once_the_second_gets_both_texts_and_nothing_is_lost(on_paper: World) -> None:
    event, now = draft(on_paper), timezone.now()
    first = edit_event(
        actor=on_paper.account("cityed_own"), event=event, words=words(title="Premier"), based_on=1, now=now
    )
    with pytest.raises(EventConflict) as conflict:
        edit_event(actor=on_paper.account("rep_own"), event=event, words=words(title="Second"), based_on=1, now=now)
    assert conflict.value.theirs.title == "Premier"
    again = edit_event(
        actor=on_paper.account("rep_own"),
        event=event,
        words=words(title="Second"),
        based_on=conflict.value.theirs.version,
        now=now,
    )
    assert again.title == "Second" and again.version == first.version + 1


def test_a_new_date_or_place_of_a_public_one_raises_the_sequence_and_is_told_with_both(on_paper: World) -> None:
    event = published(on_paper)
    changes = PageChange.objects.count()
    moved = replace(words(), starts_at=event.starts_at + timedelta(days=1), ends_at=event.ends_at + timedelta(days=1))
    saved = edit_event(
        actor=on_paper.account("cityed_own"), event=event, words=moved, based_on=event.version, now=timezone.now()
    )
    assert saved.sequence == event.sequence + 1
    payload = Told.objects.get(kind="event.changed").payload
    assert payload["before"]["starts_at"] != payload["after"]["starts_at"]
    assert PageChange.objects.count() > changes


def test_another_sentence_or_a_place_found_in_the_gazetteer_tells_nobody(on_paper: World) -> None:
    event = published(on_paper)
    saved = edit_event(
        actor=on_paper.account("cityed_own"),
        event=event,
        words=words(summary="Une autre phrase.", geoname_id=None),
        based_on=event.version,
        now=timezone.now(),
    )
    assert saved.sequence == event.sequence
    assert not Told.objects.filter(kind="event.changed").exists()


def test_putting_the_date_of_a_past_one_right_tells_nobody(on_paper: World) -> None:
    event = past(on_paper)
    said = words(begins=timedelta(days=-3))
    edit_event(
        actor=on_paper.account("cityed_own"), event=event, words=said, based_on=event.version, now=timezone.now()
    )
    assert not Told.objects.filter(kind="event.changed").exists()


def test_a_cancelled_one_is_not_written_any_more(on_paper: World) -> None:
    event, now = published(on_paper), timezone.now()
    cancel_event(actor=on_paper.account("cityed_own"), event=event, reason="Salle prise.", now=now)
    with pytest.raises(WrongState):
        edit_event(actor=on_paper.account("cityed_own"), event=event, words=words(), based_on=event.version, now=now)
