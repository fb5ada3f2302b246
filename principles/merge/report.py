"""How the merge does on real amendments: `python -m principles.merge.report FILE.jsonl...`

Each line of a file is a JSON object with the texts `base`, `proposed`, `current`, and `accepted`: what people made of
them. Prints, per file, how many merge cleanly into the accepted text, how many cleanly into another one, and how many
need a person, beside the same figures of `git merge-file` (line by line) where git is installed.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from principles.merge.threeway import merge_texts

Outcome = Literal["accepted", "differing", "conflict"]
OUTCOMES: tuple[Outcome, ...] = ("accepted", "differing", "conflict")


class Case(NamedTuple):
    """One real amendment, by its line in the file (from 1)."""

    line: int
    base: str
    proposed: str
    current: str
    accepted: str


class Judged(NamedTuple):
    """What became of one amendment."""

    case: Case
    outcome: Outcome


Merge = Callable[[Case], str | None]


def read_cases(path: Path) -> Iterator[Case]:
    """The amendments of a file. KeyError or json.JSONDecodeError on a line of another form."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            row = json.loads(line)
            yield Case(number, row["base"], row["proposed"], row["current"], row["accepted"])


def judge_cases(cases: list[Case], merge: Merge) -> list[Judged]:
    """What a merge makes of each case, compared with the accepted text by `bare`."""
    found: list[Judged] = []
    for case in cases:
        text = merge(case)
        outcome: Outcome = "conflict"
        if text is not None:
            outcome = "accepted" if bare(text) == bare(case.accepted) else "differing"
        found.append(Judged(case, outcome))
    return found


def bare(text: str) -> str:
    """A text without the white space at the end of its lines and at its own end: nothing else is passed over."""
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip()


def by_sentence(case: Case) -> str | None:
    """The engine's own merge; None on conflict."""
    return merge_texts(case.base, case.proposed, case.current).text


def by_line(case: Case) -> str | None:
    """What `git merge-file` makes of the case; None on conflict. FileNotFoundError without git."""
    with TemporaryDirectory() as folder:
        names = ("proposed", "base", "current")
        for name in names:
            (Path(folder) / name).write_text(getattr(case, name), encoding="utf-8", newline="")
        done = subprocess.run(["git", "merge-file", "-p", *names], cwd=folder, capture_output=True, check=False)
    return None if done.returncode else done.stdout.decode()


def describe(name: str, judged: list[Judged]) -> str:
    """One line of the report: the figures, then the lines of the file that differ."""
    counts = Counter(one.outcome for one in judged)
    figures = "  ".join(f"{outcome} {counts[outcome]:3}" for outcome in OUTCOMES)
    differing = ", ".join(str(one.case.line) for one in judged if one.outcome == "differing")
    clean = len(judged) - counts["conflict"]
    return f"{name:<12} {figures}  clean {clean} of {len(judged)}" + (
        f"  differing lines: {differing}" if differing else ""
    )


def main(paths: list[str]) -> int:
    """Print the report of the files; 2 without any."""
    if not paths:
        sys.stderr.write("usage: python -m principles.merge.report FILE.jsonl...\n")
        return 2
    for path in map(Path, paths):
        cases = list(read_cases(path))
        sys.stdout.write(f"{path.name}\n  {describe('by sentence', judge_cases(cases, by_sentence))}\n")
        if shutil.which("git"):
            sys.stdout.write(f"  {describe('by line', judge_cases(cases, by_line))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
