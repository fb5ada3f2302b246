"""The image: what it copies exists, and what it runs while being built runs here."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.deploy.conftest import PROJECT


def instructions() -> list[tuple[str, str]]:
    """Instructions of the Dockerfile with continued lines joined."""
    text = re.sub(r"\\\n\s*", " ", (PROJECT / "Dockerfile").read_text())
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def test_everything_let_into_the_image_exists_and_nothing_private_is_let_in() -> None:
    kept = [line[1:] for line in (PROJECT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert all((PROJECT / name).exists() for name in kept), kept
    assert not {".env", ".git", ".venv", "var", "tests"} & set(kept)
    for word, rest in instructions():
        if word == "COPY":
            assert all((PROJECT / source).exists() for source in rest.split()[:-1]), rest


def test_static_files_are_collected_with_the_values_of_the_build(tmp_path: Path) -> None:
    run = next(rest for word, rest in instructions() if word == "RUN" and "collectstatic" in rest)
    given = dict(pair.split("=", 1) for pair in shlex.split(run.split("&&")[0])[1:])
    env = {
        **{name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}},
        **given,
        "DJANGO_SETTINGS_MODULE": "coalition.settings.production",
        "STATIC_ROOT": str(tmp_path / "static"),
    }
    command = next(shlex.split(part) for part in run.split("&&") if "collectstatic" in part)
    line = [sys.executable, *command[1:]]
    answer = subprocess.run(line, cwd=PROJECT, env=env, capture_output=True, text=True, timeout=180, check=False)
    assert answer.returncode == 0, answer.stderr
    assert list((tmp_path / "static").rglob("*.br"))


def test_the_image_runs_the_same_server_as_the_compose_file() -> None:
    written = dict(instructions())
    assert '"deploy/gunicorn.conf.py", "coalition.wsgi:application"' in written["CMD"]
    assert "deploy/healthcheck.py" in written["HEALTHCHECK"]
    assert written["USER"] == "coalition"
