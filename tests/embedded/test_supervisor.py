"""The demo from the outside: what a person sees, and what is left when it ends one way or another."""

import contextlib
import os
import signal
import smtplib
import socket
import time
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.embedded.site import FakeProject, wait_until

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as line:
        return int(line.getsockname()[1])


def send_mail(address: str) -> None:
    message = EmailMessage()
    message["Subject"] = "Bonjour"
    with smtplib.SMTP("127.0.0.1", urlsplit(address).port or 0, timeout=5) as line:
        line.send_message(message, "a@example.org", ["b@example.org"])


def test_the_demo_opens_prints_what_is_needed_and_ctrl_c_leaves_nothing(project: FakeProject) -> None:
    with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", 8000)):
        demo = project.open_demo()
    said = project.said.read_text()
    assert "Port 8000 is taken" in said
    assert f"{project.address()}/" in said
    assert "lea@example.org  secret-word" in said
    assert "/fr/courrier/" in said
    send_mail(project.get("/"))
    assert len(list((project.state / "demo" / "mail").glob("*.eml"))) == 1

    second = project.call("demo", PORT=str(free_port()))
    assert second.returncode == 1
    assert str(demo.pid) in second.stdout

    log = project.state / "demo" / "logs" / "worker.log"
    assert wait_until(lambda: " ready." in log.read_text()), log.read_text()
    assert "again in" not in project.said.read_text()

    began = time.monotonic()
    os.killpg(demo.pid, signal.SIGINT)
    assert demo.wait(15) == 0
    assert time.monotonic() - began < 10
    assert project.left_running() == {}


def test_kill_9_of_the_supervisor_leaves_nothing_and_the_next_start_keeps_the_data(project: FakeProject) -> None:
    demo = project.open_demo(PORT=str(free_port()))
    secret = project.state / "demo" / "secret_key"
    before = secret.read_text()
    assert secret.stat().st_mode & 0o777 == 0o600
    demo.kill()
    demo.wait()
    assert wait_until(lambda: not project.left_running(), 8), project.left_running()

    demo = project.open_demo(PORT=str(free_port()))
    assert project.get("/").startswith("smtp://")
    assert secret.read_text() == before
    assert project.commands() == ["migrate", "load_demo", "demo_logins", "demo_logins"]
    demo.send_signal(signal.SIGHUP)
    assert demo.wait(15) == 0

    (project.folder / "coalition" / "more.py").write_text("WORD = 1")
    assert project.call("demo", PORT=str(free_port()), BREAK="load_demo").returncode == 1
    assert project.commands()[4:] == ["migrate", "load_demo"]
    assert project.left_running() == {}


def test_a_dead_worker_comes_back_and_a_dead_site_ends_the_demo(project: FakeProject) -> None:
    demo = project.open_demo(PORT=str(free_port()))
    record = project.state / "demo" / "children" / "worker"
    log = project.state / "demo" / "logs" / "worker.log"
    assert wait_until(lambda: " ready." in log.read_text()), log.read_text()
    before = record.read_text()
    os.kill(int(before.split()[0]), signal.SIGKILL)
    assert wait_until(lambda: log.read_text().count(" ready.") == 2), log.read_text()
    assert record.read_text() != before
    assert "worker : terminé (code -9), reprise dans 1 s" in project.said.read_text()
    with contextlib.suppress(OSError):
        project.get("/die")
    assert demo.wait(15) == 1
    assert "The site has ended" in project.said.read_text()
    assert project.left_running() == {}


def test_a_port_that_was_asked_for_and_is_taken_is_refused_with_a_clear_message(project: FakeProject) -> None:
    with socket.create_server(("127.0.0.1", 0)) as line:
        port = line.getsockname()[1]
        answer = project.call("demo", PORT=str(port))
    assert answer.returncode == 1
    assert f"Port {port} is taken" in answer.stdout
    assert project.left_running() == {}


def test_a_failing_step_shows_its_last_words_and_stops_everything(project: FakeProject) -> None:
    answer = project.call("demo", PORT=str(free_port()), BREAK="migrate", DATABASE_URL="postgres://a@b/c")
    assert answer.returncode == 1
    assert "the schema is in pieces" in answer.stdout
    assert project.left_running() == {}
