"""Real worker processes on the test database: the Celery worker with its beat, and the command."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.notifications.sink import SmtpSink, worker_environment

ROOT = Path(__file__).resolve().parents[2]


def wait_until(true: Callable[[], bool], seconds: float = 40) -> None:
    """Wait for something to become true; fail the test when it does not."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            pytest.fail(f"still not so after {seconds} s")
        time.sleep(0.05)


@contextmanager
def process(command: Sequence[str], sink: SmtpSink, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process of ours in its own group, killed at the end with all its children."""
    environment = worker_environment(sink, str(connection.settings_dict["NAME"]))
    with log.open("ab") as output:
        child = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
        try:
            yield child
        except BaseException:
            print(log.read_text(errors="replace"))  # noqa: T201 - pytest shows it beside the failure
            raise
        finally:
            kill(child)


def kill(child: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the process and all its children: nothing is said, nothing is cleaned up."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait(10)


def celery_worker(folder: Path) -> list[str]:
    """A Celery worker with its own beat; only what a test needs of parallelism."""
    return [
        "-m", "celery", "-A", "coalition.celery", "worker", "--beat", "--schedule", str(folder / "beat"),
        "--concurrency", "1", "--loglevel", "INFO", "--without-mingle", "--without-gossip",
    ]  # fmt: skip


@pytest.fixture
def broker() -> str:
    """The broker of this run; without one there is nothing to test here."""
    if "REDIS_URL" not in os.environ:
        pytest.skip("REDIS_URL is not set: run through `python -m coalition.embedded run`")
    return os.environ["REDIS_URL"]
