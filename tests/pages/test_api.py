"""What programs read of events: public ones, whole, under the filters of the page, in as many queries at any size."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from coalition.pages.actions import cancel_event
from tests.pages.events import draft, published
from tests.world import World


def test_the_list_holds_public_ones_and_the_filters_narrow_it(on_paper: World, client: Any) -> None:
    published(on_paper, title="Atelier")
    published(on_paper, title="Salon", kind="forum")
    draft(on_paper, title="Brouillon")
    assert client.get("/api/v1/events/").json()["count"] == 2
    (one,) = client.get("/api/v1/events/?kind=forum").json()["results"]
    assert (one["title"], one["state"], one["country"]) == ("Salon", "published", "SN")
    assert one["organisation"] == on_paper.organisations["own"].slug and one["coalition"] is None
    assert "author" not in one


def test_one_event_and_no_draft(on_paper: World, client: Any) -> None:
    event, hidden = published(on_paper), draft(on_paper)
    cancel_event(actor=on_paper.account("cityed_own"), event=event, reason="Salle prise.", now=timezone.now())
    said = client.get(f"/api/v1/events/{event.slug}/").json()
    assert (said["state"], said["cancel_reason"], said["sequence"]) == ("cancelled", "Salle prise.", 2)
    assert client.get(f"/api/v1/events/{hidden.slug}/").status_code == 404
    assert client.post(f"/api/v1/events/{event.slug}/").status_code == 405


def test_the_root_leads_there(on_paper: World, client: Any) -> None:
    assert client.get("/api/v1/").json()["events"].endswith("/api/v1/events/")


def test_it_costs_as_much_for_two_as_for_twenty(on_paper: World, client: Any, django_assert_num_queries: Any) -> None:
    for number in range(2):
        published(on_paper, title=f"Un {number}", begins=timedelta(days=number + 1))
    with django_assert_num_queries(2):
        client.get("/api/v1/events/")
    for number in range(18):
        published(on_paper, title=f"Deux {number}", begins=timedelta(days=number + 1))
    with django_assert_num_queries(2):
        assert client.get("/api/v1/events/").json()["count"] == 20
