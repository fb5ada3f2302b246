"""What belongs together is decided together."""

from tests.principles.merge.stories import outcome, reasons


def test_a_sentence_moved_alone_by_one_and_changed_by_the_other_is_a_conflict_at_both_places() -> None:
    base = "Un premier alinéa.\n\nUn second alinéa.\n\nUn troisième, autre."
    moved = "Un second alinéa.\n\nUn troisième, autre.\n\nUn premier alinéa."
    result = outcome(base, moved, base.replace("premier alinéa", "premier alinéa neuf"))
    assert set(reasons(result)) == {"moved and changed"}
    assert len(result.conflicts) == 2


def test_a_block_moved_to_two_places_or_moved_and_removed_is_a_conflict() -> None:
    one, two, three = "Les données sont ouvertes.", "Un bilan est public.", "Un guichet reste humain."
    base = f"{one}\n\n{two}\n\n{three}\n\nFin du texte, sans rien."
    last = f"{two}\n\n{three}\n\nFin du texte, sans rien.\n\n{one}"
    middle = f"{two}\n\n{three}\n\n{one}\n\nFin du texte, sans rien."
    assert "moved twice" in reasons(outcome(base, last, middle))
    assert "changed and removed" in reasons(outcome(base, last, f"{two}\n\n{three}\n\nFin du texte, sans rien."))
    assert outcome(base, last, last).text == last


def test_the_same_sentence_added_by_both_at_two_places_is_a_conflict() -> None:
    base, added = "Premier.\n\nMilieu.\n\nDernier.", "La ville publie un bilan."
    result = outcome(base, f"{added}\n\n{base}", f"{base}\n\n{added}")
    assert set(reasons(result)) == {"inserted twice"}
