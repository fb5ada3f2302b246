"""What the merge does with what people do to a charter."""

import pytest

from tests.principles.merge.stories import ARTICLE, outcome, told


def test_two_people_who_changed_two_neighbouring_sentences_of_a_paragraph_both_keep_their_words() -> None:
    result = outcome(ARTICLE, ARTICLE.replace("ouvertes", "libres"), ARTICLE.replace("mois", "semaine"))
    assert (
        result.text == "Les données sont libres. La ville les publie chaque semaine. Un bilan est rendu aux habitants."
    )
    assert told(result) == [
        ("removed", "proposed", "ouvertes"),
        ("inserted", "proposed", "libres"),
        ("removed", "current", "mois"),
        ("inserted", "current", "semaine"),
    ]


def test_a_conflict_resolved_leaves_the_rest_of_both_sides_in_place() -> None:
    proposed = ARTICLE.replace("chaque mois", "chaque jour").replace("rendu", "présenté")
    result = outcome(ARTICLE, proposed, ARTICLE.replace("chaque mois", "en mars"))
    assert result.resolved(["La ville les publie chaque jour de mars."]) == (
        "Les données sont ouvertes. La ville les publie chaque jour de mars. Un bilan est présenté aux habitants."
    )
    with pytest.raises(ValueError, match="1 conflicts, 0 choices"):
        result.resolved([])


def test_line_ends_changed_by_one_stand_beside_words_changed_by_the_other() -> None:
    base = "Un texte.\n\nUn autre.\n"
    result = outcome(base, base.replace("\n", "\r\n"), base.replace("autre", "second"))
    assert result.text == "Un texte.\r\n\r\nUn second.\r\n"


@pytest.mark.parametrize("text", ["", "\n", " ", "\r\n", "```", "---", "|", "1.", "[^1]:", "\x00", "é\u0301", "#" * 50])
def test_any_text_merges_with_itself_and_with_nothing(text: str) -> None:
    assert outcome(text, text, text).text == text
    assert outcome(text, "", text).text == ""
    assert outcome("", text, "").text == text
