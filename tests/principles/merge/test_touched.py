from principles.merge import Touched, touched_by

BASE = "Un débat public. Une trace écrite. Un bilan chaque année."


def test_an_unchanged_text_touches_nothing() -> None:
    assert touched_by(BASE, BASE) == ()
    assert touched_by("", "") == ()


def test_a_changed_or_removed_sentence_is_named_by_its_words() -> None:
    assert touched_by(BASE, BASE.replace("écrite", "lisible")) == (Touched("sentence", "Une trace écrite."),)
    assert Touched("sentence", "Un débat public.") in touched_by(BASE, "Une trace écrite. Un bilan chaque année.")


def test_an_addition_is_named_by_the_sentence_before_it() -> None:
    added = BASE.replace("Une trace écrite.", "Une trace écrite. Trois relectures par des voisins.")
    assert touched_by(BASE, added) == (Touched("gap", "Une trace écrite."),)


def test_two_people_who_change_one_sentence_share_a_place_and_on_two_sentences_they_do_not() -> None:
    first = set(touched_by(BASE, BASE.replace("public", "ouvert")))
    again = set(touched_by(BASE, BASE.replace("Un débat", "Un long débat")))
    elsewhere = set(touched_by(BASE, BASE.replace("année", "trimestre")))
    assert first & again and not first & elsewhere
