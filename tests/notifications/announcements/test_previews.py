import pytest

from coalition.notifications.announcements.actions import write_announcement
from coalition.notifications.announcements.previews import preview_mail
from coalition.notifications.models import Delivery, Event
from tests.notifications.announcements.letter import letter, make_organiser
from tests.notifications.board import Board
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db


def test_the_mail_is_shown_in_each_language_and_nothing_is_written(board: Board) -> None:
    draft = write_announcement(actor=make_organiser(), letter=letter(text_fr="<b>Venez</b>"), now=NOW)
    french, english = preview_mail(draft, "fr"), preview_mail(draft, "en")
    assert (french.subject, english.subject) == ("Réunion de mars", "March meeting")
    assert "Come to Dakar." in english.text and "Come to Dakar." in english.html
    assert "<b>Venez" not in french.html and "&lt;b&gt;Venez" in french.html
    assert not Event.objects.exists() and not Delivery.objects.exists()
