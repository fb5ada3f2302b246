"""A private PostgreSQL: one data folder, one Unix socket, no network."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from coalition.embedded.accounts import ServiceAccount, identity_of
from coalition.embedded.binaries import postgres_programs
from coalition.embedded.errors import LaunchError
from coalition.embedded.folders import make_folder
from coalition.embedded.processes import PAUSE, Child, command_of, end_stray, is_alive, spawn, stop

NAME = "coalition"
SOCKET_LIMIT = 107
START_PATIENCE = 90.0
COMMON = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}
# a crash may cost the last moments, never the order of the database
DURABLE = {"synchronous_commit": "off", "checkpoint_timeout": "15min"}
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "1h",
}


class Postgres:
    """Life of one private server below `folder`; `durable` decides between a careful and a fast, forgetful one."""

    def __init__(self, folder: Path, root: Path, account: ServiceAccount | None, *, durable: bool) -> None:
        self.folder, self.root, self.account, self.durable = folder, root, account, durable
        self.home = folder / "postgres"
        self.sockets = folder / "pg"
        self.data = self.home
        self.child: Child | None = None

    @property
    def url(self) -> str:
        """Where to connect, in the form that libpq and django-environ both read."""
        return f"postgres://{NAME}@/{NAME}?host={quote(str(self.sockets))}"

    def start(self) -> None:
        """Make the cluster when there is none, start it, make the database. Raises LaunchError."""
        programs = postgres_programs(self.account, self.root)
        data = self.data = self.home / f"data-{self._major(programs)}"
        self._prepare_folders()
        self._clear_stale(data)
        if not data.is_dir():
            self._make_cluster(programs, data)
        settings = {**COMMON, "unix_socket_directories": str(self.sockets), **(DURABLE if self.durable else THROWAWAY)}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        self.child = spawn(
            "postgres",
            [programs / "postgres", "-D", data, *options],
            folder=self.folder,
            env=self._environment(),
            cwd=self.home,
            account=self.account,
            death_signal=signal.SIGINT if self.durable else signal.SIGQUIT,
        )
        self._wait_until_ready(data)
        self._make_database(programs, data)

    def stop(self) -> None:
        """Stop it: in good order when its data must be kept, at once when they are thrown away."""
        if self.child is None:
            return
        first = signal.SIGINT if self.durable else signal.SIGQUIT
        stop(self.child, ((first, 3.0), (signal.SIGQUIT, 1.0), (signal.SIGKILL, 0.5)))
        self.child = None

    def remembers(self, word: str) -> bool:
        """Whether `remember` was last called with this word for these very data."""
        note = self.data / f"{NAME}.note"
        return note.exists() and note.read_text() == word

    def remember(self, word: str) -> None:
        """Keep a word beside the data, so that it goes when they go."""
        (self.data / f"{NAME}.note").write_text(word)

    def _prepare_folders(self) -> None:
        """Folders the server owns. Sockets start afresh: we hold the run's lock, so any socket here is a leftover."""
        if len(str(self.sockets / ".s.PGSQL.5432.lock")) > SOCKET_LIMIT:
            raise LaunchError(
                f"{self.sockets} is too long for a Unix socket: set COALITION_STATE_DIR to a shorter path."
            )
        shutil.rmtree(self.sockets, ignore_errors=True)
        for place in (self.home, self.sockets):
            if not place.exists():
                make_folder(place, 0o700)
            if self.account:
                self.account.own(place)

    def _clear_stale(self, data: Path) -> None:
        """End an orphan server of ours; forget a pid file whose number now belongs to a stranger.

        The pid file of a dead server is left to PostgreSQL, which then also checks for surviving back ends.
        """
        record = data / "postmaster.pid"
        try:
            pid = int(record.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return
        if str(data) in command_of(pid):
            end_stray(pid)
        elif is_alive(pid):
            record.unlink()

    def _make_cluster(self, programs: Path, data: Path) -> None:
        """initdb beside the final place, then rename: an interrupted one never looks finished."""
        draft = data.with_name(f"{data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
        sync = [] if self.durable else ["--no-sync"]
        self._call(programs / "initdb", "-D", draft, "-U", NAME, "--auth=trust", *locale, *sync)
        draft.rename(data)

    def _make_database(self, programs: Path, data: Path) -> None:
        mark = data / f"{NAME}.made"
        if mark.exists():
            return
        self._call(programs / "createdb", "-h", self.sockets, "-U", NAME, NAME, accept="already exists")
        mark.touch()

    def _wait_until_ready(self, data: Path) -> None:
        """The eighth line of the pid file says when connections are accepted (as pg_ctl reads it)."""
        deadline = time.monotonic() + START_PATIENCE
        while self.child is not None and self.child.running and time.monotonic() < deadline:
            try:
                lines = (data / "postmaster.pid").read_text().splitlines()
            except OSError:
                lines = []
            if len(lines) > 7 and lines[0] == str(self.child.process.pid) and lines[7].strip() == "ready":
                return
            time.sleep(PAUSE)
        tail = self.child.tail() if self.child else ""
        self.stop()
        raise LaunchError(f"PostgreSQL did not start:\n{tail}")

    def _major(self, programs: Path) -> str:
        """Major version: its data are not readable by another, so each has its own folder."""
        return self._call(programs / "postgres", "--version").split()[2].split(".")[0]

    def _call(self, *argv: str | os.PathLike[str], accept: str = "") -> str:
        answer = subprocess.run(
            [os.fspath(part) for part in argv],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            env=self._environment(),
            cwd=self.home if self.home.exists() else "/",
            **identity_of(self.account),
        )
        if answer.returncode and not (accept and accept in answer.stderr):
            raise LaunchError(f"{Path(argv[0]).name} failed:\n{answer.stdout[-1500:]}{answer.stderr[-1500:]}")
        return answer.stdout

    def _environment(self) -> dict[str, str]:
        """A bare environment: no PG* variable or locale of the caller may change the outcome."""
        return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(self.home), "LC_MESSAGES": "C"}
