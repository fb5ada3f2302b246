"""Remarks stay on their sentence or say that they lost it: a corpus of look-alikes, and properties."""

import re
import time
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from coalition.discussion.anchoring import (
    Anchor,
    Kept,
    Loss,
    Moved,
    Orphan,
    anchor_at,
    position_of,
    reanchor,
    reanchor_all,
    split_sentences,
    words_of,
)

CORPUS = Path(__file__).parent / "lookalikes"
CASES: list[dict[str, Any]] = [
    case for file in sorted(CORPUS.glob("*.toml")) for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]
STATES = {Kept: "kept", Moved: "moved", Orphan: "orphan"}


def anchor_of(case: dict[str, Any]) -> Anchor:
    """The anchor on the sentence that holds the words of `on` (the one of rank `nth` among them)."""
    found = [rank for rank, sentence in enumerate(split_sentences(case["old"])) if case["on"] in sentence.text]
    assert len(found) == 1 or "nth" in case, "say which"
    return anchor_at(case["old"], found[case.get("nth", 0)])


def test_the_corpus_is_large() -> None:
    assert len(CASES) >= 60
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]).replace(" ", "_"))
def test_look_alike(case: dict[str, Any]) -> None:
    landing = reanchor(anchor_of(case), case["old"], case["new"])
    assert STATES[type(landing)] == case["becomes"], landing
    if not isinstance(landing, Orphan):
        assert landing.anchor.quote == case["lands"]
        assert landing.anchor.position == case.get("at", landing.anchor.position)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]).replace(" ", "_"))
def test_every_sentence_of_the_corpus_lands_on_its_own_words_forwards_and_backwards(case: dict[str, Any]) -> None:
    for old, new in ((case["old"], case["new"]), (case["new"], case["old"])):
        assert_never_wrong(old, new)


# What anybody would call the words of a sentence, without the engine's own reading of it.
PLAIN = re.compile(r"[^\W_]+", re.UNICODE)


def plain_words(text: str) -> list[str]:
    return [word.lower() for word in PLAIN.findall(unicodedata.normalize("NFC", text))]


def assert_never_wrong(old: str, new: str) -> None:
    sentences = split_sentences(old)
    places = [rank for rank, sentence in enumerate(sentences) if sentence.holds_remarks]
    landings = reanchor_all([anchor_at(old, rank) for rank in places], old, new)
    reached = []
    for rank, landing in zip(places, landings, strict=True):
        if isinstance(landing, Orphan):
            continue
        anchor = landing.anchor
        assert plain_words(anchor.quote) == plain_words(sentences[rank].text)
        assert anchor == anchor_at(new, anchor.position), "a landing is an anchor of the new text"
        reached.append(anchor.position)
    assert len(reached) == len(set(reached)), "two sentences never land on one"


VOCABULARY = "la ville ne publie pas dix jours 10 100 % euros ses contrats elle le maire signe vote oui non data open"
WORDS = st.sampled_from(VOCABULARY.split())
SENTENCE = st.lists(WORDS, min_size=1, max_size=10).map(lambda words: " ".join(words).capitalize() + ".")
BREAK = st.sampled_from([" ", " ", "\n\n", "\n- ", "\n1. ", "\n\n## ", "\n> ", "\n"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(SENTENCE, min_size=1, max_size=12))
    return "".join(draw(BREAK) + part for part in parts).strip()


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, str]:
    """A text and what becomes of it: sentences dropped, doubled, swapped, rewritten."""
    old = draw(st.lists(SENTENCE, min_size=1, max_size=12))
    new = list(old)
    for _step in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, max(len(new) - 1, 0)))
        act = draw(st.sampled_from(["drop", "double", "swap", "write", "move"]))
        if act == "write" or not new:
            new.insert(at, draw(SENTENCE))
        elif act == "drop":
            new.pop(at)
        elif act == "double":
            new.insert(draw(st.integers(0, len(new))), new[at])
        elif act == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        else:
            other = draw(st.integers(0, len(new) - 1))
            new[at], new[other] = new[other], new[at]
    return " ".join(old), " ".join(new)


@given(texts(), texts())
@settings(max_examples=300, deadline=None)
def test_an_anchor_never_lands_on_other_words(old: str, new: str) -> None:
    assert_never_wrong(old, new)


@given(changed())
@settings(max_examples=500, deadline=None)
def test_after_any_shuffle_no_anchor_lands_on_other_words(pair: tuple[str, str]) -> None:
    assert_never_wrong(*pair)


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_characters_at_all_are_survived(old: str, new: str) -> None:
    assert_never_wrong(old, new)


@given(st.one_of(texts(), st.text(max_size=400)))
@settings(max_examples=300, deadline=None)
def test_an_unchanged_text_keeps_every_anchor(text: str) -> None:
    for rank, sentence in enumerate(split_sentences(text)):
        if sentence.holds_remarks:
            anchor = anchor_at(text, rank)
            assert reanchor(anchor, text, text) == Kept(anchor)


@given(texts(), SENTENCE)
@settings(max_examples=200, deadline=None)
def test_a_paragraph_added_at_the_end_loses_no_sentence_that_stands_once(text: str, sentence: str) -> None:
    keys = [one.key for one in split_sentences(text)]
    new = f"{text}\n\n{sentence} Zzz."
    after = [one.key for one in split_sentences(new)]
    if after[: len(keys)] != keys:
        return
    for rank, key in enumerate(keys):
        if keys.count(key) == 1 and after.count(key) == 1 and len(keys) > 1:
            landing = reanchor(anchor_at(text, rank), text, new)
            assert isinstance(landing, Kept | Orphan)
            assert isinstance(landing, Kept) or rank == len(keys) - 1 or after.count(keys[rank + 1]) > 1


@given(texts())
@settings(max_examples=200, deadline=None)
def test_sentences_are_pieces_of_the_text_in_order(text: str) -> None:
    end = 0
    for sentence in split_sentences(text):
        assert end <= sentence.start < sentence.end
        assert text[sentence.start : sentence.end] == sentence.text
        end = sentence.end


def test_an_anchor_of_another_text_is_an_orphan() -> None:
    anchor = anchor_at("Une phrase. Une autre.", 1)
    assert reanchor(anchor, "Tout autre texte.", "Une autre.") == Orphan(Loss.UNKNOWN)


def test_a_rank_that_is_off_is_corrected_by_the_words_where_they_stand_once() -> None:
    text = "Une phrase. Une autre."
    anchor = anchor_at(text, 1)._replace(position=0)
    assert position_of(anchor, text, split_sentences(text)) == 1


def test_twins_are_told_apart_by_what_stands_around_them_or_not_at_all() -> None:
    around = "Un même début, assez long pour remplir à lui seul ce que l’on garde autour d’une phrase."
    alike = f"{around} Le délai court. {around} Le délai court. {around}"
    assert position_of(anchor_at(alike, 3)._replace(position=9), alike, split_sentences(alike)) is None
    told = "Un début. Le délai court.\n\nUne fin. Le délai court."
    assert position_of(anchor_at(told, 3)._replace(position=9), told, split_sentences(told)) == 3
    assert position_of(anchor_at(told, 3), told, split_sentences(told)) == 3


@pytest.mark.parametrize("position", [-1, 2, 99])
def test_there_is_no_anchor_on_a_sentence_that_is_not_there(position: int) -> None:
    with pytest.raises(LookupError):
        anchor_at("Une phrase. Une autre.", position)


def test_tables_and_code_hold_no_remark() -> None:
    text = "| a | b |\n|---|---|\n\n```\nx = 1\n```\n\nUne phrase."
    assert [one.text for one in split_sentences(text) if one.holds_remarks] == ["Une phrase."]


def test_what_is_lost_says_why() -> None:
    old = "Le maire signe. Le délai est de dix jours. Le conseil vote."
    twice = old.replace("Le délai est de dix jours.", "Le délai est de dix jours. Le délai est de dix jours.")
    anchor = anchor_at(old, 1)
    assert reanchor(anchor, old, "Le maire signe.") == Orphan(Loss.GONE)
    assert reanchor(anchor, old, twice) == Orphan(Loss.AMBIGUOUS)
    assert reanchor(anchor_at("Un. Bref. Fin.", 1), "Un. Bref. Fin.", "Tout. Bref. Autre.") == Orphan(Loss.UNCERTAIN)


def test_emphasis_and_shapes_are_not_words_and_signs_are() -> None:
    assert words_of("L’**eau** est _claire_ !") == words_of("L'eau est claire.")
    assert words_of("Soit 3*4.") != words_of("Soit 34.")
    assert words_of("À -5 degrés.") != words_of("À 5 degrés.")


def test_a_very_long_text_of_twins_is_compared_in_seconds() -> None:
    old = "Le délai court. " * 6_000
    new = old + "Fin."
    started = time.perf_counter()
    landings = reanchor_all([anchor_at(old[:160], rank) for rank in range(8)], old, new)
    assert all(isinstance(landing, Orphan) for landing in landings)
    assert time.perf_counter() - started < 10
