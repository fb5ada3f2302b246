"""Nothing unfinished and nothing of one machine in the tree."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from tests.house.tree import ROOT, complain, texts

OWN = "tests/house/test_words.py"
UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|HACK)\b|(?i:\bcoming soon\b|\blorem ipsum\b|\bbientôt disponible\b|\bnot implemented yet\b)"
)
BANNED_FRENCH = re.compile(r"(?i)\b(soumettre|soumettez|entités?|utilisateurs?|utilisatrices?)\b")
LOCKS = ("requirements.txt", "requirements-dev.txt")


def test_nothing_in_the_tree_is_left_for_later() -> None:
    faults = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, source in texts()
        if name != OWN and name not in LOCKS
        for number, line in enumerate(source.splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    complain(faults, "finish it or take it out")


def _machine_words() -> set[str]:
    """What would betray the machine the files were made on: its folders, its package index."""
    words = set()
    for folder in (ROOT, Path.home()):
        if len(folder.parts) >= 3:
            words.add(f"{folder}/")
    for variable, value in os.environ.items():
        if "INDEX" in variable and "://" in value:
            words |= {host for part in value.split() if (host := urlsplit(part).hostname)}
    return words - {"pypi.org", "127.0.0.1", "localhost"}


def test_no_file_names_a_folder_or_an_index_of_the_machine_it_was_made_on() -> None:
    words = _machine_words()
    faults = [f"{name}: {word}" for name, source in texts() for word in words if word in source]
    complain(faults, "take it from the environment")


def test_the_lock_files_record_no_download_address() -> None:
    for name in LOCKS:
        text = (ROOT / name).read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"--(?:extra-)?index-url|--find-links| @ (?:https?|file):", text), name


def test_every_text_ends_with_a_newline() -> None:
    faults = [
        name
        for name, source in texts()
        if name.endswith((".py", ".html", ".css", ".md", ".toml", ".csv")) and source and not source.endswith("\n")
    ]
    complain(faults, "end the file with a newline")
