"""What the word of a mail would stop."""

import pytest

from coalition.notifications.heading.words import Leave, Way
from coalition.notifications.leaving.reading import categories_of, followed_by, leaver
from coalition.notifications.models import Event
from tests.notifications.board import KIND, Board, make_reader
from tests.notifications.posted import post

pytestmark = pytest.mark.django_db


def test_a_word_names_what_it_stops_and_nothing_for_another_way(posted: Board) -> None:
    awa, event = make_reader(), post("a", about=("1", "2"))
    followed = Leave(awa.pk, Way.FOLLOWED, str(event.pk))
    assert leaver(followed) == awa
    assert followed_by(followed) == [(KIND, "1"), (KIND, "2")]
    assert categories_of(followed, awa) == []
    assert followed_by(Leave(awa.pk, Way.CATEGORY, str(event.pk))) == []


def test_an_event_of_a_kind_nobody_registers_any_more_names_nothing(posted: Board) -> None:
    event = post("a")
    Event.objects.filter(pk=event.pk).update(kind="no.such.kind")
    assert followed_by(Leave(1, Way.FOLLOWED, str(event.pk))) == []
