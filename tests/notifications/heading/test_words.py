"""The word that stops mail."""

import pytest

from coalition.notifications.heading.words import Leave, Way, read_leave, sign_leave


@pytest.mark.parametrize("leave", [Leave(7, Way.CATEGORY, "own_case"), Leave(1, Way.FOLLOWED, "12345")])
def test_a_word_says_again_what_was_signed(leave: Leave) -> None:
    word = sign_leave(leave)
    assert read_leave(word) == leave
    assert "/" not in word


def test_any_other_word_says_nothing() -> None:
    word = sign_leave(Leave(7, Way.CATEGORY, "charter"))
    for other in ("", "x", word.replace("7-", "8-", 1), word[:-1]):
        assert read_leave(other) is None
