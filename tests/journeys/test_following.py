"""Followed on a phone without JavaScript: a case, the bell, the news, a digest, and leaving; looked at by axe too."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.steps import EDITOR, Visitor, enter_as_organiser, follow, go, looks_right, press, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

READER = "nora.lestrane@example.org"
CASE = "/fr/cas/32/"
TITLE = "Un cahier de doléances numérisé chaque semaine"
"""Bytes of page, style and script, compressed."""
PAGES = ("/fr/compte/nouvelles/", "/fr/compte/suivis/", "/fr/compte/notifications/", CASE)


@pytest.fixture(params=[False, True], ids=["without JavaScript", "with JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_a_case_is_followed_heard_of_and_left(site: Site, visitor: Visitor, javascript: bool) -> None:
    organiser, phone = visitor(), visitor(width=360)
    enter_as_organiser(organiser, site)
    sign_in(phone, READER)
    before = _followed(phone)
    said = f"Le cahier se lit {'avec' if javascript else 'sans'} écran."
    _it_changes(visitor(), organiser, said)
    _the_bell_counts(phone, before)
    _the_news_lead_to_it(phone)
    _told_once_a_day(phone)
    if javascript:
        for path in PAGES:
            looks_right(phone, path)
    _left(phone)


def _unread(phone: Page) -> int:
    """What the bell says."""
    bell = phone.locator("header .num")
    found = re.search(r"\d+", bell.inner_text()) if bell.count() else None
    return int(found[0]) if found else 0


def _followed(phone: Page) -> int:
    phone.goto(CASE)
    press(phone, "Suivre")
    expect(phone.locator("main")).to_contain_text("Vous suivez")
    return _unread(phone)


def _it_changes(writer: Page, organiser: Page, said: str) -> None:
    """Whoever writes the case sends it again; the organising team publishes it."""
    sign_in(writer, EDITOR)
    writer.goto(CASE)
    follow(writer, "Modifier ce cas")
    writer.get_by_label("En deux phrases").fill(f"Exemple fictif. {said}")
    press(writer, "Enregistrer et envoyer")
    press(writer, "Envoyer ce cas")
    organiser.goto("/fr/a-traiter/")
    follow(organiser, TITLE)
    press(organiser, "Publier")
    expect(organiser.locator("main")).to_contain_text(said)


def _the_bell_counts(phone: Page, before: int) -> None:
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        phone.goto(CASE)
        if _unread(phone) > before:
            return
        time.sleep(0.5)
    raise AssertionError("the bell never rang")


def _the_news_lead_to_it(phone: Page) -> None:
    phone.goto("/fr/compte/nouvelles/")
    line = phone.locator("main ul.say > li").first
    expect(line).to_contain_text("Cas mis à jour")
    go(line.get_by_role("link").first)
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    phone.goto("/fr/compte/nouvelles/")
    press(phone, "Tout marquer comme lu")
    assert _unread(phone) == 0


def _told_once_a_day(phone: Page) -> None:
    phone.goto("/fr/compte/notifications/")
    phone.get_by_label("Ce que vous suivez").select_option(label="courriel, une fois par jour")
    press(phone, "Enregistrer")
    expect(phone.locator("main, [role=status]").first).to_be_visible()
    phone.goto("/fr/compte/notifications/")
    expect(phone.get_by_label("Ce que vous suivez")).to_have_value("daily")


def _left(phone: Page) -> None:
    phone.goto(CASE)
    press(phone, "Ne plus suivre")
    phone.goto(CASE)
    expect(phone.get_by_role("button", name="Suivre", exact=True)).to_be_visible()
