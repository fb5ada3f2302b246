"""What an address asks of the list of events: only what can be, in an address that says it again."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from coalition.pages.search import EventSelection, find_events, read_event_selection, read_in_order
from tests.pages.events import past, published
from tests.world import World


@pytest.mark.parametrize(
    "asked",
    [
        "kind=party",
        "when=now",
        "where=there",
        "coalition=²",
        "coalition=99999999999",
        "city=" + "a" * 121,
        "city=",
        "q=x",
    ],
)
def test_what_cannot_be_is_left_out(asked: str) -> None:
    assert read_event_selection(QueryDict(asked)) == EventSelection()


def test_an_address_says_what_it_was_asked_and_each_value_once() -> None:
    selection = read_event_selection(QueryDict("kind=forum&kind=forum&city=Dakar&when=past"))
    assert selection.query() == "?when=past&kind=forum&city=Dakar"
    assert selection.without("kind").query() == "?when=past&city=Dakar"
    assert selection.without("city", "Rennes") == selection


def test_counts_are_what_each_value_would_give_beside_the_other_facets(on_paper: World) -> None:
    published(on_paper, kind="forum")
    published(on_paper, kind="workshop", begins=timedelta(days=3))
    gone = past(on_paper, kind="forum")
    found = find_events(EventSelection(kind=("forum",)), timezone.now())
    assert found.total == 3 and found.keys[-1] == gone.pk and len(found.keys) == 2
    assert found.facets["kind"] == {"forum": 2, "workshop": 1}
    assert found.facets["when"] == {"coming": 1, "past": 1}
    assert [event.pk for event in read_in_order(found.keys)] == found.keys
