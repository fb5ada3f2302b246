"""The queue."""

from coalition.contact.actions import close_message
from coalition.contact.models import Message
from tests.cases.conftest import NOW, World
from tests.contact.test_actions import sent


def test_what_waits_is_apart_from_what_was_settled(world: World) -> None:
    first, second = sent(), sent()
    close_message(actor=world.organiser, message=first, motive="Vu.", now=NOW)
    assert list(Message.objects.waiting()) == [second] and list(Message.objects.settled()) == [Message(pk=first.pk)]
