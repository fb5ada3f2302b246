import pytest

from coalition.core.following import readable_target
from coalition.notifications.enums import Rhythm
from coalition.notifications.models import Choice, Delivery, Follow, Notice
from coalition.notifications.telling import lines_of
from tests.notifications.announcements.letter import follow_board, leave, make_organiser, proposed
from tests.notifications.board import Board, make_reader
from tests.notifications.keeping import send_due

pytestmark = pytest.mark.django_db


def _leaves(board: Board, **reader: str) -> Delivery:
    follow_board([make_reader(**reader)])
    leave(proposed(make_organiser()), make_organiser("Omar"))
    return Delivery.objects.get()


def test_each_reads_it_in_their_language_with_a_way_to_hear_no_other(board: Board) -> None:
    awa = _leaves(board, language="en").account
    assert awa is not None
    states, (message,) = send_due()
    assert states == ["sent"]
    assert message.subject == "March meeting"
    assert "Come to Dakar." in str(message.body) and "/fr/panneau/1/" in str(message.body)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/en/mail/" in message.extra_headers["List-Unsubscribe"]


def test_what_is_hidden_when_it_should_leave_does_not_leave(board: Board) -> None:
    _leaves(board)
    board.hidden.add("1")
    assert send_due() == (["suppressed"], [])


def test_whoever_left_meanwhile_is_not_written_to(board: Board) -> None:
    _leaves(board)
    Follow.objects.all().delete()
    assert send_due() == (["suppressed"], [])


def test_on_the_site_only_those_told_find_it_while_they_may_read_what_it_is_about(board: Board) -> None:
    awa, bintou, olga = make_reader(), make_reader("Bintou"), make_organiser()
    Choice.objects.create(account=awa, category="announcement", rhythm=Rhythm.APP)
    follow_board([awa])
    one = proposed(olga)
    key = ("announcement", str(one.pk))
    assert readable_target(olga, *key) is None
    leave(one, make_organiser("Omar"))
    target = readable_target(awa, *key)
    assert target is not None and target.title == "Réunion de mars" and not target.followable
    assert readable_target(bintou, *key) is None and readable_target(None, *key) is None
    assert readable_target(olga, *key) is not None
    assert [line.target.url for line in lines_of(awa, Notice.objects.all())] == [one.get_absolute_url()]
    board.hidden.add("1")
    assert readable_target(awa, *key) is None
