"""Tables and references, which no edit alone can see broken."""

from tests.principles.merge.stories import outcome, reasons


def test_two_cells_of_one_row_are_one_sentence_and_two_rows_are_two() -> None:
    base = "| qui | quoi |\n|---|---|\n| maire | décide |\n| ville | publie |"
    result = outcome(base, base.replace("décide", "propose"), base.replace("publie", "ouvre"))
    assert result.text == base.replace("décide", "propose").replace("publie", "ouvre")
    assert reasons(outcome(base, base.replace("maire", "élu"), base.replace("décide", "propose")))


def test_a_column_added_by_one_and_a_row_by_the_other_are_a_conflict_of_the_table() -> None:
    base = "| qui | quoi |\n|---|---|\n| maire | décide |"
    wider = "| qui | quoi | quand |\n|---|---|---|\n| maire | décide | mars |"
    assert reasons(outcome(base, wider, base + "\n| ville | publie |")) == ["table columns"]


def test_columns_swapped_by_one_and_a_row_added_by_the_other_are_a_conflict_of_the_table() -> None:
    base = "| qui | quoi |\n|---|---|\n| maire | décide |"
    swapped = "| quoi | qui |\n|---|---|\n| décide | maire |"
    assert reasons(outcome(base, swapped, base + "\n| ville | publie |")) == ["table columns"]


def test_two_footnotes_given_the_same_number_are_a_conflict() -> None:
    base = "Un texte[^1].\n\nUn autre.\n\n[^1]: Source une"
    proposed = "Un texte[^1].\n\nUn autre[^2].\n\n[^1]: Source une\n[^2]: Rapport de la ville"
    current = "Un texte[^1] de base[^2].\n\nUn autre.\n\n[^2]: Enquête nationale sur les usages\n[^1]: Source une"
    assert outcome(base, proposed, current).text is None


def test_a_new_reference_to_a_footnote_the_other_renumbered_is_a_conflict() -> None:
    base = "Un texte[^1].\n\nUn autre.\n\nEncore un.\n\n[^1]: Source une"
    proposed = base.replace("Un autre.", "Un autre[^1].")
    current = "Un texte[^2].\n\nUn autre.\n\nEncore un[^1].\n\n[^1]: Enquête nationale\n[^2]: Source une"
    assert "references" in reasons(outcome(base, proposed, current))
