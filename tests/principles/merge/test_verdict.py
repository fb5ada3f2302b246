"""Two changes that meet: when both are made, when a person is asked."""

from tests.principles.merge.stories import ARTICLE, outcome, reasons


def test_a_sentence_one_removed_and_the_other_changed_is_a_conflict() -> None:
    result = outcome(ARTICLE, ARTICLE.replace(" La ville les publie chaque mois.", ""), ARTICLE.replace("mois", "an"))
    assert reasons(result) == ["changed and removed"]
    assert result.conflicts[0].proposed == ""


def test_two_sentences_put_at_the_same_point_are_a_conflict_and_one_sentence_put_by_both_is_not() -> None:
    base = "Premier.\n\nDernier."
    first, second = "Premier.\n\nAjout de l’une.\n\nDernier.", "Premier.\n\nAutre ajout ici.\n\nDernier."
    assert reasons(outcome(base, first, second)) == ["both inserted here"]
    assert outcome(base, first, first).text == first


def test_a_sentence_put_beside_one_the_other_removed_is_a_conflict() -> None:
    proposed = ARTICLE.replace("chaque mois.", "chaque mois. Elle y met les moyens.")
    assert reasons(outcome(ARTICLE, proposed, ARTICLE.replace(" La ville les publie chaque mois.", ""))) == [
        "beside a change"
    ]


def test_a_paragraph_split_by_one_keeps_the_words_changed_by_the_other_in_its_first_half() -> None:
    split = ARTICLE.replace(". Un bilan", ".\n\nUn bilan")
    assert outcome(ARTICLE, split, ARTICLE.replace("ouvertes", "libres")).text == split.replace("ouvertes", "libres")


def test_neighbouring_lines_of_front_matter_changed_by_two_people_are_a_conflict() -> None:
    base = "---\ntitle: Charte\nlayout: page\norder: 4\n---\n\nTexte."
    assert reasons(outcome(base, base.replace("Charte", "La charte"), base.replace("page", "texte"))) == [
        "neighbouring lines"
    ]
    assert outcome(base, base.replace("Charte", "La charte"), base.replace("4", "5")).text


def test_two_texts_added_at_the_very_end_are_a_conflict_and_the_newline_at_the_end_is_not() -> None:
    assert reasons(outcome("Un.\n", "Un.\n\nDeux.\n", "Un.\n\nTrois.\n")) == ["both inserted here"]
    assert outcome("Un.", "Un.\n", "Un.\n\nTrois.").text == "Un.\n\nTrois.\n"
