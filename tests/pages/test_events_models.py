"""What the table of events refuses, whoever writes into it; what an event says of itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from coalition.pages.models import Event, event_line, next_events
from tests.pages.events import draft, past, published
from tests.world import World


@pytest.mark.parametrize(
    "columns",
    [
        {"ends_at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"city": "", "online_url": ""},
        {"organisation": None, "coalition": None},
        {"state": "past"},
        {"kind": "party"},
        {"state": "published", "published_at": None},
        {"state": "cancelled"},
        {"cancel_reason": "Pluie."},
        {"online_url": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_the_table_refuses_what_cannot_be(on_paper: World, columns: dict[str, Any]) -> None:
    event = draft(on_paper)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(**columns)


def test_two_events_never_share_an_address(on_paper: World) -> None:
    first, second = draft(on_paper), draft(on_paper)
    assert (first.slug, second.slug) == ("atelier-des-comptages", "atelier-des-comptages-2")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=second.pk).update(slug=first.slug)


def test_past_follows_from_the_dates_and_not_from_a_state(on_paper: World) -> None:
    now, event = timezone.now(), published(on_paper)
    assert not event.is_past(now)
    assert event.is_past(now + timedelta(days=11))
    assert event.state == "published"


def test_a_line_tells_the_hour_of_the_place_in_the_readers_language(on_paper: World) -> None:
    event = published(on_paper, online_url="https://visio.example.org/a")
    with override("fr"):
        line = event_line(event, timezone.now())
        assert "heure de Dakar, UTC+0" in line["when"] and event.where_words == "Dakar, Sénégal · En ligne"
        assert line["lang"] == ""
    with override("en"):
        assert event_line(event, timezone.now())["lang"] == "fr"
    assert event.address_words.startswith("Maison des associations, Dakar")


def test_the_next_three_to_come_are_shown_and_nothing_past_cancelled_or_unpublished(
    on_paper: World, django_assert_num_queries: Any
) -> None:
    past(on_paper)
    draft(on_paper)
    for day in (9, 3, 6, 12):
        published(on_paper, begins=timedelta(days=day))
    with django_assert_num_queries(1):
        lines = next_events(timezone.now())
    days = [(line["event"].starts_at - timezone.now()).days for line in lines]
    assert len(lines) == 3 and days == sorted(days) and max(days) < 10
