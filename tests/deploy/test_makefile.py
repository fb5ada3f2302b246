"""make: the list of targets, and the environment it insists on."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.conftest import PROJECT

TARGETS = ["demo", "test", "check", "lint", "types", "format", "lock", "messages", "bench", "faults", "clean", "help"]
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(["make", *words], cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A project of three files, so that nothing here touches the real environment."""
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(PROJECT / name, tmp_path / name)
    (tmp_path / "deploy").mkdir()
    shutil.copy(PROJECT / "deploy" / "make-venv.sh", tmp_path / "deploy")
    return tmp_path


def test_make_alone_lists_every_target() -> None:
    listed = make(PROJECT).stdout
    assert all(f"make {target} " in listed for target in TARGETS)


def test_no_suitable_python_is_a_clear_message_and_not_a_traceback(bare: Path) -> None:
    answer = make(bare, "demo", "PYTHON=/nonexistent/python")
    assert answer.returncode != 0
    assert "Python 3.11, 3.12 or 3.13" in answer.stderr
    assert not (bare / ".venv").exists()


def test_a_changed_requirements_file_makes_the_environment_stale(bare: Path) -> None:
    python = bare / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 0\n")
    python.chmod(0o755)
    assert "pip" in make(bare, "-n", "demo").stdout
    assert make(bare, "demo").returncode == 0
    assert "install" not in make(bare, "-n", "demo").stdout
    with (bare / "requirements.txt").open("a") as more:
        more.write("# one more line\n")
    assert "install" in make(bare, "-n", "demo").stdout


def test_no_file_names_a_package_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "Makefile", "Dockerfile", ".ci/run"):
        text = (PROJECT / name).read_text()
        assert not any(word in text for word in ("--index-url ", "--extra-index-url ", "--find-links ", "pypi.")), name
