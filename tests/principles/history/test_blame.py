"""Which version made each sentence: stories, and what holds whatever happens to a charter."""

import json
from collections import defaultdict
from itertools import count
from pathlib import Path

from hypothesis import given, settings, strategies as st

from principles.history.blame import Origin, Traced, step, trace

PLACES = ("text:un", "text:deux", "preamble")


def made(texts: Traced, place: str = "text:un") -> dict[str, Origin]:
    return {one.text: one.origin for one in texts[place]}


def after(*texts: str) -> dict[str, Origin]:
    return made(trace((number, {"text:un": text}) for number, text in enumerate(texts, 1)))


def test_a_sentence_nobody_touched_comes_from_the_version_it_came_with() -> None:
    found = after("La ville décide seule. Le débat est public.", "La ville décide seule. Chacun y parle une fois.")
    assert found["La ville décide seule."] == Origin(1)
    assert found["Chacun y parle une fois."] == Origin(2)


def test_a_sentence_of_which_a_word_changed_is_new_and_remembers_where_it_came_from() -> None:
    found = after(
        "La ville décide avec ses habitants.", "La ville décide toujours avec ses habitants.", "Un autre texte."
    )
    assert found == {"Un autre texte.": Origin(3)}
    found = after("La ville décide avec ses habitants.", "La ville décide toujours avec ses habitants.")
    assert found == {"La ville décide toujours avec ses habitants.": Origin(2, (1,))}


def test_a_sentence_that_moves_keeps_its_origin_even_beside_a_rewritten_one() -> None:
    found = after(
        "Un chat dort ici. Deux chiens jouent. Trois lapins mangent.", "Trois lapins mangent. Quatre oies crient."
    )
    assert found["Trois lapins mangent."] == Origin(1)
    assert found["Quatre oies crient."] == Origin(2)


def test_a_sentence_that_moves_to_another_article_keeps_its_origin() -> None:
    first = trace([(1, {"text:un": "Un chat dort ici. Deux chiens jouent.", "text:deux": "Le reste."})])
    second = step(first, 2, {"text:un": "Deux chiens jouent.", "text:deux": "Le reste. Un chat dort ici."})
    assert made(second, "text:deux") == {"Le reste.": Origin(1), "Un chat dort ici.": Origin(1)}


def test_a_sentence_put_together_from_two_has_both_origins() -> None:
    found = after("Deux chiens jouent dehors.", "Deux chiens jouent dehors. Quatre oies crient fort ici.",
                  "Deux chiens jouent dehors et quatre oies crient fort ici.")  # fmt: skip
    assert found == {"Deux chiens jouent dehors et quatre oies crient fort ici.": Origin(3, (1, 2))}


def test_a_sentence_taken_out_and_put_back_comes_from_the_version_that_put_it_back() -> None:
    found = after("Un chat dort ici. Le reste.", "Le reste.", "Un chat dort ici. Le reste.")
    assert found == {"Un chat dort ici.": Origin(3), "Le reste.": Origin(1)}


def test_a_list_marker_or_a_line_end_is_no_change_of_the_sentence() -> None:
    found = after("1. Un chat dort.\n2. Deux chiens jouent.", "- Deux chiens jouent.\n- Un chat\ndort.")
    assert set(found.values()) == {Origin(1)}


def test_a_title_is_one_sentence_whatever_its_points() -> None:
    traced = trace([(1, {"title:un": "Faire. Défaire."}), (2, {"title:un": "Faire. Refaire."})])
    assert made(traced, "title:un") == {"Faire. Refaire.": Origin(2, (1,))}


def test_an_article_that_goes_and_one_that_comes_are_told() -> None:
    traced = trace([(1, {"text:un": "Un chat."}), (2, {"text:deux": "Deux chiens."})])
    assert traced.keys() == {"text:deux"} and made(traced, "text:deux") == {"Deux chiens.": Origin(2)}


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[dict[str, str]], list[dict[str, list[tuple[str, int]]]]]:
    """Versions of a charter made by adding, removing, rewriting and moving sentences, with who made each sentence.

    No two sentences share a word with meaning, so that only one story is true.
    """
    fresh = count(1)

    def sentence() -> str:
        number = next(fresh)
        return "Nous " + " ".join(f"mot{number}x{rank}" for rank in range(draw(st.integers(3, 6)))) + "."

    articles: dict[str, list[tuple[str, int]]] = {
        place: [(sentence(), 1) for _ in range(draw(st.integers(1, 4)))] for place in PLACES
    }
    states = [{place: list(rows) for place, rows in articles.items()}]
    for version in range(2, draw(st.integers(2, 6)) + 1):
        for _ in range(draw(st.integers(1, 4))):
            rows = articles[draw(st.sampled_from(PLACES))]
            act = draw(st.sampled_from(["add", "drop", "rewrite", "move", "swap"]))
            at = draw(st.integers(0, max(len(rows) - 1, 0)))
            if act == "add" or not rows:
                rows.insert(at, (sentence(), version))
            elif act == "rewrite":
                rows[at] = (sentence(), version)
            else:
                taken = rows.pop(at)
                if act != "drop":
                    target = rows if act == "move" else articles[draw(st.sampled_from(PLACES))]
                    target.insert(draw(st.integers(0, len(target))), taken)
        states.append({place: list(rows) for place, rows in articles.items()})
    breaks = draw(st.sampled_from([" ", "\n\n", "\n- "]))
    return [{place: breaks.join(text for text, _made in rows) for place, rows in one.items()} for one in states], states


@settings(max_examples=200, deadline=None)
@given(histories())
def test_each_sentence_is_traced_to_the_version_that_wrote_it_whatever_was_done_before(
    history: tuple[list[dict[str, str]], list[dict[str, list[tuple[str, int]]]]],
) -> None:
    versions, states = history
    traced: Traced = {}
    for number, (texts, state) in enumerate(zip(versions, states, strict=True), 1):
        traced = step(traced, number, texts)
        for place, rows in state.items():
            assert [(one.text.removeprefix("- "), one.origin) for one in traced[place]] == [
                (text, Origin(version)) for text, version in rows
            ]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["Un chat dort.", "Nous voulons.", "Un chat.", "# T", "- a", "x y z"])), max_size=5
    )
)
def test_whatever_the_texts_each_comes_back_whole_and_no_origin_is_from_the_future(texts: list[list[str]]) -> None:
    traced: Traced = {}
    for number, parts in enumerate(texts, 1):
        text = "\n\n".join(parts)
        traced = step(traced, number, {"text:un": text})
        assert "".join(one.before + one.text for one in traced["text:un"]) == text
        for one in traced["text:un"]:
            assert all(0 < version <= number for version in one.origin.all)
            assert list(one.origin.all) == sorted(set(one.origin.all))


def test_on_real_charters_a_sentence_is_never_older_than_the_first_version_that_says_it(real_data: Path) -> None:
    """Every version from the one named to the last holds the sentence, word for word."""
    checked = 0
    for versions in _real_versions(real_data).values():
        traced: Traced = {}
        for number, texts in enumerate(versions, 1):
            traced = step(traced, number, texts)
        keys = [{" ".join(s.text.split()) for p in step({}, 1, texts).values() for s in p} for texts in versions]
        for sentences in traced.values():
            for one in sentences:
                said = " ".join(one.text.split())
                assert all(said in keys[version - 1] for version in range(one.origin.made, len(versions) + 1))
                checked += 1
    assert checked > 500


def _real_versions(real_data: Path) -> dict[tuple[str, str], list[dict[str, str]]]:
    """(charter, language) -> its versions in order, each as texts by place."""
    found: dict[tuple[str, str], dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    with (real_data / "charters" / "charter_versions.jsonl").open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            version = found[line["charter"], line["lang"]][f"{line['date']} {line['version']}"]
            version[f"title:{line['article']}"] = line["title"]
            version[f"text:{line['article']}"] = line["text"].strip()
    return {name: [texts for _date, texts in sorted(versions.items())] for name, versions in found.items()}
