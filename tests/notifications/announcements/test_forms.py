import pytest

from coalition.notifications.announcements.actions import write_announcement
from coalition.notifications.announcements.forms import AnnouncementForm, words_of
from tests.notifications.announcements.letter import WORDS, follow_board, letter, make_organiser
from tests.notifications.board import KIND, Board, make_reader
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db


def test_what_is_chosen_becomes_the_target_of_the_letter(board: Board) -> None:
    follow_board([make_reader()])
    form = AnnouncementForm({**WORDS, "target": f"{KIND}/1"}, account=make_organiser())
    assert form.is_valid() and form.letter() == letter()


def test_representatives_are_no_target(board: Board) -> None:
    form = AnnouncementForm({**WORDS, "target": "representatives"}, account=make_organiser())
    assert form.is_valid() and form.letter().target is None


def test_what_nobody_follows_is_not_on_offer(board: Board) -> None:
    assert not AnnouncementForm({**WORDS, "target": f"{KIND}/1"}, account=make_organiser()).is_valid()


def test_the_form_shows_a_draft_as_it_was_written(board: Board) -> None:
    draft = write_announcement(actor=make_organiser(), letter=letter(), now=NOW)
    assert words_of(draft) == {**WORDS, "target": f"{KIND}/1"}
