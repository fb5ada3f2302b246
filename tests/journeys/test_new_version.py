"""On a phone, without JavaScript: she signs in five pages; the charter changes; she confirms with one reservation."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.steps import (
    MEMBER,
    PRINTED_PAGE,
    REPRESENTATIVE,
    Visitor,
    enter_as_organiser,
    follow,
    go,
    letters,
    open_mail,
    press,
    sign_in,
)

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

ORGANISATION = "/fr/organisations/reseaux-du-golfe-fictif/"
RESERVATION = "Nos contrats en cours nous lient jusqu’en 2028."


@pytest.fixture
def javascript() -> bool:
    return False


def test_a_representative_signs_then_confirms_the_next_version_with_one_reservation(
    site: Site, visitor: Visitor
) -> None:
    organiser, phone, public = visitor(), visitor(width=360), visitor(width=360)
    enter_as_organiser(organiser, site)
    _the_organisation_is_confirmed(organiser)
    sign_in(phone, REPRESENTATIVE)
    receipt = _she_signs_in_five_pages(phone, public)
    _an_organiser_accepts(organiser, receipt)
    _a_new_version_is_adopted(visitor(), organiser)
    _she_confirms_with_one_reservation(phone, public)
    _the_act_prints_on_one_page_and_says_so(public, receipt)
    _she_may_leave(phone, receipt)


def _the_organisation_is_confirmed(organiser: Page) -> None:
    organiser.goto(ORGANISATION)
    confirm = organiser.get_by_label("Accepter")
    if confirm.count():
        confirm.first.check()
        go(organiser.get_by_role("button", name=re.compile("Répondre")))


def _she_signs_in_five_pages(phone: Page, public: Page) -> str:
    """Form, review, receipt, the mailed link, and the page that says it is done."""
    letter = {"to": REPRESENTATIVE, "subject": "Confirmez"}
    already = letters(public, **letter).count()
    phone.goto("/fr/organisations/co-porteurs/signer/")
    phone.locator("[name=mandate_reference]").fill("Pouvoir du directeur général, nº 12 (exemple)")
    phone.locator("[name=mandate_date]").fill("2026-10-14")
    phone.locator("[name=commitments]").first.check()
    phone.locator("[name^=sentence_]").first.fill("Ouvrir nos relevés de couverture aux villes qui les demandent.")
    phone.locator("[name=authority]").check()
    press(phone, "Relire l’acte")
    go(phone.get_by_role("button", name=re.compile("^Signer au nom de")))
    receipt = phone.url
    open_mail(public, **letter, besides=already)
    link = public.locator("main a[href*='/co-porteurs/confirmer/']").first.get_attribute("href")
    assert link
    phone.goto(link)
    go(phone.get_by_role("button", name=re.compile("^Confirmer la signature")))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Votre signature est confirmée")
    return receipt


def _an_organiser_accepts(organiser: Page, receipt: str) -> None:
    organiser.goto(receipt)
    organiser.get_by_label("Accepter").first.check()
    go(organiser.get_by_role("button", name=re.compile("Répondre")))


def _a_new_version_is_adopted(member: Page, organiser: Page) -> None:
    sign_in(member, MEMBER)
    member.goto("/fr/charte/")
    go(member.get_by_role("link", name="Proposer une autre rédaction").nth(4))
    member.locator("[name=title]").fill("Dire par écrit")
    text = member.locator("[name=text_fr]")
    text.fill(text.input_value() + "\n4. Nous l’écrivons dans chaque contrat.")
    english = member.locator("[name=text_en]")
    english.fill(english.input_value() + "\n4. We write it into every contract.")
    member.locator("[name=motive]").fill("Ce qui n’est pas écrit au contrat se perd au premier changement d’équipe.")
    press(member, "Voir les changements")
    press(member, "Proposer cet amendement")
    organiser.goto("/fr/charte/amendements/?state=open")
    follow(organiser, "Dire par écrit")
    follow(organiser, "Adopter")
    organiser.locator("[name=motive]").fill("La phrase rend l’article vérifiable.")
    press(organiser, "Relire avant de décider")
    press(organiser, "Adopter")


def _she_confirms_with_one_reservation(phone: Page, public: Page) -> None:
    open_mail(public, to=REPRESENTATIVE, subject="lisez ce qui change")
    link = public.locator("main a[href*='/version/']").first.get_attribute("href")
    assert link
    phone.goto(link)
    expect(phone.get_by_role("heading", level=2).first).to_have_text("1 article a changé")
    expect(phone.locator(".diff ins")).to_have_count(1)
    expect(phone.locator(".diff ins")).to_contain_text("Nous l’écrivons dans chaque contrat.")
    press(phone, "Relire avant de confirmer")
    expect(phone.get_by_role("alert")).to_be_visible()
    phone.locator("[name^=reservation_]").first.fill(RESERVATION)
    phone.get_by_label("Confirmer avec une réserve").check()
    press(phone, "Relire avant de confirmer")
    expect(phone.locator(".act")).to_contain_text(RESERVATION)
    go(phone.get_by_role("button", name=re.compile("^Confirmer au nom de")))
    expect(phone.locator("main")).to_contain_text("Confirmation avec réserve")
    open_mail(public, to=REPRESENTATIVE, subject="a confirmé la version")


def _the_act_prints_on_one_page_and_says_so(public: Page, receipt: str) -> None:
    public.goto(receipt)
    expect(public.locator("main")).to_contain_text(RESERVATION)
    assert len(PRINTED_PAGE.findall(public.pdf(format="A4"))) == 1, "the act prints on one page"
    public.goto("/fr/organisations/co-porteurs/")
    expect(public.get_by_role("table", name="Qui tient quelle version de la charte")).to_contain_text("en vigueur")


def _she_may_leave(phone: Page, receipt: str) -> None:
    phone.goto(receipt)
    follow(phone, "Se retirer")
    phone.locator("[name=reason]").fill("Notre conseil veut d’abord en débattre.")
    go(phone.get_by_role("button", name=re.compile("^Retirer la signature")))
