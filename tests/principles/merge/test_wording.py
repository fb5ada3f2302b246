"""Two changes inside one sentence, or before it."""

import pytest

from principles.merge.units import split_units
from principles.merge.wording import list_number, merge_lead, with_number
from tests.principles.merge.stories import ARTICLE, outcome, reasons, told


def test_two_wordings_of_one_sentence_are_a_conflict_of_that_sentence_alone_with_its_place_in_each_text() -> None:
    result = outcome(ARTICLE, ARTICLE.replace("chaque mois", "chaque jour"), ARTICLE.replace("chaque mois", "en mars"))
    assert result.text is None
    (conflict,) = result.conflicts
    assert (conflict.reason, conflict.block) == ("same sentence", 0)
    assert conflict.base.strip() == "La ville les publie chaque mois."
    assert conflict.proposed.strip() == "La ville les publie chaque jour."
    assert conflict.current.strip() == "La ville les publie en mars."
    assert ARTICLE[slice(*conflict.base_span)] == conflict.base


def test_the_same_word_corrected_by_both_is_corrected_once() -> None:
    result = outcome("Un bilant public.", "Un bilan public.", "Un bilan public.\n\nEt annuel.")
    assert result.text == "Un bilan public.\n\nEt annuel."
    assert ("inserted", "both", "bilan") in told(result)


def test_two_changes_far_apart_in_one_long_sentence_stand_together() -> None:
    base = "La ville ouvre ses données de transport à tous les habitants du territoire sans condition ni frais."
    result = outcome(base, base.replace("ouvre", "publie"), base.replace("frais", "délai"))
    assert result.text == base.replace("ouvre", "publie").replace("frais", "délai")


def test_two_changes_five_words_apart_in_one_sentence_are_a_conflict() -> None:
    base = "La ville ouvre ses données de transport aux habitants."
    assert reasons(outcome(base, base.replace("ouvre", "publie"), base.replace("habitants", "usagers"))) == [
        "same sentence"
    ]


def test_two_figures_of_one_sentence_changed_by_two_people_are_a_conflict_however_far_apart() -> None:
    base = "Au moins 30 pour cent des services de la ville et de ses partenaires sont ouverts 5 jours par semaine."
    assert reasons(outcome(base, base.replace("30", "40"), base.replace("5", "6"))) == ["same sentence"]


def test_a_figure_changed_on_each_side_is_never_blended() -> None:
    assert reasons(outcome("Le seuil est 1.5 point.", "Le seuil est 1.7 point.", "Le seuil est 2.5 point.")) == [
        "same sentence"
    ]


def test_a_heading_raised_by_one_and_reworded_by_the_other_is_both() -> None:
    result = outcome("### Données\n\nTexte.", "## Données\n\nTexte.", "### Données ouvertes\n\nTexte.")
    assert result.text == "## Données ouvertes\n\nTexte."


def test_a_paragraph_laid_out_anew_takes_the_word_changed_by_the_other() -> None:
    base = "La ville publie ses données\net rend un bilan\naux habitants."
    result = outcome(base, base.replace("\n", " "), base.replace("publie", "ouvre"))
    assert result.text == "La ville ouvre ses données et rend un bilan aux habitants."


def test_blank_lines_counted_differently_by_the_two_sides_are_settled_and_said() -> None:
    result = outcome("Un.\n\n\n\nDeux.", "Un.\n\nDeux.", "Un.\n\n\nDeux.")
    assert result.text == "Un.\n\nDeux."
    assert [kind for kind, _author, _text in told(result)] == ["settled"]


def test_two_changes_in_one_code_block_are_a_conflict_and_beside_it_none() -> None:
    base = "Avant.\n\n```\na = 1\nb = 2\n```\n\nAprès."
    assert reasons(outcome(base, base.replace("a = 1", "a = 3"), base.replace("b = 2", "b = 4"))) == ["same sentence"]
    result = outcome(base, base.replace("a = 1", "a = 3"), base.replace("Après", "Ensuite"))
    assert result.text == base.replace("a = 1", "a = 3").replace("Après", "Ensuite")


@pytest.mark.parametrize(
    ("base", "proposed", "current", "merged"),
    [
        ("\n* x", "\n\n* x", "\n* x", "\n\n* "),
        ("\n  * x", "\n\n* x", "\n\n  * x", "\n\n* "),
        ("\n* x", "\n\n* x", "\n\n\n* x", "\n\n* "),
        ("\n2. x", "\n3. x", "\n4. x", "\n3. "),
        ("\n* x", "\n- x", "\n+ x", None),
        ("\n## x", "\n# x", "\n\n## x", None),
    ],
)
def test_what_stands_before_a_block_is_told_or_asked(
    base: str, proposed: str, current: str, merged: str | None
) -> None:
    units = [split_units(f"Avant.\n{text}")[1] for text in (base, proposed, current)]
    lead = merge_lead(units[0], units[1], units[2]).text
    assert lead == (None if merged is None else "\n" + merged)


def test_the_number_of_an_item_is_read_and_written_where_it_stands() -> None:
    assert list_number("\n\n   12) ") == 12
    assert with_number("\n\n   12) ", 3) == "\n\n   3) "
    assert list_number("\n* ") is None
