"""Children: ended in order, recognised after a crash, never mistaken for a stranger."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from coalition.embedded.processes import Child, birth_of, end_strays, is_alive, spawn, stop, stop_together
from tests.embedded.site import wait_until

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"


def start(folder: Path, name: str, *argv: str) -> Child:
    return spawn(name, argv, folder=folder, env=dict(os.environ))


def test_a_child_that_ignores_the_first_signal_is_ended_by_the_next(tmp_path: Path) -> None:
    child = start(tmp_path, "deaf", sys.executable, "-c", DEAF)
    assert wait_until(lambda: "deaf" in child.tail())
    stop(child, ((signal.SIGTERM, 0.2), (signal.SIGKILL, 2.0)))
    assert child.process.returncode == -signal.SIGKILL
    assert not child.record.exists()


def test_grandchildren_in_the_group_go_with_the_child(tmp_path: Path) -> None:
    child = start(tmp_path, "family", "sh", "-c", "sleep 60 & echo $!; wait")
    assert wait_until(child.tail)
    grandchild = int(child.tail())
    stop_together([child], ((signal.SIGTERM, 2.0), (signal.SIGKILL, 1.0)))
    assert wait_until(lambda: not is_alive(grandchild), 5)


def test_a_leftover_is_found_by_its_record_and_ended(tmp_path: Path) -> None:
    child = start(tmp_path, "leftover", "sleep", "60")
    assert end_strays(tmp_path, 0.2) == ["leftover"]
    assert child.process.wait(5) != 0
    assert end_strays(tmp_path) == []


def test_a_recycled_process_id_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    (tmp_path / "children").mkdir()
    (tmp_path / "children" / "old").write_text(f"{stranger.pid} 1\n")
    assert end_strays(tmp_path) == []
    assert is_alive(stranger.pid)
    assert not (tmp_path / "children" / "old").exists()
    stranger.kill()
    stranger.wait()


def test_a_dead_process_has_no_birth(tmp_path: Path) -> None:
    child = start(tmp_path, "short", "true")
    child.process.wait()
    assert birth_of(child.process.pid) == ""
    assert birth_of(os.getpid()) != ""
