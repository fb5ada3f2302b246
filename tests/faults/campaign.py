"""A run in which everything breaks while thousands are told: services of its own, a mail server that refuses, a ledger.

Every mail the server takes is written down before the sender learns so; at the end the database and that list are
compared: what is marked as sent was taken, what was taken twice has one Message-ID, nothing is missing.
"""

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import connections

from coalition.embedded import postgres
from coalition.embedded.accounts import service_account
from coalition.embedded.folders import claim_numbered, state_root
from coalition.embedded.postgres import Postgres
from coalition.embedded.valkey import Valkey
from tests.faults.postbox import Postbox
from tests.notifications.worker import ROOT, kill

NEVER = 100
"""One address in so many does not exist: 550, each time."""
LATER = 0.05
"""Share of the other recipients that are asked to come back: 451, now and then."""


@dataclass
class Ledger:
    """What a mail server took, and how often it refused."""

    taken: list[tuple[str, str]] = field(default_factory=list)
    """(address, Message-ID), in order."""
    refused: Counter[str] = field(default_factory=Counter)
    dice: random.Random = field(default_factory=lambda: random.Random(7))

    def judge(self, address: str) -> str:
        """What RCPT is answered."""
        number = int("".join(sign for sign in address.split("@")[0] if sign.isdigit()) or 1)
        if number % NEVER == 0:
            self.refused["550"] += 1
            return "550 5.1.1 no such user"
        if self.dice.random() < LATER:
            self.refused["451"] += 1
            return "451 4.7.1 come back"
        return "250 OK"

    def keep(self, address: str, name: str) -> None:
        """A mail is taken: `name` is its Message-ID."""
        self.taken.append((address, name))

    def doubles(self) -> list[tuple[str, str]]:
        """Mails taken more than once, each time they were after the first."""
        counted = Counter(self.taken)
        return [mail for mail, times in counted.items() for _again in range(times - 1)]


@dataclass
class Ground:
    """The services of one campaign, and its workers."""

    database: Postgres
    broker: Valkey
    ledger: Ledger
    port: int
    folder: Path
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def environment(self) -> dict[str, str]:
        """That of its processes. They retry soon, so that a campaign ends."""
        return {
            **os.environ,
            "DATABASE_URL": self.database.url,
            "REDIS_URL": self.broker.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.port}",
            "MAIL_PACE": "*=0",
        }

    def start_worker(self) -> None:
        """A Celery worker with its own beat."""
        number = next(self._numbers)
        command = [
            sys.executable, "-m", "celery", "-A", "coalition.celery", "worker", "--beat", "--schedule",
            str(self.folder / f"beat{number}"), "--concurrency", "1", "--loglevel", "WARNING", "--without-mingle",
            "--without-gossip", "-n", f"w{number}@campaign",
        ]  # fmt: skip
        with (self.folder / "workers.log").open("ab") as log:
            child = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.workers.append(child)

    def replace_worker(self) -> None:
        """Kill the oldest one without a word, and start another."""
        kill(self.workers.pop(0))
        self.start_worker()

    def crash_database(self) -> None:
        """What `pg_ctl -m immediate restart` does: no goodbye to anybody, recovery from the log."""
        child = self.database.child
        assert child is not None
        os.kill(child.process.pid, signal.SIGQUIT)
        child.process.wait(30)
        self.database.start()
        connections.close_all()


@contextmanager
def ground(folder: Path, monkeypatch: Any) -> Iterator[Ground]:
    """PostgreSQL that keeps what it committed, migrated; a broker; a mail server. All gone afterwards."""
    careful = {key: value for key, value in postgres.DURABLE.items() if key != "synchronous_commit"}
    monkeypatch.setattr(postgres, "DURABLE", careful)
    claimed = claim_numbered("campaign", state_root())
    root, account = claimed.path.parent, service_account()
    database, broker = Postgres(claimed.path, root, account, durable=True), Valkey(claimed.path, root, account)
    ledger = Ledger()
    server = Postbox(ledger.judge, ledger.keep)
    field_ = Ground(database, broker, ledger, server.port, folder)
    try:
        database.start()
        broker.start()
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=field_.environment, check=True)
        with _working_in(database.url):
            yield field_
    finally:
        for worker in field_.workers:
            kill(worker)
        server.close()
        broker.stop()
        database.stop()
        claimed.release(remove=True)


@contextmanager
def _working_in(url: str) -> Iterator[None]:
    """This process too uses the database of the campaign."""
    live = connections["default"].settings_dict
    before = {key: live[key] for key in ("NAME", "HOST", "PORT", "USER", "OPTIONS")}
    place = urlsplit(url)
    ours = {
        "NAME": place.path.strip("/"),
        "HOST": "",
        "PORT": "",
        "USER": "coalition",
        "OPTIONS": {**live["OPTIONS"], "host": parse_qs(place.query)["host"][0]},
    }
    try:
        _use(ours)
        yield
    finally:
        _use(before)


def _use(place: dict[str, Any]) -> None:
    connections["default"].close()
    connections["default"].settings_dict.update(place)
    settings.DATABASES["default"].update(place)


def wait_until_settled(pending: Any, seconds: float) -> float:
    """Wait until nothing is pending; the seconds it took. AssertionError after `seconds`."""
    started = time.monotonic()
    while left := pending():
        assert time.monotonic() - started < seconds, f"{left} still pending after {seconds} s"
        time.sleep(0.25)
    return time.monotonic() - started
