"""The list: to come first, then past; filters with counts; table, calendar; in as many queries at any size."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from coalition.pages.actions import cancel_event, create_event, publish_event
from coalition.pages.models import Event
from tests.pages.events import draft, past, published, words
from tests.world import World

LIST = "/fr/rendez-vous/"


def _page(client: Any, query: str = "") -> str:
    answer = client.get(LIST + query)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_without_events_the_page_says_what_will_be_here_and_what_to_do(on_paper: World, client: Any) -> None:
    page = _page(client)
    assert "Les rendez-vous paraîtront ici" in page and "Écrire un rendez-vous" in page


def test_the_nearest_comes_first_then_the_past_and_drafts_are_nowhere(on_paper: World, client: Any) -> None:
    published(on_paper, title="Dans neuf jours", begins=timedelta(days=9))
    published(on_paper, title="Dans trois jours", begins=timedelta(days=3))
    past(on_paper, title="Avant-hier")
    draft(on_paper, title="Pas encore")
    page = _page(client)
    places = [page.index(title) for title in ("Dans trois jours", "Dans neuf jours", "Avant-hier")]
    assert places == sorted(places)
    assert "3 rendez-vous sur 3" in page and "Pas encore" not in page


def test_each_filter_narrows_and_says_what_the_others_would_give(on_paper: World, client: Any) -> None:
    published(on_paper, title="À Dakar")
    online = {"city": "", "venue": "", "country": "", "geoname_id": None}
    published(on_paper, title="Chacun chez soi", kind="webinar", online_url="https://visio.example.org/a", **online)
    past(on_paper, title="Hier à Rennes", city="Rennes", country="FR", geoname_id=2983990, kind="meeting")
    for query, there, absent in (
        ("?where=online", "Chacun chez soi", "À Dakar"),
        ("?where=place&when=coming", "À Dakar", "Chacun chez soi"),
        ("?kind=webinar", "Chacun chez soi", "Hier à Rennes"),
        ("?kind=webinar&kind=meeting", "Hier à Rennes", "À Dakar"),
        ("?country=SN", "À Dakar", "Hier à Rennes"),
        ("?city=Rennes", "Hier à Rennes", "À Dakar"),
        ("?when=past", "Hier à Rennes", "Chacun chez soi"),
    ):
        page = _page(client, query)
        assert f">{there}</a>" in page and f">{absent}</a>" not in page, query
    assert "Aucun rendez-vous ne répond" in _page(client, "?kind=forum")


def test_those_of_a_coalition_alone(on_paper: World, client: Any) -> None:
    organiser = on_paper.account("organiser")
    event = create_event(
        actor=organiser, organisation=None, coalition=on_paper.coalition, words=words(title="Tous"), now=timezone.now()
    )
    publish_event(actor=organiser, event=event, based_on=1, now=timezone.now())
    published(on_paper, title="Chez nous")
    page = _page(client, f"?coalition={on_paper.coalition.number}")
    assert ">Tous</a>" in page and ">Chez nous</a>" not in page


@pytest.mark.parametrize(
    "query",
    [
        "?kind=%00",
        "?kind=party",
        "?coalition=x",
        "?coalition=²",
        "?page=-1",
        "?page=zz",
        "?city=" + "a" * 500,
        "?when=",
    ],
)
def test_an_address_nobody_made_is_still_answered(on_paper: World, client: Any, query: str) -> None:
    published(on_paper)
    assert client.get(LIST + query).status_code in (200, 400)
    assert client.get("/fr/rendez-vous/rendez-vous.ics" + query).status_code in (200, 400)


def _many(world: World, count: int) -> None:
    for number in range(count):
        published(world, title=f"Atelier {number}", begins=timedelta(days=number + 1))


def test_the_list_costs_as_many_queries_for_two_as_for_thirty(
    on_paper: World, client: Any, django_assert_max_num_queries: Any
) -> None:
    _many(on_paper, 2)
    client.get(LIST)
    with django_assert_max_num_queries(10) as few:
        client.get(LIST + "?when=coming")
    _many(on_paper, 28)
    client.get(LIST)
    with django_assert_max_num_queries(10) as many:
        page = client.get(LIST + "?when=coming").content.decode()
    assert len(few) == len(many)
    assert "30 rendez-vous sur 30" in page and 'aria-current="page"' in page
    assert "Atelier 27" in client.get(LIST + "?page=2").content.decode()


def test_the_table_holds_what_the_filters_hold_and_nothing_that_computes(on_paper: World, client: Any) -> None:
    published(on_paper, title="=2+2", kind="forum")
    published(on_paper, title="Autre")
    text = client.get("/fr/rendez-vous/rendez-vous.csv?kind=forum").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["title"] for row in rows] == ["'=2+2"]
    assert rows[0]["country"] == "SN" and rows[0]["url"].endswith("/fr/rendez-vous/22/")


def test_programs_subscribe_to_what_they_filtered_and_a_cancelled_one_says_so(on_paper: World, client: Any) -> None:
    event = published(on_paper)
    published(on_paper, title="Salon", kind="forum")
    cancel_event(actor=on_paper.account("cityed_own"), event=event, reason="Salle prise.", now=timezone.now())
    answer = client.get("/fr/rendez-vous/rendez-vous.ics?kind=workshop")
    assert answer["Content-Type"].startswith("text/calendar")
    (entry,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert entry["STATUS"] == "CANCELLED" and int(entry["SEQUENCE"]) == 2
    assert str(entry["UID"]).startswith(f"event.{event.pk}@")
    assert entry["DTSTART"].dt == Event.objects.get(pk=event.pk).starts_at
    assert client.get("/fr/rendez-vous/rendez-vous.ics?kind=workshop", headers={"if-none-match": answer["ETag"]})
