"""The whole product as a person meets it: `make demo`'s own supervisor, a real worker, a real mail box, Chromium."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.identity.provider import IdentityProvider, free_port, identity_provider

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session", autouse=True)
def chromium_is_there() -> None:
    """Journeys need Chromium: skip with a reason on a machine without it, fail under CI."""
    if CHROMIUM is None:
        reason = "Chromium is not installed (apt install chromium)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@dataclass(frozen=True)
class Site:
    """The running demo: its address, and what `demo_logins` says."""

    url: str
    environment: dict[str, str]

    def code(self, email: str) -> str:
        """The organiser's second-factor code right now, as the page of the demo shows it beside the login."""
        with urllib.request.urlopen(f"{self.url}/fr/demo/", timeout=15) as answer:
            row = answer.read().decode().split(email, 1)[1].split("</tr>", 1)[0]
        found = re.search(r">(\d{6})<", row)
        assert found, row
        return found.group(1)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                break
        except OSError:
            time.sleep(0.3)
    while "Ctrl-C" not in log.read_text():
        assert time.monotonic() < deadline and process.poll() is None, log.read_text()
        time.sleep(0.2)


@pytest.fixture(scope="session")
def site_port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def identity(site_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[IdentityProvider]:
    """An OpenID Connect provider the site is set up with; `identity.say(...)` makes its one person."""
    back = f"http://127.0.0.1:{site_port}/{{}}/oidc/agent-pass/login/callback/"
    returns = [back.format("fr/compte"), back.format("en/account")]
    with identity_provider(tmp_path_factory.mktemp("identity"), *returns) as provider:
        yield provider


@pytest.fixture(scope="session")
def site(
    django_db_setup: None,
    clone_database: Callable[[str], str],
    tmp_path_factory: pytest.TempPathFactory,
    site_port: int,
    identity: IdentityProvider,
) -> Iterator[Site]:
    """Start the demo on a database of its own; stop it as Ctrl-C does."""
    folder = tmp_path_factory.mktemp("demo")
    state = Path("/var/tmp") / f"cj-{os.getpid()}"  # short, because Unix sockets live below it
    port = site_port
    environment = {
        **os.environ,
        "DATABASE_URL": clone_database("journey"),
        "PORT": str(port),
        "COALITION_STATE_DIR": str(state),
        "OIDC_PROVIDERS": json.dumps([identity.declaration()]),
        "NO_PROXY": "127.0.0.1",
    }
    log = folder / "demo.log"
    command = [sys.executable, "-m", "coalition.embedded", "demo"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=output, stderr=output)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, log)
        settings = {"DJANGO_SETTINGS_MODULE": "coalition.settings.dev", "COALITION_DEMO": "1", "BASE_URL": url}
        yield Site(url, {**environment, **settings})
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        shutil.rmtree(state, ignore_errors=True)


@pytest.fixture
def visitor(browser: Browser, site: Site, javascript: bool) -> Iterator[Callable[..., Page]]:
    """Open a browser of somebody's own (cookies, 360 px phone or desk): `visitor(width=360)` gives its page."""
    contexts: list[BrowserContext] = []

    def arrive(width: int = 1280, language: str = "fr-FR") -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale=language,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()


def accessible(page: Page, *rules: str) -> None:
    """No axe violation on this page, of these rules only when named. axe is JavaScript: not where that is off."""
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": AXE_TAGS}
    # nobody reads where a rule held: axe need not describe every element that is right
    results = Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]})
    found = [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in results.response["violations"]]
    assert not found, f"{page.url}: {found}"
