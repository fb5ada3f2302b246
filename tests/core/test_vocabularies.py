"""Lists of words an app shares with others."""

import pytest

from coalition.core.vocabularies import Word, forget_vocabulary, is_key, register_vocabulary, vocabulary


def test_words_come_in_their_order_and_a_list_has_one_keeper() -> None:
    def source() -> list[Word]:
        return [Word("b", "Bé"), Word("a", "Ah", offered=False)]

    try:
        register_vocabulary("test", source)
        register_vocabulary("test", source)
        assert list(vocabulary("test")) == ["b", "a"]
        assert not vocabulary("test")["a"].offered
        with pytest.raises(ValueError, match="two sources"):
            register_vocabulary("test", list)
    finally:
        forget_vocabulary("test")
    assert vocabulary("test") == {}


def test_a_key_is_made_of_plain_signs() -> None:
    assert is_key("open_data-2")
    assert not is_key("Données")
    assert not is_key("")
