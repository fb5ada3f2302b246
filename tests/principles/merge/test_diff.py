import time
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from principles.merge import Operation, diff_words

WORDS = st.lists(st.sampled_from(["la", "ville", "publie", " ", " ", ", ", ". ", "\n", "\n\n", "l’", "- ", "données"]))
TEXTS = st.one_of(st.text(max_size=80), WORDS.map("".join))


def sides(operations: tuple[Operation, ...]) -> tuple[str, str]:
    before = "".join(text for kind, text in operations if kind != "insert")
    after = "".join(text for kind, text in operations if kind != "delete")
    return before, after


def marked(before: str, after: str) -> str:
    signs = {"equal": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}
    return "".join(signs[kind].format(text) for kind, text in diff_words(before, after))


@given(TEXTS, TEXTS)
def test_no_character_of_either_text_is_lost_or_invented(before: str, after: str) -> None:
    assert sides(diff_words(before, after)) == (before, after)


@given(TEXTS, TEXTS)
def test_neighbouring_operations_differ_and_none_is_empty(before: str, after: str) -> None:
    operations = diff_words(before, after)
    assert all(operation.text for operation in operations)
    pairs = list(pairwise(operations))
    assert all(left.kind != right.kind for left, right in pairs)
    assert not any((left.kind, right.kind) == ("insert", "delete") for left, right in pairs)


@given(TEXTS)
def test_a_text_compared_with_itself_is_all_equal(text: str) -> None:
    assert diff_words(text, text) == ((Operation("equal", text),) if text else ())


def test_the_two_changes_of_a_sentence_are_shown_apart_when_three_words_stand_between() -> None:
    assert marked(
        "Les données sont ouvertes à la collectivité à sa demande.",
        "Les données sont remises à la collectivité chaque mois, dans un format ouvert.",
    ) == (
        "Les données sont [-ouvertes-][+remises+] à la collectivité "
        "[-à sa demande-][+chaque mois, dans un format ouvert+]."
    )


def test_a_word_that_survives_by_chance_inside_a_replaced_phrase_is_part_of_the_replacement() -> None:
    assert marked("Le maire décide de tout ici.", "La ville propose de quoi faire ici.") == (
        "[-Le maire décide de tout-][+La ville propose de quoi faire+] ici."
    )


def test_two_words_added_apart_do_not_swallow_the_word_between_them() -> None:
    assert marked("Une ville ouverte.", "Une grande ville très ouverte.") == "Une [+grande +]ville [+très +]ouverte."


def test_an_added_sentence_is_shown_whole_even_when_it_begins_like_its_neighbours() -> None:
    assert marked(
        "Les uns parlent. Les autres écoutent.", "Les uns parlent. Les sages notent. Les autres écoutent."
    ) == ("Les uns parlent. [+Les sages notent. +]Les autres écoutent.")


def test_an_added_paragraph_carries_its_own_break() -> None:
    assert marked("Un.\n\nTrois.", "Un.\n\nDeux.\n\nTrois.") == "Un.\n\n[+Deux.\n\n+]Trois."


def test_a_change_never_runs_across_a_paragraph_both_texts_keep() -> None:
    assert marked("Alpha un\n\nBêta deux", "Gamma trois\n\nDelta quatre") == (
        "[-Alpha un-][+Gamma trois+]\n\n[-Bêta deux-][+Delta quatre+]"
    )


def test_markdown_signs_are_compared_like_words() -> None:
    assert marked("1. Publier les données", "1. Publier **toutes** les données") == (
        "1. Publier [+**toutes** +]les données"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (" ".join(f"mot{i}" for i in range(22_000)), " ".join(f"autre{i}" for i in range(20_000))),
        ("la ville " * 22_000, "ville la " * 21_000),
        ("a" * 200_000, "b" * 200_000),
        (
            ". ".join(f"Phrase {i} de la ville" for i in range(8_000)),
            ". ".join(f"Phrase {i} de {'la' if i % 3 else 'notre'} ville" for i in range(8_000)),
        ),
    ],
    ids=["everything replaced", "two words for ever", "one endless word", "a word in every third sentence"],
)
def test_two_texts_of_200_kilobytes_are_compared_in_a_few_seconds(before: str, after: str) -> None:
    started = time.perf_counter()
    assert sides(diff_words(before, after)) == (before, after)
    assert time.perf_counter() - started < 10
