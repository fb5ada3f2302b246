"""The private PostgreSQL: data kept when durable, stale marks cleared, an orphan ended."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from coalition.embedded.accounts import service_account
from coalition.embedded.errors import LaunchError
from coalition.embedded.folders import make_folder
from coalition.embedded.postgres import Postgres


@pytest.fixture
def server(state: Path) -> Iterator[Postgres]:
    """A durable server that is stopped in any case."""
    made = new_server(state)
    yield made
    made.stop()


def new_server(state: Path) -> Postgres:
    return Postgres(make_folder(state / "demo"), state, service_account(), durable=True)


def test_data_survive_a_stop_and_a_pid_file_of_a_stranger(server: Postgres, state: Path) -> None:
    server.start()
    with psycopg.connect(server.url, autocommit=True) as line:
        line.execute("CREATE TABLE kept AS SELECT 'here' AS word")
    server.stop()
    data = next(server.home.glob("data-*"))
    stranger = subprocess.Popen(["sleep", "60"])
    (data / "postmaster.pid").write_text(f"{stranger.pid}\n{data}\n0\n5432\n/nowhere\n\n\nready\n")
    again = new_server(state)
    again.start()
    with psycopg.connect(again.url) as line:
        assert line.execute("SELECT word FROM kept").fetchone() == ("here",)
    assert stranger.poll() is None
    again.stop()
    stranger.kill()
    stranger.wait()


def test_an_orphan_server_on_the_same_data_is_ended_first(server: Postgres, state: Path) -> None:
    server.start()
    assert server.child is not None
    orphan = server.child.process
    later = new_server(state)
    later.start()
    assert orphan.wait(5) is not None
    with psycopg.connect(later.url) as line:
        assert line.execute("SELECT 1").fetchone() == (1,)
    later.stop()


def test_only_a_socket_of_ours_is_open(server: Postgres) -> None:
    server.start()
    with psycopg.connect(server.url) as line:
        assert line.execute("SHOW listen_addresses").fetchone() == ("",)
    assert server.sockets.stat().st_mode & 0o777 == 0o700
    assert (os.geteuid() != 0) or server.sockets.stat().st_uid != 0


def test_a_path_too_long_for_a_socket_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="COALITION_STATE_DIR"):
        Postgres(tmp_path / ("x" * 90), tmp_path, service_account(), durable=True).start()
