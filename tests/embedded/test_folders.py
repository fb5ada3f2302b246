"""Folders of a run: one holder at a time, never somebody else's, short enough for sockets."""

from pathlib import Path

import pytest

from coalition.embedded.errors import LaunchError
from coalition.embedded.folders import abandoned, claim, claim_numbered, make_folder, state_root


def test_a_folder_has_one_holder_and_comes_free_again(tmp_path: Path) -> None:
    held = claim("demo", tmp_path)
    with pytest.raises(LaunchError, match="already runs"):
        claim("demo", tmp_path)
    held.release(remove=False)
    claim("demo", tmp_path).release(remove=True)
    assert not (tmp_path / "demo").exists()


def test_numbered_folders_go_to_the_first_free_number_and_only_free_ones_are_abandoned(tmp_path: Path) -> None:
    first, second = claim_numbered("tests", tmp_path), claim_numbered("tests", tmp_path)
    assert [first.path.name, second.path.name] == ["tests-1", "tests-2"]
    second.release(remove=False)
    leftovers = list(abandoned("tests", tmp_path))
    assert [found.path.name for found in leftovers] == ["tests-2"]
    for found in (first, *leftovers):
        found.release(remove=True)


def test_a_link_laid_under_our_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "ours").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LaunchError, match="not ours"):
        make_folder(tmp_path / "ours")


def test_a_chosen_place_is_only_the_parent_of_our_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COALITION_STATE_DIR", str(tmp_path))
    assert state_root().parent == tmp_path


def test_each_checkout_has_a_short_root_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COALITION_STATE_DIR", raising=False)
    one, other = state_root(Path("/a")), state_root(Path("/b"))
    assert one != other
    assert len(f"{one}/tests-32/pg/.s.PGSQL.5432.lock") < 108
