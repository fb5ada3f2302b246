"""The engine on amendments real people made at the same time, and on real revisions cut in two."""

import difflib
import gzip
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from principles.merge import diff_words, merge_texts, rebuild
from principles.merge.report import Judged, by_sentence, judge_cases, read_cases

pytestmark = pytest.mark.xdist_group("real amendments")

# file -> (amendments, clean at least, the lines whose clean merge is not the accepted text: docs/features/merge.md)
EXPECTED = {
    "openpolitics_manifesto.concurrent.jsonl": (142, 100, [45, 93, 99]),
    "publiccodenet_standard.concurrent.jsonl": (59, 42, [26, 49]),
}


@pytest.fixture(params=EXPECTED)
def judged(request: pytest.FixtureRequest, real_data: Path) -> tuple[str, list[Judged]]:
    path = real_data / "charters" / request.param
    return request.param, judge_cases(list(read_cases(path)), by_sentence)


def test_most_amendments_merge_without_a_question_and_each_that_differs_is_judged_in_the_note(
    judged: tuple[str, list[Judged]],
) -> None:
    name, found = judged
    amendments, clean, differing = EXPECTED[name]
    assert len(found) == amendments
    assert sum(one.outcome != "conflict" for one in found) >= clean
    assert [one.case.line for one in found if one.outcome == "differing"] == differing


def test_no_real_amendment_loses_a_character_and_swapping_the_sides_changes_nothing(
    judged: tuple[str, list[Judged]],
) -> None:
    for case, _outcome in judged[1]:
        result = merge_texts(case.base, case.proposed, case.current)
        assert rebuild(result.operations, "base") == case.base
        assert rebuild(result.operations, "proposed") == case.proposed
        assert rebuild(result.operations, "current") == case.current
        assert merge_texts(case.base, case.current, case.proposed).text == result.text


def revisions(charters: Path) -> Iterator[tuple[str, str]]:
    """Two versions of a text, one after the other, as published."""
    rows = [json.loads(line) for line in (charters / "charter_versions.jsonl").read_text("utf-8").splitlines()]
    rows.sort(key=lambda row: (row["charter"], row["lang"], row["article"]))
    for old, new in pairwise(rows):
        if [old[key] for key in ("charter", "lang", "article")] == [new[key] for key in ("charter", "lang", "article")]:
            yield old["text"], new["text"]
    with gzip.open(charters / "openpolitics_manifesto.merges.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["kind"] == "simple":
                yield row["base"], row["accepted"]


def halves(before: str, after: str) -> tuple[str, str] | None:
    """The changed lines of a revision dealt out to two people in turn; None when there is one change only."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    texts: tuple[list[str], list[str]] = ([], [])
    turn = 0
    for tag, start, end, lo, hi in codes:
        for person in (0, 1):
            texts[person].extend(new[lo:hi] if tag == "equal" or turn % 2 == person else old[start:end])
        turn += tag != "equal"
    return ("".join(texts[0]), "".join(texts[1])) if turn > 1 else None


def test_a_real_revision_dealt_out_to_two_people_comes_back_whole_or_asks_and_never_comes_back_wrong(
    real_data: Path,
) -> None:
    whole = asked = 0
    for before, after in revisions(real_data / "charters"):
        parts = halves(before, after)
        if parts is None:
            continue
        text = merge_texts(before, *parts).text
        if text is None:
            asked += 1
        else:
            whole += 1
            assert not any(one.text.strip() for one in diff_words(text, after) if one.kind != "equal")
    assert whole > 10 * asked > 0
