"""Putting right what was found: each button does one thing and loses no word."""

from hypothesis import given, strategies as st

from principles.imports import Board, Piece, faults_of

BOARD = Board(
    title="Charte",
    preamble="Nous.",
    pieces=(
        Piece("un", "Un", "1. Premier.\n2. Deuxième.\n\nParagraphe.\n\n### Suite\n\nFin."),
        Piece("deux", "Deux", "Texte deux."),
        Piece("trois", "Trois", "Texte trois."),
    ),
)


def texts(board: Board) -> list[str]:
    return [one.text for one in board.pieces]


def test_an_article_is_cut_at_a_paragraph_or_an_item_and_a_heading_there_becomes_the_title() -> None:
    assert texts(BOARD.cut(0, 1))[:2] == ["1. Premier.", "2. Deuxième.\n\nParagraphe.\n\n### Suite\n\nFin."]
    assert texts(BOARD.cut(0, 2))[0] == "1. Premier.\n2. Deuxième."
    titled = BOARD.cut(0, 3)
    assert (titled.pieces[1].title, titled.pieces[1].text, titled.pieces[1].key) == ("Suite", "Fin.", "suite")
    assert BOARD.cut(0, 1).pieces[1].key == "un-suite"


def test_two_articles_are_joined_the_title_of_the_second_kept_as_a_heading() -> None:
    joined = BOARD.joined(2)
    assert [one.key for one in joined.pieces] == ["un", "deux"]
    assert joined.pieces[1].text == "Texte deux.\n\n### Trois\n\nTexte trois."


def test_articles_go_up_go_away_go_to_the_preamble_and_come() -> None:
    assert [one.key for one in BOARD.raised(2).pieces] == ["un", "trois", "deux"]
    assert [one.key for one in BOARD.dropped(0).pieces] == ["deux", "trois"]
    assert BOARD.in_preamble(1).preamble == "Nous.\n\n### Deux\n\nTexte deux."
    assert [one.key for one in BOARD.added().pieces] == ["un", "deux", "trois", "article-4"]


def test_a_button_for_an_article_that_is_not_there_changes_nothing() -> None:
    for index in (-1, 3, 99):
        same = (BOARD.joined(index), BOARD.cut(index, 1), BOARD.raised(index), BOARD.dropped(index))
        assert {*same, BOARD.in_preamble(index)} == {BOARD}
    assert BOARD.joined(0) == BOARD.raised(0) == BOARD.cut(0, 0) == BOARD.cut(0, 9) == BOARD


def test_code_is_not_cut_in_the_middle() -> None:
    assert Piece("un", "Un", "```\na\n\nb\n```\n\nc").places == [14]


def test_what_keeps_an_article_out_of_a_charter_is_said() -> None:
    board = Board(
        pieces=(Piece("un", "", ""), Piece("un", "T" * 161, "x" * 20_001), Piece("É", "A", "y"), Piece("b", "a", "y"))
    )
    said = [" ".join(one) for one in faults_of(board)]
    assert "pas de titre" in said[0] and "pas de texte" in said[0] and "même clé" in said[0]
    assert "160" in said[1] and "20000" in said[1]
    assert "La clé" in said[2] and "même titre" in said[2] and "même texte" in said[3]
    assert faults_of(BOARD) == [()] * 3


LINES = st.lists(st.sampled_from(["1. mot", "2. mot", "- mot", "mot", "", "### mot", "```", "  - mot"]), max_size=9)


@given(LINES, st.integers(0, 5))
def test_cutting_keeps_every_word(lines: list[str], at: int) -> None:
    text = "\n".join(lines).strip()
    board = Board(pieces=(Piece("un", "Un", text),)).cut(0, at)
    said = " ".join(f"{one.title} {one.text}" for one in board.pieces)
    assert said.count("mot") == text.count("mot")
