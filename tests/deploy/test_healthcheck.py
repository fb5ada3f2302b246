"""The health check of a container says yes, or says what is wrong."""

import os
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from tests.deploy.conftest import PROJECT


def check(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "deploy/healthcheck.py", *words]
    return subprocess.run(line, cwd=PROJECT, env={**os.environ, **env}, capture_output=True, text=True, check=False)


class Site(BaseHTTPRequestHandler):
    """Healthy for the host it knows, refusing any other."""

    def do_GET(self) -> None:
        self.send_response(200 if self.headers["Host"] == "coalition.example.org" else 400)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_the_site_is_asked_under_a_host_name_it_knows() -> None:
    with HTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        bind = f"0.0.0.0:{site.server_port}"
        assert check("web", WEB_BIND=bind, ALLOWED_HOSTS="coalition.example.org,b").returncode == 0
        refused = check("web", WEB_BIND=bind, ALLOWED_HOSTS="other.example.org")
        site.shutdown()
    assert refused.returncode == 1
    assert "400" in refused.stderr


def test_a_port_that_nobody_listens_on_is_ill() -> None:
    with socket.create_server(("127.0.0.1", 0)) as line:
        port = str(line.getsockname()[1])
        assert check("port", port).returncode == 0
    assert check("port", port).returncode == 1


def test_a_clock_that_stopped_writing_is_ill(tmp_path: Path) -> None:
    place = tmp_path / "schedule.db"
    assert check("fresh", str(tmp_path / "schedule"), "60").returncode == 1
    place.touch()
    assert check("fresh", str(tmp_path / "schedule"), "60").returncode == 0
    os.utime(place, (0, 0))
    assert "last written" in check("fresh", str(tmp_path / "schedule"), "60").stderr
