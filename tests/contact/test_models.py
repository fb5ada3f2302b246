"""What a message is called where others may read it."""

from tests.cases.conftest import World
from tests.contact.test_actions import sent


def test_neither_its_address_nor_its_label_says_who_wrote(world: World) -> None:
    message = sent(name="Awa Fall")
    assert str(message) == f"#{message.pk}" and str(message.public_id) in message.get_absolute_url()
