from coalition.core.text import fold, has_hidden_characters, one_line


def test_folding_drops_accents_case_and_doubled_spaces() -> None:
    assert fold("  Évaluation  à Lomé") == "evaluation a lome"


def test_one_line_keeps_words_and_drops_line_breaks() -> None:
    assert one_line("Objet\r\nBcc: x@example.org") == "Objet Bcc: x@example.org"


def test_what_nobody_sees_in_a_line_is_found_and_the_joiners_of_persian_are_let_through() -> None:
    for hidden in ("Da\u202ekar", "Dakar\n", "Da\x07kar", "Da\u200bkar", "Da\u00adkar", "\u2066Dakar"):
        assert has_hidden_characters(hidden)
    for plain in (
        "L\u2019Ha\u00ff-les-Roses",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u6771\u4eac",
        "Lom\u00e9 2",
        "",
    ):
        assert not has_hidden_characters(plain)
