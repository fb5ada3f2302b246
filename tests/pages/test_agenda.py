"""Events in calendars: everybody's holds what is public, one's own what one follows."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from icalendar import Calendar

from coalition.notifications.agenda.actions import make_agenda_address
from coalition.notifications.agenda.addresses import agenda_word
from coalition.pages.actions import cancel_event
from coalition.pages.models import Event
from coalition.pages.views.agenda import personal_deadlines, public_deadlines
from tests.pages.events import draft, follows, past, published
from tests.world import World


def _events(content: bytes) -> dict[str, Any]:
    found = Calendar.from_ical(content).walk("VEVENT")
    return {str(one["SUMMARY"]): one for one in found if str(one["UID"]).startswith("event.")}


def test_the_public_calendar_holds_published_and_cancelled_ones_and_no_draft(on_paper: World, client: Any) -> None:
    published(on_paper, title="Atelier", time_zone="Africa/Tunis")
    gone = published(on_paper, title="Salon")
    draft(on_paper, title="Brouillon")
    cancel_event(actor=on_paper.account("cityed_own"), event=gone, reason="Salle prise.", now=timezone.now())
    found = _events(client.get("/fr/agenda.ics").content)
    assert set(found) == {"Atelier", "Annulé\u00a0: Salon"}
    assert found["Atelier"]["STATUS"] == "CONFIRMED" and found["Atelier"]["DTSTART"].params["TZID"] == "Africa/Tunis"
    assert found["Annulé\u00a0: Salon"]["STATUS"] == "CANCELLED"
    assert "Salle prise." in str(found["Annulé\u00a0: Salon"]["DESCRIPTION"])


def test_ones_own_calendar_holds_what_one_follows_and_did_not_silence(on_paper: World, client: Any) -> None:
    mine, other, silent = (published(on_paper, title=title) for title in ("Suivi", "Autre", "Silencieux"))
    account = on_paper.account("registered")
    follows(on_paper, "registered", mine)
    follows(on_paper, "registered", silent, muted=True)
    word = agenda_word(make_agenda_address(actor=account, now=timezone.now()))
    assert set(_events(client.get(f"/fr/agenda/{word}.ics").content)) == {"Suivi"}
    assert other.slug not in {one.url.split("/")[-2] for one in personal_deadlines(account, timezone.now())}


def test_what_was_over_more_than_a_year_ago_leaves_calendars(on_paper: World) -> None:
    event = past(on_paper)
    assert [one.key for one in public_deadlines(timezone.now())] == [f"event.{event.pk}"]
    Event.objects.filter(pk=event.pk).update(
        starts_at=timezone.now() - timedelta(days=400), ends_at=timezone.now() - timedelta(days=399)
    )
    assert not list(public_deadlines(timezone.now()))
