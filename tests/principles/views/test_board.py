"""What a form of articles sends, whatever it sends."""

from django.http import QueryDict
from hypothesis import given, strategies as st

from principles.models import CharterText
from principles.views.board import acted, as_text, missing_legs, read_board, read_both, rows_of, with_leg


def sent(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({name.replace("__", "-"): value for name, value in values.items()})
    return data


BOARD = read_board(sent(total="2", title="T", key__0="a", title__0="A", text__0="x\r\ny", key__1="b", title__1="B"))


def test_a_board_becomes_a_text_of_one_language_and_the_other_joins_it_in_order() -> None:
    text = as_text(BOARD, "fr")
    assert [(one.key, one.title_fr, one.text_fr, one.text_en) for one in text.articles] == [
        ("a", "A", "x\ny", ""),
        ("b", "B", "", ""),
    ]
    whole = with_leg(text, BOARD, "en")
    assert whole is not None and whole.articles[0].text_en == "x\ny" and whole.title_en == "T"
    assert with_leg(text, BOARD.dropped(0), "en") is None
    assert len(missing_legs(text)) == 3 and len(missing_legs(whole)) == 2


def test_a_form_in_both_languages_moves_drops_and_adds_articles() -> None:
    data = sent(total="2", title_fr="T", key__0="a", key__1="b")
    assert [one.key for one in read_both(data).articles] == ["a", "b"]
    for button, keys in (
        ("up-1", ["b", "a"]),
        ("drop-0", ["b"]),
        ("add", ["a", "b", "article-3"]),
        ("up-9", ["a", "b"]),
    ):
        data["do"] = button
        assert [one.key for one in read_both(data).articles] == keys


@given(
    st.text(max_size=6),
    st.sampled_from(["join-0", "cut-1", "up--1", "drop-99999999", "add", "-", "", "cut-é", "preamble-0"]),
)
def test_whatever_is_sent_a_board_comes_back(total: str, button: str) -> None:
    board = acted(read_board(sent(total=total, do=button, at__0="9", text__0="# x\n\ny")), sent(do=button, at__0="9"))
    assert len(rows_of(board)) == len(board.pieces) <= 151
    assert isinstance(read_both(sent(total=total, do=button)), CharterText)
