import pytest
from hypothesis import given, settings, strategies as st

from principles.merge.units import UnitKind, split_units
from tests.principles.merge.documents import SNIPPETS

TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(SNIPPETS), max_size=30).map("".join))


def cut(text: str) -> list[tuple[str, str, str]]:
    return [(unit.kind.value, unit.before, unit.text) for unit in split_units(text)[:-1]]


@settings(deadline=None)
@given(TEXTS)
def test_the_units_of_any_text_joined_give_the_text_back_and_say_where_they_stand(text: str) -> None:
    units = split_units(text)
    assert "".join(unit.whole for unit in units) == text
    assert all(text[unit.start : unit.start + len(unit.text)] == unit.text for unit in units)
    assert units[-1].kind is UnitKind.END


@settings(deadline=None)
@given(TEXTS)
def test_blocks_are_counted_from_zero_and_each_is_opened_once(text: str) -> None:
    units = split_units(text)
    assert [unit.block for unit in units if unit.opens] == list(range(units[-1].block + 1))


def test_a_paragraph_is_cut_at_its_sentences_and_not_at_its_abbreviations() -> None:
    text = "L’art. 5 de M. Dupont, etc. Il dit « oui ». Et e.g. Rien… Mais non !"
    assert [words for _kind, _before, words in cut(text)] == [
        "L’art. 5 de M. Dupont, etc. Il dit « oui ».",
        "Et e.g. Rien…",
        "Mais non !",
    ]


def test_signs_and_markers_stand_before_the_words() -> None:
    assert cut("## Titre\n\n1. un\n   - deux\n> - trois\n") == [
        ("heading", "## ", "Titre"),
        ("sentence", "\n\n1. ", "un"),
        ("sentence", "\n   - ", "deux"),
        ("sentence", "\n> - ", "trois"),
    ]


def test_front_matter_and_link_definitions_are_lines_code_is_whole_and_tables_are_rows() -> None:
    text = "---\na: 1\n---\n\n```\nx. Y\n\nz\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n[l]: https://example.org\n"
    assert [kind for kind, _before, _text in cut(text)] == ["line"] * 3 + ["code"] + ["row"] * 3 + ["line"]


@pytest.mark.parametrize(
    ("text", "kind"), [("```\nsans fin", "code"), ("#", "sentence"), ("- ", "sentence"), ("a | b", "sentence")]
)
def test_what_is_not_quite_markdown_is_still_one_unit(text: str, kind: str) -> None:
    assert [found for found, _before, _text in cut(text)] == [kind]
