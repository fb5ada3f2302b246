"""Where private services keep their files, and who may use a folder at a time.

Everything lies in /var/tmp/coalition-<uid>-<hash of the project's path>/<purpose>: short enough for a Unix socket
(limit 107 bytes), kept over a reboot, one per account and per checkout. COALITION_STATE_DIR
replaces /var/tmp; what it names is never changed or removed itself, only our folder in it.
"""

import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from coalition.embedded.errors import LaunchError

PROJECT = Path(__file__).resolve().parents[2]
MOST_RUNS = 32
KEPT = Path("/var/tmp")  # noqa: S108 (make_folder refuses what is not ours)


def state_root(project: Path = PROJECT) -> Path:
    """Folder of this account and checkout (not created here)."""
    chosen = os.environ.get("COALITION_STATE_DIR")
    usual = KEPT if os.access(KEPT, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())
    parent = Path(chosen).absolute() if chosen else usual
    digest = hashlib.sha256(str(project).encode()).hexdigest()[:8]
    return parent / f"coalition-{os.geteuid()}-{digest}"


def make_folder(path: Path, mode: int = 0o711) -> Path:
    """Create one folder of ours with exactly `mode`; refuse one that somebody else put there.

    /var/tmp is open to everyone, so a folder of another owner or a link under our name is never used.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.mkdir(mode=mode)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            raise LaunchError(f"{path} exists and is not ours. Remove it, or set COALITION_STATE_DIR.") from None
    path.chmod(mode)
    return path


@dataclass
class RunFolder:
    """A folder held by one run; the lock goes away with the process that took it."""

    path: Path
    lock: IO[str]

    def release(self, *, remove: bool) -> None:
        """Give the folder back, with or without its content. The lock file stays: removing it would open a race."""
        if remove:
            shutil.rmtree(self.path, ignore_errors=True)
        self.lock.close()


def claim(purpose: str, root: Path | None = None) -> RunFolder:
    """Take the folder `purpose` for this process. Raises LaunchError while another run holds it."""
    base = make_folder(root or state_root())
    locks = make_folder(base / "locks", 0o700)
    lock = (locks / f"{purpose}.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        holder = lock.read().strip() or "?"
        lock.close()
        raise LaunchError(f"« {purpose} » already runs in this folder (process {holder}).") from None
    lock.seek(0)
    lock.truncate()
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return RunFolder(make_folder(base / purpose), lock)


def claim_numbered(purpose: str, root: Path | None = None) -> RunFolder:
    """Take the first free of purpose-1, purpose-2, ... so that several runs work side by side."""
    for number in range(1, MOST_RUNS + 1):
        try:
            return claim(f"{purpose}-{number}", root)
        except LaunchError:
            continue
    raise LaunchError(f"{MOST_RUNS} runs of « {purpose} » are going on at once.")


def abandoned(purpose: str, root: Path | None = None) -> Iterator[RunFolder]:
    """Claim, one after the other, the numbered folders that a killed run left behind."""
    base = root or state_root()
    for path in sorted(base.glob(f"{purpose}-*")):
        try:
            yield claim(path.name, base)
        except LaunchError:
            continue
