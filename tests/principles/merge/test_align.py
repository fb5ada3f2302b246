"""How an edited text is laid on the base."""

from principles.merge.align import Alignment, EditKind, align, braid, dice, runs, words_of
from principles.merge.units import split_units


def laid(base: str, edited: str) -> Alignment:
    return align(split_units(base), split_units(edited))


def kinds(alignment: Alignment) -> list[tuple[str, int, int]]:
    return [(edit.kind.value, edit.start, edit.end) for edit in alignment.edits]


def test_a_sentence_with_half_of_its_words_is_the_same_sentence_changed_and_one_with_fewer_is_another() -> None:
    base = "Avant tout. La ville publie ses données. Après tout."
    assert kinds(laid(base, base.replace("ses données", "un bilan"))) == [("change", 1, 2)]
    assert kinds(laid(base, base.replace("La ville publie ses données", "Rien ne presse"))) == [("rewrite", 1, 2)]


def test_what_is_added_and_what_is_removed_have_their_place_in_the_base() -> None:
    assert kinds(laid("Un.\n\nDeux.\n\nTrois.", "Zéro.\n\nUn.\n\nTrois.")) == [
        ("insert", 0, 0),
        ("change", 0, 1),
        ("delete", 1, 2),
    ]


def test_two_blocks_moved_together_are_one_passage() -> None:
    base = "Premier.\n\nDeuxième.\n\nTroisième.\n\nQuatrième.\n\nCinquième."
    alignment = laid(base, "Troisième.\n\nQuatrième.\n\nCinquième.\n\nPremier.\n\nDeuxième.")
    assert alignment.moved == {0: 3, 1: 4}
    assert runs(alignment.moved) == [(0, 1)]
    assert [edit.kind for edit in alignment.edits if edit.start == 5] == [EditKind.INSERT]


def test_a_sentence_that_stands_twice_has_not_moved() -> None:
    assert laid("Oui.\n\nNon.\n\nOui.", "Non.\n\nOui.\n\nOui.").moved == {}


def test_what_two_sides_brought_has_one_order_when_only_one_of_them_wrote_between_what_they_share() -> None:
    first, second, other = (split_units(text)[:-1] for text in ("\n* a\n* b", "\n* a\n* b\n* c", "\n* d\n* b"))
    assert braid(first, second) == [(0, 0), (1, 1), (-1, 2)]
    assert braid(first, other) is None
    assert braid(first[:1], other[:1]) is None


def test_likeness_is_the_share_of_words_in_common() -> None:
    assert dice(words_of("La ville publie"), words_of("la ville ouvre")) == 2 / 3
    assert dice(words_of(""), words_of("la ville")) == 0
