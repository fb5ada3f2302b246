"""When two organisations become one, no table may keep a line of the one that is no more."""

from coalition.core.merging import keys_to, registered_keys
from tests.house.tree import complain


def test_every_key_to_an_organisation_says_how_it_moves() -> None:
    missing = keys_to("members.Organisation") - registered_keys("members.Organisation")
    complain(sorted(missing), "call coalition.core.merging.register_move from the app's ready()")


def test_no_move_is_registered_for_a_key_that_is_gone() -> None:
    dead = registered_keys("members.Organisation") - keys_to("members.Organisation")
    complain(sorted(dead), "take it off")
