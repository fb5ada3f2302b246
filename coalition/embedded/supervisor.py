"""The supervisor of `make demo`: starts everything in order, watches over it, stops everything in order."""

import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from coalition.embedded.console import Console
from coalition.embedded.demo_site import (
    QUICK,
    Part,
    background_parts,
    fingerprint,
    mail_part,
    manage,
    site_environment,
    web_part,
)
from coalition.embedded.errors import LaunchError
from coalition.embedded.folders import PROJECT, RunFolder, claim
from coalition.embedded.ports import listening_socket, web_socket
from coalition.embedded.processes import Child, end_strays, spawn, stop, stop_together
from coalition.embedded.stack import Stack

POLL = 0.1
HEALTH_PATIENCE = 120.0
LONGEST_BACKOFF = 30.0
CALM = 60.0
LATE_MAIL = 503
PURPOSE = "demo"


class Stopped(BaseException):
    """The person asked to stop."""


class Demo:
    """One run of the demo. `run` returns the exit code."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.console = Console()
        self.folder: RunFolder | None = None
        self.stack: Stack | None = None
        self.lines: dict[str, socket.socket] = {}
        self.env: dict[str, str] = {}
        self.running: dict[str, Child] = {}
        self.parts: dict[str, Part] = {}
        self.attempts: dict[str, int] = {}
        self.not_before: dict[str, float] = {}
        self.started: dict[str, float] = {}
        self.stopping = False

    def run(self) -> int:
        """Start, watch, stop. 0 after Ctrl-C, 1 when something failed."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            self._start()
            self._watch()
        except Stopped:
            self.console.say()
            return 0
        except LaunchError as error:
            self.console.say()
            self.console.block(str(error))
            return 1
        finally:
            self._stop_everything()
        return 1

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        """First signal: unwind. Further ones while stopping are ignored: stopping is bounded in time."""
        if not self.stopping:
            self.stopping = True
            raise Stopped

    def _start(self) -> None:
        say, step = self.console.say, self.console.step
        began = time.monotonic()
        say("\n  Démonstration · Demo\n")
        self.folder = claim(PURPOSE)
        for name in end_strays(self.home):
            say(f"  Reste d’un arrêt brutal, terminé · Leftover of a killed run, ended: {name}")
        self.lines["web"], moved = web_socket(self.environment)
        self.lines["mail"] = listening_socket(0)
        if moved:
            say(f"  Le port 8000 est pris, {self._port} le remplace · Port 8000 is taken, using {self._port}")
        self.stack = Stack(self.home, durable=True, environment=self.environment)
        with step("PostgreSQL, Valkey"):
            self.stack.start()
        mail_port = int(self.lines["mail"].getsockname()[1])
        self.env = site_environment(self.home, self.stack.addresses, self._port, mail_port, self.environment)
        self._launch(mail_part(self.home, self.lines["mail"].fileno()))
        self._prepare_data(self.stack)
        logins = self._open_site()
        self._summary(logins, time.monotonic() - began)

    def _prepare_data(self, stack: Stack) -> None:
        """Migrate and load, unless this very code already prepared these very data; always in a database not ours."""
        now = fingerprint()
        if stack.postgres and stack.postgres.remembers(now):
            return
        if stack.postgres:
            stack.postgres.remember("")
        with self.console.step("Schéma de la base · Database schema"):
            self._finish("migrate", manage("migrate", "--no-input"))
        with self.console.step("Contenu de démonstration · Demo content"):
            self._finish("load_demo", manage("load_demo"))
        if stack.postgres:
            stack.postgres.remember(now)

    def _open_site(self) -> str:
        """Start the web server, wait for it, then the worker and the clock; return what demo_logins prints."""
        with self.console.step("Site · Web"):
            self._launch(web_part(self.lines["web"].fileno()))
            self._wait_for_health()
        with self.console.step("Tâches de fond · Worker and clock"):
            for part in background_parts(self.home):
                self._launch(part)
            return self._finish("demo_logins", manage("demo_logins"))

    @property
    def home(self) -> Path:
        """The demo's folder. Raises LaunchError before it is claimed."""
        if self.folder is None:
            raise LaunchError("The demo has no folder yet.")
        return self.folder.path

    @property
    def _port(self) -> int:
        return int(self.lines["web"].getsockname()[1])

    def _launch(self, part: Part) -> None:
        """Start a part of the site; it inherits the socket held under its name, if any."""
        line = self.lines.get(part.name)
        self.parts[part.name] = part
        self.started[part.name] = time.monotonic()
        self.running[part.name] = spawn(
            part.name,
            part.argv,
            folder=self.home,
            env=self.env,
            cwd=PROJECT,
            death_signal=signal.SIGTERM if part.name == "web" else signal.SIGKILL,
            pass_fds=[line.fileno()] if line else [],
        )

    def _finish(self, name: str, argv: Sequence[str]) -> str:
        """Run a command to its end and return what it printed. Raises LaunchError with its last lines."""
        log = self.home / "logs" / f"{name}.log"
        log.unlink(missing_ok=True)
        env = {**self.env, "DB_STATEMENT_TIMEOUT": "0"}
        child = spawn(name, argv, folder=self.home, env=env, cwd=PROJECT)
        self.running[name] = child
        while child.running:
            time.sleep(POLL / 2)
            self.console.tick()
        del self.running[name]
        stop(child)
        if child.process.returncode:
            raise LaunchError(f"{name}: {child.log}\n{child.tail()}")
        return log.read_text(errors="replace")

    def _wait_for_health(self) -> None:
        """Ask /healthz until it answers. A fresh connection each time, no proxy of the environment.

        503 is an answer too: mail left over from the last run is late until the worker, which starts next, sends it.
        """
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        deadline = time.monotonic() + HEALTH_PATIENCE
        answer = ""
        while time.monotonic() < deadline:
            self._check_web()
            self.console.tick()
            try:
                with opener.open(f"http://127.0.0.1:{self._port}/healthz", timeout=5) as page:
                    page.read()
                    return
            except urllib.error.HTTPError as error:
                answer = f"{error.code} {error.read(300).decode(errors='replace')}"
                if error.code == LATE_MAIL:
                    return
            except (OSError, ValueError) as error:
                answer = str(error)
            time.sleep(POLL)
        raise LaunchError(f"/healthz: {answer}\n{self.running['web'].tail()}")

    def _check_web(self) -> None:
        child = self.running["web"]
        if not child.running:
            code = child.process.returncode
            raise LaunchError(
                f"Le site s’est arrêté (code {code}) : {child.log}\nThe site has ended (code {code}).\n{child.tail()}"
            )

    def _watch(self) -> None:
        while True:
            time.sleep(POLL)
            self._check_web()
            for part in list(self.parts.values()):
                if part.restart and not self.running[part.name].running:
                    self._revive(part)

    def _revive(self, part: Part) -> None:
        """Start an ended part again, after 1, 2, 4 ... 30 s; a part that held for a minute starts afresh."""
        now = time.monotonic()
        if part.name not in self.not_before:
            calm = now - self.started[part.name] > CALM
            tries = self.attempts[part.name] = 0 if calm else self.attempts.get(part.name, -1) + 1
            delay = min(2.0**tries, LONGEST_BACKOFF)
            self.not_before[part.name] = now + delay
            code = self.running[part.name].process.returncode
            self.console.say(
                f"  {part.name} : terminé (code {code}), reprise dans {delay:.0f} s"
                f" · ended (code {code}), again in {delay:.0f} s"
            )
        if now >= self.not_before[part.name]:
            del self.not_before[part.name]
            stop(self.running[part.name])
            self._launch(part)

    def _stop_everything(self) -> None:
        """In order: what talks to the services first, the services last; bounded by ten seconds."""
        self.stopping = True
        if self.running or self.stack:
            self.console.say("  Arrêt · Stopping …")
        mail = self.running.pop("mail", None)
        stop_together(list(self.running.values()), QUICK)
        if mail:
            stop(mail, ((signal.SIGTERM, 0.5), (signal.SIGKILL, 0.5)))
        if self.stack:
            self.stack.stop()
            self.console.say("  Tout est arrêté ; les données sont gardées. · All stopped; the data are kept.")
        for line in self.lines.values():
            line.close()
        if self.folder:
            self.folder.release(remove=False)

    def _summary(self, logins: str, seconds: float) -> None:
        block, rule = self.console.block, "─" * 72
        self.console.say()
        block(rule)
        block(f"Le site est ouvert · The site is open  ({seconds:.0f} s)")
        block(f"  {self.env['BASE_URL']}/")
        block("Le courrier envoyé se lit ici · Outgoing mail lands here")
        block(f"  {self.env['BASE_URL']}/fr/courrier/")
        block("Comptes de démonstration · Demo accounts")
        for line in logins.strip().splitlines():
            block(f"  {line}")
        block(f"Données et journaux · Data and logs: {self.home}")
        block(f"Ctrl-C arrête tout · Ctrl-C stops everything\n{rule}\n")
        self.console.say()


def run_demo() -> int:
    """Run the demo with the environment of this process."""
    return Demo(os.environ).run()
