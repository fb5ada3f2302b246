import time

from hypothesis import given, strategies as st

from coalition.core.worddiff import MOST_TOKENS, diff_words

TEXTS = st.text(alphabet="ab é.\n", max_size=60)


def joined(operations: list[tuple[str, str]], *kinds: str) -> str:
    return "".join(text for kind, text in operations if kind in kinds)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    operations = diff_words(before, after)
    assert joined(operations, "equal", "delete") == before
    assert joined(operations, "equal", "insert") == after
    assert all(text for _kind, text in operations)


def test_only_the_words_that_changed_are_shown_as_changed() -> None:
    assert diff_words("Nous avons posé deux bornes.", "Nous avons posé trois bornes.") == [
        ("equal", "Nous avons posé "),
        ("delete", "deux"),
        ("insert", "trois"),
        ("equal", " bornes."),
    ]


def test_a_huge_rewriting_is_shown_whole_and_soon() -> None:
    start = time.perf_counter()
    operations = diff_words("mot " * MOST_TOKENS, "word " * MOST_TOKENS)
    assert [kind for kind, _text in operations] == ["delete", "insert"]
    assert time.perf_counter() - start < 1
