"""The page of an event: hours on its own clock and the reader's, its calendar file, what search engines read."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from coalition.pages.actions import cancel_event, edit_event, report_event
from members.models import Organisation, User
from tests.pages.events import draft, past, published, words
from tests.world import World


def _read(client: Any, event: Any, language: str = "fr") -> str:
    place = "rendez-vous" if language == "fr" else event.get_absolute_url().split("/")[2]
    answer = client.get(f"/{language}/{place}/{event.slug}/")
    assert answer.status_code == 200, answer.status_code
    text: str = answer.content.decode()
    return text


def _ld(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_everybody_reads_when_where_and_how_to_come_in_few_queries(
    on_paper: World, client: Any, django_assert_max_num_queries: Any
) -> None:
    event = published(
        on_paper,
        online_url="https://visio.example.org/a",
        spoken=["en", "fr"],
        access="De plain-pied, gratuit.",
        audience="Les agents des villes.",
        registration="Par courriel.",
        description="## Programme\n<script>alert(1)</script>\n[suite](javascript:alert(1))",
    )
    with django_assert_max_num_queries(10):
        page = _read(client, event)
    assert "heure de Dakar" in page and "français, anglais" in page and "De plain-pied, gratuit." in page
    assert "Ville Propre" in page and "Suivre" in page and "alert(1)</script>" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("role", ["anon", "registered", "cityed_other", "member_own"])
def test_a_draft_is_not_found_by_anybody_else(on_paper: World, client: Any, role: str) -> None:
    event = draft(on_paper)
    if role != "anon":
        client.force_login(on_paper.account(role))
    assert client.get(event.get_absolute_url()).status_code == 404
    assert client.get(f"/fr/rendez-vous/{event.slug}.ics").status_code == 404


def test_who_writes_it_reads_the_draft_as_such(on_paper: World, client: Any) -> None:
    event = draft(on_paper)
    client.force_login(on_paper.account("rep_own"))
    page = _read(client, event)
    assert "Un brouillon" in page and "Relire et publier" in page and "noindex" in page and "ld+json" not in page


def test_with_its_organisation_it_leaves_and_comes_back(on_paper: World, client: Any) -> None:
    event = published(on_paper)
    Organisation.objects.filter(pk=event.organisation_id).update(state="removed")
    assert client.get(event.get_absolute_url()).status_code == 404
    Organisation.objects.filter(pk=event.organisation_id).update(state="confirmed")
    assert client.get(event.get_absolute_url()).status_code == 200


def test_a_reader_elsewhere_is_told_the_hour_at_home_across_a_change_of_clocks(on_paper: World, client: Any) -> None:
    start = datetime(timezone.now().year + 1, 7, 14, 12, 0, tzinfo=UTC)
    event = published(on_paper, starts_at=start, ends_at=start + timedelta(hours=2))
    User.objects.filter(pk=on_paper.account("registered").pk).update(time_zone="Europe/Paris")
    client.force_login(on_paper.account("registered"))
    page = _read(client, event).replace("\u00a0", " ")
    assert "de 12 h 00 à 14 h 00 (heure de Dakar, UTC+0)" in page
    assert "de 14 h 00 à 16 h 00 (heure de Paris, UTC+2)" in page
    User.objects.filter(pk=on_paper.account("registered").pk).update(time_zone="Africa/Abidjan")
    assert "heure d’Abidjan" not in _read(client, event) and "Chez vous" not in _read(client, event)


def test_search_engines_read_where_it_is_and_that_it_is_cancelled(on_paper: World, client: Any) -> None:
    event = published(on_paper, online_url="https://visio.example.org/a", street="4 rue du Port")
    said = _ld(_read(client, event))
    assert said["@type"] == "Event" and said["eventStatus"].endswith("EventScheduled")
    assert said["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert said["location"][0]["address"]["streetAddress"] == "4 rue du Port"
    assert said["startDate"].endswith("+00:00")
    cancel_event(actor=on_paper.account("cityed_own"), event=event, reason="Salle prise.", now=timezone.now())
    page = _read(client, event)
    assert _ld(page)["eventStatus"].endswith("EventCancelled") and "Salle prise." in page


def test_its_file_keeps_its_name_when_it_moves_and_says_that_it_moved(on_paper: World, client: Any) -> None:
    event = published(on_paper, time_zone="Europe/Paris")
    address = f"/fr/rendez-vous/{event.slug}.ics"
    (before,) = Calendar.from_ical(client.get(address).content).walk("VEVENT")
    assert before["DTSTART"].params["TZID"] == "Europe/Paris" and before["STATUS"] == "CONFIRMED"
    assert before["DTEND"].dt == event.ends_at and "Dakar" in before["LOCATION"]
    edit_event(
        actor=on_paper.account("cityed_own"),
        event=event,
        words=words(begins=timedelta(days=20)),
        based_on=event.version,
        now=timezone.now(),
    )
    (after,) = Calendar.from_ical(client.get(address).content).walk("VEVENT")
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1


def test_past_says_what_came_out_of_it_or_asks(on_paper: World, client: Any) -> None:
    event = past(on_paper)
    assert "Rien n’est encore écrit." in _read(client, event)
    report_event(
        actor=on_paper.account("cityed_own"),
        event=event,
        report="Douze **villes**.",
        based_on=event.version,
        now=timezone.now(),
    )
    assert "Douze <strong>villes</strong>." in _read(client, event)


def test_the_english_page_says_which_language_the_words_are_in(on_paper: World, client: Any) -> None:
    event = published(on_paper)
    client.cookies["langue"] = "en"
    for prefix in ("events", "rendez-vous"):
        answer = client.get(f"/en/{prefix}/{event.slug}/")
        if answer.status_code == 200:
            assert '<div lang="fr"><h1>' in answer.content.decode()
            return
    pytest.fail("no English address")
