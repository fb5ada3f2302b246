"""A city states a challenge on a phone, a partner answers, the city decides and concludes; each is told by mail."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.steps import EDITOR, Visitor, follow, go, looks_right, open_mail, press, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

PARTNER = "salma.benyoun@example.org"
"""Bytes of page, style and script, compressed."""


@pytest.fixture(params=[False, True], ids=["without JavaScript", "with JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_a_challenge_is_stated_answered_decided_and_concluded(site: Site, visitor: Visitor, javascript: bool) -> None:
    city, partner, public = visitor(width=360), visitor(width=360), visitor(width=360)
    title = f"Ranger les vélos {'avec' if javascript else 'sans'} écran"
    sign_in(city, EDITOR)
    sign_in(partner, PARTNER)
    address = _stated(city, title)
    _found_by_the_public(public, title)
    if javascript:
        for path in ("/fr/defis/", address, "/fr/defis/ecrire/ville-de-port-clair/"):
            looks_right(city, path)
    _answered(partner, address)
    public.goto(address)
    expect(public.locator("main")).not_to_contain_text("réponse reçue")
    open_mail(city, to=EDITOR, subject=title)
    response = _retained(city, address)
    open_mail(partner, to=PARTNER, subject=title)
    partner.goto(response)
    expect(partner.locator("main")).to_contain_text("Vos arceaux sont solides.")
    _concluded(city, address)
    public.goto(address)
    expect(public.locator("main")).to_contain_text("Nous posons quarante arceaux.")
    expect(public.locator("main")).to_contain_text("Coopérative Kolibri")
    open_mail(partner, to=PARTNER, subject=f"Défi conclu\u00a0: {title}")


def _stated(city: Page, title: str) -> str:
    """The form of a phone, the page where all is read again, then public."""
    city.goto("/fr/defis/")
    follow(city, "Poser un défi au nom de votre ville")
    city.get_by_label("Titre").fill(title)
    press(city, "Enregistrer et relire avant de publier")
    press(city, "Publier au nom de Ville de Port-Clair (fictive)")
    expect(city.locator("main")).to_contain_text("Dites le problème")
    follow(city, "Compléter le défi")
    city.get_by_label("Le problème").fill("Exemple fictif. Les **vélos** gênent le passage des poussettes.")
    city.get_by_label("Une solution").check()
    press(city, "Enregistrer et relire avant de publier")
    press(city, "Publier au nom de Ville de Port-Clair (fictive)")
    expect(city.get_by_role("heading", level=1)).to_have_text(title)
    return city.url


def _found_by_the_public(public: Page, title: str) -> None:
    public.goto("/fr/defis/")
    public.get_by_role("searchbox").fill("velos poussettes")
    press(public, "Chercher")
    follow(public, title)
    expect(public.locator("main")).to_contain_text("On peut répondre, sans date de fin.")


def _answered(partner: Page, address: str) -> None:
    partner.goto(address)
    follow(partner, "Répondre au nom de votre organisation")
    partner.get_by_label("Ce que nous proposons").fill("Exemple fictif. Des arceaux en bois.")
    partner.get_by_label("À qui parler chez nous").fill("Gérance")
    partner.get_by_label("Si notre réponse est retenue").check()
    press(partner, "Relire avant d’envoyer")
    press(partner, "Envoyer au nom de Coopérative Kolibri (fictive)")
    expect(partner.locator("main")).to_contain_text("Envoyée")


def _retained(city: Page, address: str) -> str:
    city.goto(address)
    follow(city, "Réponses reçues")
    follow(city, "Lire et décider")
    response = city.url
    city.get_by_label("Retenir cette réponse").check()
    city.get_by_label("Ce que vous en dites").fill("Vos arceaux sont solides.")
    press(city, "Envoyer la décision")
    expect(city.locator("main")).to_contain_text("Retenue")
    return response


def _concluded(city: Page, address: str) -> None:
    city.goto(address)
    go(city.get_by_role("link", name="Conclure", exact=True))
    city.get_by_label("Ce qui a été décidé").fill("Nous posons quarante arceaux.")
    press(city, "Conclure le défi")
    expect(city.locator("main")).to_contain_text("1 réponse reçue")
