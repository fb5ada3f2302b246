"""A private Valkey: broker and cache on a Unix socket, nothing on disk."""

import os
import shutil
import signal
import socket
import time
from pathlib import Path

from coalition.embedded.accounts import ServiceAccount
from coalition.embedded.binaries import valkey_program
from coalition.embedded.errors import LaunchError
from coalition.embedded.folders import make_folder
from coalition.embedded.processes import PAUSE, Child, spawn, stop

START_PATIENCE = 20.0


class Valkey:
    """Life of one private server below `folder`. It forgets everything: the database is the truth."""

    def __init__(self, folder: Path, root: Path, account: ServiceAccount | None) -> None:
        self.folder, self.root, self.account = folder, root, account
        self.home = folder / "vk"
        self.socket = self.home / "valkey.sock"
        self.child: Child | None = None

    @property
    def url(self) -> str:
        """Where to connect, in the form of redis-py."""
        return f"unix://{self.socket}"

    def start(self) -> None:
        """Start it and wait for its first answer. Raises LaunchError."""
        program = valkey_program(self.account, self.root)
        shutil.rmtree(self.home, ignore_errors=True)
        make_folder(self.home, 0o700)
        if self.account:
            self.account.own(self.home)
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.home),
            "save": "",
            "appendonly": "no",
            "daemonize": "no",
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",
        }
        options = [part for key, value in settings.items() for part in (f"--{key}", value)]
        self.child = spawn(
            "valkey",
            [program, *options],
            folder=self.folder,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            cwd=self.home,
            account=self.account,
            death_signal=signal.SIGTERM,
        )
        self._wait_until_ready()

    def stop(self) -> None:
        """Stop it; there is nothing to save."""
        if self.child is not None:
            stop(self.child, ((signal.SIGTERM, 1.0), (signal.SIGKILL, 0.5)))
            self.child = None

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_PATIENCE
        while self.child is not None and self.child.running and time.monotonic() < deadline:
            if self._answers():
                return
            time.sleep(PAUSE)
        tail = self.child.tail() if self.child else ""
        self.stop()
        raise LaunchError(f"Valkey did not start:\n{tail}")

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            try:
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
            except OSError:
                return False
