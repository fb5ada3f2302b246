"""A stand-in for the project: the real supervisor, around a site of a few lines that starts in a moment."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from coalition.embedded.folders import state_root

PROJECT = Path(__file__).resolve().parents[2]

MANAGE = """\
import os, pathlib, sys
mark = pathlib.Path(__file__).with_name("commands.txt")
with mark.open("a") as out:
    out.write(sys.argv[1] + " " + os.environ["DATABASE_URL"] + "\\n")
if sys.argv[1] == "demo_logins":
    print("lea@example.org  secret-word")
if os.environ.get("BREAK") == sys.argv[1]:
    sys.exit("the schema is in pieces")
"""
WSGI = """\
import os
def application(environ, start_response):
    if environ["PATH_INFO"] == "/die":
        os.kill(os.getppid(), 9)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [os.environ["EMAIL_URL"].encode()]
"""
CELERY = """\
import os
import celery
url = os.environ["REDIS_URL"]
app = celery.Celery(broker="redis+socket://" + url.removeprefix("unix://"), fixups=[])
"""


def wait_until(told: Callable[[], object], seconds: float = 20.0) -> bool:
    """Whether `told` becomes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if told():
            return True
        time.sleep(0.1)
    return False


def processes_naming(word: str | Path) -> dict[int, str]:
    """Command lines of living processes that mention `word` in them or in their environment."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            said = command + (entry / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if command and str(word) in said and int(entry.name) != os.getpid():
            found[int(entry.name)] = command
    return found


@dataclass
class FakeProject:
    """A project folder with our launcher in it, and a short state folder."""

    folder: Path
    base: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a newcomer, with nothing of the surrounding test run in it."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**kept, "COALITION_STATE_DIR": str(self.base), "PYTHONPATH": str(self.folder), **more}

    def command(self, *words: str) -> list[str]:
        """A command line of the launcher."""
        return [sys.executable, "-m", "coalition.embedded", *words]

    def call(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run the launcher to its end."""
        return subprocess.run(
            self.command(*words),
            cwd=self.folder,
            env=self.environment(**env),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def start(self, *words: str, **env: str) -> subprocess.Popen[str]:
        """Start the launcher in a session of its own, its output in said.txt."""
        with self.said.open("a") as out:
            process = subprocess.Popen(
                self.command(*words),
                cwd=self.folder,
                env=self.environment(**env),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    @property
    def state(self) -> Path:
        """Where the launcher keeps the files of this project."""
        return self.base / state_root(self.folder.resolve()).name

    @property
    def said(self) -> Path:
        """What the launcher printed."""
        return self.folder / "said.txt"

    def open_demo(self, **env: str) -> subprocess.Popen[str]:
        """Start the demo and wait for its summary."""
        self.said.unlink(missing_ok=True)
        process = self.start("demo", **env)
        done = wait_until(lambda: "Ctrl-C" in self.said.read_text() or process.poll() is not None, 40)
        assert done and process.poll() is None, self.said.read_text()
        return process

    def address(self) -> str:
        """The address the summary printed."""
        return next(word for word in self.said.read_text().split() if word.startswith("http://")).rstrip("/")

    def get(self, path: str = "/") -> str:
        """A page of the running demo."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.address() + path, timeout=10) as page:
            return str(page.read().decode())

    def commands(self) -> list[str]:
        """Management commands the demo ran so far."""
        return [line.split()[0] for line in (self.folder / "commands.txt").read_text().splitlines()]

    def left_running(self) -> dict[int, str]:
        """Processes of this project that still live."""
        return processes_naming(self.base)

    def end(self) -> None:
        """Kill whatever a failing test left."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
                process.wait()
        for pid in self.left_running():
            os.kill(pid, signal.SIGKILL)
