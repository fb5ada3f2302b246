"""A city's agent enters with the account of her administration: there and back in Chromium, without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.identity.provider import IdentityProvider
from tests.journeys.conftest import Site, accessible

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

Visitor = Callable[..., Page]


@pytest.fixture
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(getattr(request, "param", False))


def go_there(page: Page, identity: IdentityProvider, button: str) -> None:
    """Press the button and log in over there; the content policy must let the form lead out and back."""
    page.get_by_role("button", name=button).click()
    page.wait_for_url(f"{identity.url}/**")
    if page.locator("input[name=login]").count():
        page.fill("input[name=login]", "agent")
        page.fill("input[name=password]", "agent")
        page.get_by_role("button", name="Sign In").click()


def test_an_agent_enters_reads_on_where_she_was_and_sees_the_link(
    visitor: Visitor, site: Site, identity: IdentityProvider
) -> None:
    identity.say(email="awa.diop@ville.example", email_verified=True, name="Awa Diop")
    page = visitor(width=360)
    page.goto("/fr/compte/login/?next=/fr/cas/")
    go_there(page, identity, "Se connecter avec AgentPass")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Connexion abandonnée")
    page.goto("/fr/compte/login/?next=/fr/cas/")
    go_there(page, identity, "Se connecter avec AgentPass")
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{site.url}/fr/cas/")
    page.goto("/fr/compte/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Awa Diop")
    page.get_by_role("link", name="Comptes reliés").click()
    page.get_by_role("button", name="Ne plus entrer avec AgentPass").click()
    expect(page.get_by_role("alert")).to_contain_text("choisissez d’abord un mot de passe")


@pytest.mark.parametrize("javascript", [True], indirect=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_the_way_are_accessible_and_fit(visitor: Visitor, identity: IdentityProvider, width: int) -> None:
    page = visitor(width=width)
    for path in ("login/", "signup/", "oidc/agent-pass/login/", "3rdparty/login/cancelled/", "3rdparty/login/error/"):
        page.goto(f"/fr/compte/{path}")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    identity.say(email="kofi.mensah@ville.example", email_verified=True, name="Kofi Mensah")
    page.goto("/en/account/login/")
    go_there(page, identity, "AgentPass")
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url("**/en/account/")
    page.goto("/en/account/3rdparty/")
    accessible(page)
