"""What people do again and again in journeys: follow, press, sign in, read their mail."""

import gzip
import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, Response, expect

from tests.journeys.conftest import Site, accessible

BUDGET = 50_000
"""Bytes of a first visit, compressed, without images."""
PASSWORD = "carnet-de-bord-des-villes"
ORGANISER = "amina.keller@example.org"
EDITOR = "youn.kerzavel@example.org"
MEMBER = "louise.adamoret@example.org"
CO_AUTHOR = "helene.vauquois@example.org"
REPRESENTATIVE = "kodjo.amevigan@example.org"
PRINTED_PAGE = re.compile(rb"/Type\s*/Page[^s]")
used_codes: set[str] = set()
kept_sessions: list[Any] = []

Visitor = Callable[..., Page]


def go(target: Locator) -> None:
    """Click what leads to another page, and wait until that page stands."""
    with target.page.expect_navigation(wait_until="load"):
        target.click()


def press(page: Page, name: str) -> None:
    go(page.get_by_role("button", name=name, exact=True))


def follow(page: Page, name: str) -> None:
    go(page.get_by_role("link", name=name).first)


def sign_in(page: Page, email: str) -> None:
    page.goto("/fr/compte/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    press(page, "Se connecter")


def sign_in_as_organiser(page: Page, site: Site) -> None:
    """Password, then a second-factor code that was not used yet: each opens the door once."""
    sign_in(page, ORGANISER)
    deadline = time.monotonic() + 70
    while (code := site.code(ORGANISER)) in used_codes:
        assert time.monotonic() < deadline
        time.sleep(1)
    used_codes.add(code)
    page.fill("input[name=code]", code)
    with page.expect_navigation(wait_until="load"):
        page.locator("input[name=code]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amina Keller")
    kept_sessions[:] = [{"name": c["name"], "value": c["value"], "url": site.url} for c in page.context.cookies()]


def letters(page: Page, *, to: str, subject: str) -> Locator:
    """The demo's letters to somebody whose subject holds these words, newest first."""
    page.goto("/fr/courrier/")
    return page.locator("main li", has_text=to).filter(has_text=subject)


def open_mail(page: Page, *, to: str, subject: str, besides: int = 0) -> None:
    """Wait until one more letter than `besides` has come, and open the newest."""
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        found = letters(page, to=to, subject=subject)
        if found.count() > besides:
            go(found.first.get_by_role("link"))
            return
        time.sleep(0.5)
    raise AssertionError(f"no mail « {subject} » for {to}: {page.locator('main').inner_text()[:800]}")


def enter_as_organiser(page: Page, site: Site) -> None:
    """As an organiser who signed in before, on the same site: a fresh code is half a minute away."""
    if not kept_sessions:
        sign_in_as_organiser(page, site)
    page.context.add_cookies(kept_sessions)


def type_after(page: Page, label: str, words: str, typed: str) -> None:
    """Put the caret behind these words of a field, and type."""
    field = page.get_by_label(label).first
    field.evaluate(
        "(el, said) => { el.focus(); const at = el.value.indexOf(said) + said.length; el.setSelectionRange(at, at); }",
        words,
    )
    field.press_sequentially(typed)


def looks_right(page: Page, path: str) -> None:
    """A page weighs little; at both widths and in both schemes it is accessible, and nothing runs over its edge."""
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    page.on("response", keep)
    page.goto(path, wait_until="networkidle")
    page.remove_listener("response", keep)
    texts = [one for one in answers if one.request.resource_type in ("document", "stylesheet", "script")]
    weight = sum(len(gzip.compress(one.body(), 6)) for one in texts if one.status == 200)
    assert weight <= BUDGET, f"{path}: {weight} bytes"
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (path, width)
    page.set_viewport_size({"width": 360, "height": 900})
