import json
from pathlib import Path

import pytest

from principles.merge.report import Case, bare, by_line, by_sentence, judge_cases, main

BASE = "Un texte ici. Un autre là."
CLEAN = {"base": BASE, "proposed": "Un mot ici. Un autre là.", "current": "Un texte ici. Un autre mot."}


def write(path: Path, *accepted: str) -> Path:
    path.write_text("".join(json.dumps({**CLEAN, "accepted": text}) + "\n" for text in accepted))
    return path


def test_the_report_counts_accepted_differing_and_conflicting_amendments_and_names_the_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "a.jsonl", "Un mot ici. Un autre mot. \n\n", "Tout autre chose.")
    assert main([str(file)]) == 0
    printed = capsys.readouterr().out
    assert "accepted   1  differing   1  conflict   0  clean 2 of 2  differing lines: 2" in printed
    assert "by line      accepted   0  differing   0  conflict   2" in printed


def test_without_a_file_the_report_says_how_to_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "FILE.jsonl" in capsys.readouterr().err


def test_only_white_space_at_line_ends_and_at_the_end_is_passed_over() -> None:
    assert bare("a  \nb\n\n") == bare("a\nb") != bare("a\n\nb")


def test_line_by_line_two_changes_of_one_line_are_a_conflict_and_sentence_by_sentence_they_are_not() -> None:
    case = Case(1, CLEAN["base"], CLEAN["proposed"], CLEAN["current"], "Un mot ici. Un autre mot.")
    assert [judge_cases([case], merge)[0].outcome for merge in (by_line, by_sentence)] == ["conflict", "accepted"]
