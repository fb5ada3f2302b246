"""A city publishes an experiment, a member amends a principle, an organisation co-signs; each is told by mail.

The whole walk is done twice: with JavaScript, axe looking at each page; then without.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, accessible
from tests.journeys.steps import (
    EDITOR,
    MEMBER,
    PRINTED_PAGE,
    REPRESENTATIVE,
    Visitor,
    follow,
    go,
    letters,
    open_mail,
    press,
    sign_in,
    sign_in_as_organiser,
)

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def look(javascript: bool) -> Callable[[Page], None]:
    """Check the page one stands on: no axe violation (axe needs JavaScript), and it fits the screen."""

    def check(page: Page) -> None:
        if javascript:
            accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url

    return check


def test_the_product_once_through(site: Site, visitor: Visitor, look: Callable[[Page], None], javascript: bool) -> None:
    mark = "avec" if javascript else "sans"
    public = visitor(width=360)
    for path in ("/fr/", "/en/", "/fr/cas/", "/fr/charte/", "/fr/coalition/", "/fr/organisations/", "/fr/journal/"):
        public.goto(path)
        look(public)
    organiser = visitor()
    sign_in_as_organiser(organiser, site)
    look(organiser)
    title = f"Des bornes-fontaines relevées {mark} écran"
    _a_city_documents_a_case(visitor(width=360), look, title)
    _an_organiser_publishes_it(organiser, look, title)
    _the_public_finds_it(public, look, title)
    open_mail(public, to=EDITOR, subject=title)
    _a_member_amends_a_principle(visitor(), look, mark)
    _an_organiser_accepts_it(organiser, look, mark)
    open_mail(public, to=MEMBER, subject=f"Dire {mark} détour")
    _the_public_reads_what_changed(public, look)
    _an_organisation_co_signs(organiser, visitor(width=360), public, look)


def _a_city_documents_a_case(page: Page, look: Callable[[Page], None], title: str) -> None:
    sign_in(page, EDITOR)
    look(page)
    page.goto("/fr/cas/documenter/")
    look(page)
    press(page, "Enregistrer et envoyer")
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)
    page.get_by_label("Titre").fill(title)
    page.get_by_label("En deux phrases").fill("Exemple fictif. Les fontainiers relèvent les pannes par message vocal.")
    page.get_by_label("Ce qui n’a pas marché").fill("Les relevés du dimanche manquaient.")
    press(page, "Enregistrer et voir l’aperçu")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    look(page)
    follow(page, "Envoyer aux organisateurs")
    look(page)
    press(page, "Envoyer ce cas")
    expect(page.locator("main")).to_contain_text("En relecture")


def _an_organiser_publishes_it(page: Page, look: Callable[[Page], None], title: str) -> None:
    page.goto("/fr/a-traiter/")
    look(page)
    follow(page, title)
    look(page)
    press(page, "Publier")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def _the_public_finds_it(page: Page, look: Callable[[Page], None], title: str) -> None:
    page.goto("/fr/cas/")
    page.get_by_role("searchbox").fill("bornes fontaines relevees")
    press(page, "Chercher")
    look(page)
    follow(page, title)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("main")).to_contain_text("Les relevés du dimanche manquaient.")
    look(page)


def _a_member_amends_a_principle(page: Page, look: Callable[[Page], None], mark: str) -> None:
    sign_in(page, MEMBER)
    page.goto("/fr/charte/")
    links = page.get_by_role("link", name="Proposer une autre rédaction")
    go(links.nth(1 if mark == "avec" else 2))
    look(page)
    page.locator("[name=title]").fill(f"Dire {mark} détour")
    text = page.locator("[name=text_fr]")
    text.fill(text.input_value() + f"\n4. Nous le disons {mark} détour.")
    english = page.locator("[name=text_en]")
    english.fill(english.input_value() + "\n4. We say so plainly.")
    page.locator("[name=motive]").fill("Un essai sans phrase claire se perd, nous l’avons vécu deux fois.")
    press(page, "Voir les changements")
    expect(page.locator(".diff ins").first).to_contain_text("détour")
    look(page)
    press(page, "Proposer cet amendement")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Dire {mark} détour")
    look(page)


def _an_organiser_accepts_it(page: Page, look: Callable[[Page], None], mark: str) -> None:
    page.goto("/fr/a-traiter/")
    follow(page, f"Dire {mark} détour")
    look(page)
    follow(page, "Adopter")
    look(page)
    page.locator("[name=motive]").fill("La phrase rend l’article vérifiable.")
    press(page, "Relire avant de décider")
    look(page)
    press(page, "Adopter")
    expect(page.locator("main")).to_contain_text("La phrase rend l’article vérifiable.")


def _the_public_reads_what_changed(page: Page, look: Callable[[Page], None]) -> None:
    page.goto("/fr/charte/")
    go(page.get_by_role("link", name=re.compile("^Ce qui a changé")).first)
    expect(page.locator(".diff ins").first).to_contain_text("détour")
    look(page)


def _an_organisation_co_signs(organiser: Page, page: Page, public: Page, look: Callable[[Page], None]) -> None:
    name = "Réseaux du Golfe"
    organiser.goto("/fr/organisations/reseaux-du-golfe-fictif/")
    look(organiser)
    confirm = organiser.get_by_label("Accepter")
    if confirm.count():
        confirm.first.check()
        go(organiser.get_by_role("button", name=re.compile("Répondre")))
    sign_in(page, REPRESENTATIVE)
    page.goto("/fr/organisations/co-porteurs/signer/")
    look(page)
    press(page, "Relire l’acte")
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)
    page.locator("[name=mandate_reference]").fill("Pouvoir du directeur général, nº 12 (exemple)")
    page.locator("[name=mandate_date]").fill("2026-10-14")
    page.locator("[name=commitments]").first.check()
    page.locator("[name^=sentence_]").first.fill("Ouvrir nos relevés de couverture aux villes qui les demandent.")
    _with_one_reservation(page)
    page.locator("[name=authority]").check()
    press(page, "Relire l’acte")
    look(page)
    letter = {"to": REPRESENTATIVE, "subject": "Confirmez"}
    already = letters(public, **letter).count()
    go(page.get_by_role("button", name=re.compile("^Signer au nom de")))
    look(page)
    receipt = page.url
    open_mail(public, **letter, besides=already)
    link = public.locator("main a[href*='/co-porteurs/confirmer/']").first.get_attribute("href")
    assert link
    public.goto(link)
    look(public)
    go(public.get_by_role("button", name=re.compile("^Confirmer la signature")))
    expect(public.get_by_role("heading", level=1)).to_have_text("Votre signature est confirmée")
    organiser.goto("/fr/a-traiter/")
    follow(organiser, name)
    look(organiser)
    organiser.get_by_label("Accepter").first.check()
    go(organiser.get_by_role("button", name=re.compile("Répondre")))
    public.goto("/fr/organisations/co-porteurs/")
    expect(public.locator("main")).to_contain_text(name)
    look(public)
    public.goto(receipt)
    expect(public.locator("main")).to_contain_text("Nos agences ferment à 18 h.")
    assert len(PRINTED_PAGE.findall(public.pdf(format="A4"))) == 1, "the act prints on one page"
    page.goto(receipt)
    _and_may_withdraw(page, public, look, name)


def _with_one_reservation(page: Page) -> None:
    """Open an article, read it, say what cannot be followed of it."""
    article = page.locator("details", has_text="Garder un accueil humain")
    article.locator("summary").click()
    article.get_by_label("Émettre une réserve sur cet article").fill("Nos agences ferment à 18 h.")


def _and_may_withdraw(page: Page, public: Page, look: Callable[[Page], None], name: str) -> None:
    follow(page, "Se retirer")
    look(page)
    page.locator("[name=reason]").fill("Notre conseil veut d’abord en débattre.")
    go(page.locator("main form button[type=submit], main form button:not([type])").last)
    public.goto("/fr/organisations/co-porteurs/")
    expect(public.locator("[aria-labelledby=liste]")).not_to_contain_text(name)
    expect(public.locator("[aria-labelledby=parties]")).to_contain_text(name)
