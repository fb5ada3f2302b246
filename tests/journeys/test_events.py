"""An editor writes an event and publishes it; a reader follows it, hears that it moved, then that it is cancelled."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.steps import EDITOR, Visitor, follow, looks_right, open_mail, press, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

READER = "nora.lestrane@example.org"
LIST = "/fr/rendez-vous/"
"""Bytes of page, style and script, compressed."""
REASON = "La salle est inondée."


@pytest.fixture(params=[False, True], ids=["without JavaScript", "with JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_an_event_is_announced_moves_and_is_cancelled(site: Site, visitor: Visitor, javascript: bool) -> None:
    editor, phone = visitor(), visitor(width=360)
    title = f"Atelier {'avec' if javascript else 'sans'} écran"
    sign_in(editor, EDITOR)
    sign_in(phone, READER)
    address = _published(editor, title)
    _followed(phone, title)
    _moved(editor, address)
    open_mail(phone, to=READER, subject=f"Date ou lieu changés : {title}")
    expect(phone.locator("main")).to_contain_text("Maintenant")
    expect(phone.locator("main")).to_contain_text("Halle aux poissons")
    _cancelled(editor, address)
    open_mail(phone, to=READER, subject=f"Annulé : {title}")
    expect(phone.locator("main")).to_contain_text(REASON)
    phone.goto(address)
    expect(phone.locator("main")).to_contain_text("Annulé")
    if javascript:
        for path in (LIST, address):
            looks_right(phone, path)


def _day(days: int) -> str:
    return f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}"


def _published(editor: Page, title: str) -> str:
    """First with an end before its start, which the form says; then right, read again, public. Its address."""
    editor.goto(LIST)
    follow(editor, "Écrire un rendez-vous")
    editor.get_by_label("Titre", exact=True).fill(title)
    editor.get_by_label("Nature").select_option(label="Atelier")
    editor.get_by_label("En une phrase").fill("On compte, et on dit ce qu’on compte.")
    editor.locator("[name=starts_on]").fill(_day(20))
    editor.locator("[name=starts_time]").fill("14:00")
    editor.locator("[name=ends_time]").fill("13:00")
    editor.locator("[name=country]").select_option("FR")
    editor.locator("[name=city]").fill("Lorient")
    press(editor, "Enregistrer et relire")
    expect(editor.locator("main")).to_contain_text("La fin vient avant le début.")
    expect(editor.get_by_label("Titre", exact=True)).to_have_value(title)
    editor.locator("[name=ends_time]").fill("16:00")
    press(editor, "Enregistrer et relire")
    expect(editor.locator("main")).to_contain_text("Lorient, France")
    press(editor, "Publier au nom de Ville de Port-Clair (fictive)")
    expect(editor.get_by_role("heading", level=1)).to_have_text(title)
    found = re.search(r"/fr/rendez-vous/[a-z0-9-]+/$", editor.url)
    assert found, editor.url
    return found[0]


def _followed(phone: Page, title: str) -> None:
    phone.goto(LIST)
    follow(phone, title)
    press(phone, "Suivre")
    expect(phone.locator("main")).to_contain_text("Vous suivez")


def _moved(editor: Page, address: str) -> None:
    editor.goto(address)
    follow(editor, "Modifier")
    editor.locator("[name=starts_on]").fill(_day(27))
    editor.locator("[name=venue]").fill("Halle aux poissons")
    press(editor, "Enregistrer")
    expect(editor.locator("main")).to_contain_text("Halle aux poissons")


def _cancelled(editor: Page, address: str) -> None:
    editor.goto(address)
    follow(editor, "Annuler ce rendez-vous")
    editor.get_by_label("Pourquoi").fill(REASON)
    press(editor, "Annuler ce rendez-vous")
    expect(editor.locator("main")).to_contain_text(REASON)
