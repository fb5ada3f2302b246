"""The tests' side of the provider: start and stop its process, tell it what to say, walk through its pages."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests

ROOT = Path(__file__).resolve().parents[2]
CLIENT, SECRET = "coalition", "secret-of-the-tests"
INPUT = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class IdentityProvider:
    """A running provider with one person, `agent`."""

    def __init__(self, url: str, state: Path) -> None:
        self.url, self.state = url, state
        self.say()

    def say(self, fault: str = "", **claims: Any) -> None:
        """From now on, these are the person's claims, and this the provider's fault."""
        written = self.state / "story.json.new"
        written.write_text(json.dumps({"claims": claims, "fault": fault}))
        written.replace(self.state / "story.json")

    def declaration(self, **fields: Any) -> dict[str, Any]:
        """Its entry in OIDC_PROVIDERS."""
        known = {"server_url": self.url, "client_id": CLIENT, "secret": SECRET}
        return {"id": "agent-pass", "name": "AgentPass", **known, **fields}

    def walk(self, address: str, *, accept: bool = True) -> str:
        """Log in there as a browser sent to `address` would, accept or cancel; the address one is sent back to."""
        with requests.Session() as browser:
            browser.trust_env = False
            page = browser.get(address)
            page = self._fill(browser, page, {"login": "agent", "password": "agent"})
            scopes = {"scopes": ["openid", "email", "profile"], "action": "grant" if accept else "cancel"}
            answer = self._fill(browser, page, scopes, follow=False)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def _fill(
        self, browser: requests.Session, page: requests.Response, data: dict[str, Any], *, follow: bool = True
    ) -> requests.Response:
        action = re.search(r'<form[^>]*action="([^"]*)"', page.text)
        target = urljoin(page.url, action[1].replace("&amp;", "&")) if action and action[1] else page.url
        hidden = {name: value.replace("&amp;", "&") for name, value in INPUT.findall(page.text)}
        return browser.post(target, {**hidden, **data}, allow_redirects=follow, headers={"Referer": page.url})


@contextmanager
def identity_provider(state: Path, *returns: str) -> Iterator[IdentityProvider]:
    """Run the provider, which sends people back to `returns` only, until the block ends."""
    port = free_port()
    provider = IdentityProvider(f"http://127.0.0.1:{port}", state)
    command = [sys.executable, "-m", "tests.identity.serve", str(port), *returns]
    environment = {**os.environ, "IDENTITY_STATE": str(state)}
    with (state / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait(f"{provider.url}/.well-known/openid-configuration", process, state / "log")
        yield provider
    finally:
        process.terminate()
        process.wait(20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            with requests.Session() as session:
                session.trust_env = False
                if session.get(url, timeout=5).ok:
                    return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())
