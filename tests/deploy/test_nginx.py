"""The edge, for real: nginx with our configuration in front of a small application that can go away."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.deploy.conftest import PROJECT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
if NGINX is None and os.environ.get("CI") == "true":
    pytest.fail("nginx is missing: .ci/run installs it", pytrace=False)
# nginx counts whole seconds: after two, a copy of one second is surely past
PAST = 2.1
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")

OUTER = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log notice;
events {{ worker_connections 256; }}
http {{
    types {{ text/html html; image/png png; }}
    default_type application/octet-stream;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    {inner}
}}
"""


class Application(BaseHTTPRequestHandler):
    """Counts what reaches it; /private forbids sharing, /cookie sets one, /broken fails."""

    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, dict[str, str]]] = []  # noqa: RUF012 (emptied for each test)
    state = {"status": 200}  # noqa: RUF012

    def do_GET(self) -> None:
        self.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        body = f"answer {len(self.seen)} ".encode() + b"x" * 2000
        self.send_response(self.state["status"])
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store, private" if self.path == "/private" else "max-age=0")
        if self.path == "/cookie":
            self.send_header("Set-Cookie", "session=fresh")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Edge:
    """nginx and the application behind it."""

    port: int
    application: ThreadingHTTPServer
    media: Path
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, named)
        answer = line.getresponse()
        content = answer.read()
        line.close()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, content)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as line:
        return int(line.getsockname()[1])


def wait_for_port(port: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)


def configuration(folder: Path, listen: int, application: int) -> str:
    """The file as the container makes it: placeholders filled, inside http { }."""
    values = {
        "APP_ADDRESS": f"127.0.0.1:{application}",
        "MEDIA_FOLDER": str(folder / "media"),
        "CACHE_FOLDER": str(folder / "cache"),
        "LISTEN": f"127.0.0.1:{listen}",
        "PUBLIC_SCHEME": "https",
        "TRUSTED_PROXY": "192.0.2.1",
    }
    text = (PROJECT / "deploy" / "nginx.conf").read_text().replace("/dev/stdout", str(folder / "access.log"))
    inner = re.sub(r"\$\{([A-Z_]+)\}", lambda found: values[found[1]], text)
    return OUTER.format(folder=folder, inner=inner, user="user root;" if os.geteuid() == 0 else "")


@pytest.fixture
def edge(tmp_path: Path) -> Iterator[Edge]:
    Application.seen.clear()
    Application.state["status"] = 200
    application = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    application.daemon_threads = True
    threading.Thread(target=application.serve_forever, daemon=True).start()
    port = free_port()
    (tmp_path / "media" / "images").mkdir(parents=True)
    (tmp_path / "nginx.conf").write_text(configuration(tmp_path, port, application.server_port))
    command = [str(NGINX), "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    wait_for_port(port)
    yield Edge(port, application, tmp_path / "media", Application.seen)
    process.terminate()
    process.wait(10)
    application.shutdown()
    application.server_close()


def test_a_rush_on_one_page_costs_the_application_one_answer_a_second(edge: Edge) -> None:
    answers = [edge.ask("/fr/") for _ in range(20)]
    assert {answer.status for answer in answers} == {200}
    assert len(edge.seen) <= 2
    time.sleep(PAST)
    before = len(edge.seen)
    edge.ask("/fr/")
    assert len(edge.seen) == before + 1


def test_readers_with_a_session_or_a_form_token_never_get_nor_leave_a_shared_page(edge: Edge) -> None:
    for cookie in ("session=a", "__Host-session=a", "sessionid=a", "x=1; csrftoken=b", "__Host-csrf=b"):
        before = len(edge.seen)
        edge.ask("/fr/mine", Cookie=cookie)
        edge.ask("/fr/mine", Cookie=cookie)
        assert len(edge.seen) == before + 2, cookie
    anonymous = edge.ask("/fr/mine")
    assert anonymous.headers["x-cache"] == "MISS"


def test_a_language_cookie_does_not_cost_the_shared_page(edge: Edge) -> None:
    edge.ask("/fr/", Cookie="langue=en")
    assert edge.ask("/fr/").headers["x-cache"] == "HIT"


def test_private_answers_and_answers_that_set_a_cookie_are_not_shared(edge: Edge) -> None:
    for path in ("/private", "/cookie"):
        first, second = edge.ask(path), edge.ask(path)
        assert first.body != second.body, path


def test_posts_always_reach_the_application(edge: Edge) -> None:
    assert edge.ask("/fr/", "POST", b"a=1").body != edge.ask("/fr/", "POST", b"a=1").body


def test_when_the_application_is_away_or_fails_readers_get_the_last_page(edge: Edge) -> None:
    first = edge.ask("/fr/")
    time.sleep(PAST)
    Application.state["status"] = 500
    failing = edge.ask("/fr/")
    assert (failing.status, failing.body) == (200, first.body)
    edge.application.shutdown()
    edge.application.server_close()
    time.sleep(PAST)
    away = edge.ask("/fr/")
    assert (away.status, away.headers["x-cache"], away.body) == (200, "STALE", first.body)
    assert edge.ask("/fr/never-seen").status == 502


def test_a_page_made_private_disappears_with_the_first_request_after_a_second(edge: Edge) -> None:
    edge.ask("/fr/")
    time.sleep(PAST)
    Application.state["status"] = 404
    assert edge.ask("/fr/").status == 404


def test_what_a_stranger_claims_about_himself_does_not_reach_the_application(edge: Edge) -> None:
    edge.ask(
        "/fr/",
        X_Forwarded_For="203.0.113.9",
        X_Forwarded_Host="evil.example",
        X_Forwarded_Proto="http",
        X_Original_URL="/admin/",
        X_Rewrite_URL="/admin/",
        Forwarded="for=203.0.113.9",
    )
    headers = edge.seen[-1][1]
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "https"
    assert not {"x-forwarded-host", "x-original-url", "x-rewrite-url", "forwarded"} & set(headers)


def test_an_oversized_body_is_refused_before_the_application(edge: Edge) -> None:
    line = http.client.HTTPConnection("127.0.0.1", edge.port, timeout=10)
    line.putrequest("POST", "/fr/")
    line.putheader("Content-Length", str(13 * 1024 * 1024))
    line.endheaders()
    assert line.getresponse().status == 413
    assert edge.seen == []


def test_pages_are_compressed_and_static_files_keep_the_application_s_own_compression(edge: Edge) -> None:
    page = edge.ask("/fr/", Accept_Encoding="gzip, br")
    assert page.headers["content-encoding"] == "gzip"
    assert edge.seen[-1][1].get("accept-encoding") is None
    edge.ask("/static/site.css", Accept_Encoding="gzip, deflate, br, zstd")
    assert edge.seen[-1][1]["accept-encoding"] == "br"


def test_pictures_are_public_and_the_rest_of_the_media_is_not(edge: Edge) -> None:
    (edge.media / "images" / "a.png").write_bytes(b"png")
    (edge.media / "documents").mkdir()
    (edge.media / "documents" / "a.pdf").write_bytes(b"pdf")
    shown = edge.ask("/media/images/a.png")
    assert (shown.status, shown.headers["x-content-type-options"]) == (200, "nosniff")
    assert edge.ask("/media/documents/a.pdf").status == 404
    assert edge.ask("/media/images/../documents/a.pdf").status == 404
    assert edge.ask("/nginx-health").status == 204
