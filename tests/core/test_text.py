from coalition.core.text import fold, one_line


def test_folding_drops_accents_case_and_doubled_spaces() -> None:
    assert fold("  Évaluation  à Lomé") == "evaluation a lome"


def test_one_line_keeps_words_and_drops_line_breaks() -> None:
    assert one_line("Objet\r\nBcc: x@example.org") == "Objet Bcc: x@example.org"
