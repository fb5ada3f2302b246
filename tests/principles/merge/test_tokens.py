from hypothesis import given, strategies as st

from principles.merge.tokens import TokenKind, count_words, ends_sentence, tokenize


@given(st.text())
def test_the_tokens_of_any_text_joined_give_the_text_back(text: str) -> None:
    assert "".join(token.text for token in tokenize(text)) == text


def test_an_elided_article_stands_apart_from_its_noun() -> None:
    assert [token.text for token in tokenize("l’opérateur d'État")] == ["l’", "opérateur", " ", "d'", "État"]


def test_a_compound_word_and_a_web_address_are_one_word_each() -> None:
    words = [token.text for token in tokenize("porte-voix https://example.org/a?b=1.") if token.kind is TokenKind.WORD]
    assert words == ["porte-voix", "https://example.org/a?b=1."]


def test_a_blank_line_is_a_block_and_a_simple_one_a_line() -> None:
    kinds = [token.kind for token in tokenize("un\n\n  deux\ntrois")]
    assert kinds == [TokenKind.WORD, TokenKind.BLOCK, TokenKind.WORD, TokenKind.LINE, TokenKind.WORD]


def test_words_are_counted_without_spaces_or_marks() -> None:
    assert count_words(tokenize("Un, deux ; **trois** !")) == 3


def test_a_full_stop_and_a_paragraph_break_end_a_sentence() -> None:
    stop, space, block = tokenize("."), tokenize(" "), tokenize("\n\n")
    assert ends_sentence(stop[0])
    assert ends_sentence(block[0])
    assert not ends_sentence(space[0])
