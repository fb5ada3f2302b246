"""Documented on a phone without JavaScript, published, found by a wrong accent, printed, redone from another city."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.steps import (
    EDITOR,
    PRINTED_PAGE,
    Visitor,
    enter_as_organiser,
    follow,
    go,
    open_mail,
    press,
    sign_in,
)

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

OTHER_EDITOR = "fatou.ndiamel@example.org"
TITLE = "Des bancs relevés au téléphone"
REDO = "Des fontaines relevées par message vocal"


@pytest.fixture
def javascript() -> bool:
    return False


def test_a_case_is_documented_published_found_printed_and_redone(site: Site, visitor: Visitor) -> None:
    organiser, phone, public = visitor(), visitor(width=360), visitor(width=360)
    enter_as_organiser(organiser, site)
    sign_in(phone, EDITOR)
    _documented_in_three_pages(phone)
    _published(organiser, TITLE)
    address = _found_by_a_wrong_accent(public)
    assert len(PRINTED_PAGE.findall(public.pdf(format="A4"))) <= 2, "a case prints on two pages"
    other = visitor(width=360)
    sign_in(other, OTHER_EDITOR)
    _redone_elsewhere(other, address)
    public.goto(address)
    expect(public.locator("main")).not_to_contain_text(REDO)
    _published(organiser, REDO)
    public.goto(address)
    expect(public.locator("main")).to_contain_text(REDO)
    expect(public.locator("main")).to_contain_text("Chez nous, par la voix.")
    open_mail(public, to=EDITOR, subject=TITLE)


def _documented_in_three_pages(phone: Page) -> None:
    """The form of five minutes, the review before sending, and the page that says it waits."""
    phone.goto("/fr/cas/documenter/")
    phone.get_by_label("Titre").fill(TITLE)
    phone.get_by_label("En deux phrases").fill("Exemple fictif. Les habitants appellent, la mairie note.")
    phone.get_by_label("Ce qui a été tenté").fill("Un numéro, une carte au mur, une réponse sous huit jours.")
    phone.get_by_label("Ce qui n’a pas marché").fill("Personne ne rappelait le lundi.")
    press(phone, "Enregistrer et envoyer")
    press(phone, "Envoyer ce cas")
    expect(phone.locator("main")).to_contain_text("En relecture")


def _published(organiser: Page, title: str) -> None:
    organiser.goto("/fr/a-traiter/")
    follow(organiser, title)
    press(organiser, "Publier")
    expect(organiser.get_by_role("heading", level=1)).to_have_text(title)


def _found_by_a_wrong_accent(public: Page) -> str:
    public.goto("/fr/cas/")
    public.get_by_role("searchbox").fill("bàncs relevès")
    press(public, "Chercher")
    follow(public, TITLE)
    expect(public.get_by_role("heading", level=1)).to_have_text(TITLE)
    return public.url


def _redone_elsewhere(other: Page, address: str) -> None:
    other.goto(address)
    go(other.get_by_role("link", name=re.compile("Nous l’avons refait")).first)
    other.get_by_label("Ce que vous avez changé").fill("Chez nous, par la voix.")
    press(other, "Lier les deux cas")
    other.get_by_label("Titre").fill(REDO)
    other.get_by_label("En deux phrases").fill("Exemple fictif. Les fontainiers parlent, la commune note.")
    press(other, "Enregistrer et envoyer")
    press(other, "Envoyer ce cas")
