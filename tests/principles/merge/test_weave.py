"""The order in which what both did comes out."""

from tests.principles.merge.stories import outcome, told


def test_what_both_added_stands_once_when_one_of_them_added_more_beside_it() -> None:
    shared, more = "* un guichet\n* un bilan\n", "* un guichet\n* un bilan\n* une charte\n"
    result = outcome("* un guichet\n", shared, more)
    assert result.text == more
    assert ("inserted", "both", "\n* un bilan") in told(result)


def test_a_word_changed_inside_a_section_the_other_moved_follows_the_section() -> None:
    base = "# Un\n\nPremier texte long.\n\nSecond texte long.\n\n# Deux\n\nAutre texte ici. Encore un autre. Et la fin."
    moved = (
        "# Deux\n\nAutre texte ici. Encore un autre. Et la fin.\n\n# Un\n\nPremier texte long.\n\nSecond texte long."
    )
    result = outcome(base, moved, base.replace("Second texte", "Dernier texte"))
    assert result.text == moved.replace("Second texte", "Dernier texte")
    assert [one.author for one in result.operations if one.kind == "moved"] == ["proposed"]
