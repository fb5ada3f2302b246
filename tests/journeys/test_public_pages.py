"""What every public page promises: light, alone, without cookies, readable by all, at both widths, light and dark."""

import gzip
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.journeys.conftest import Site, accessible
from tests.journeys.steps import BUDGET

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

PAGES = [
    "/fr/",
    "/fr/cas/",
    "/fr/cas/?q=mairie&stage=stopped",
    "/fr/cas/?q=introuvable",
    "/fr/cas/16/",
    "/fr/cas/16/carte/",
    "/fr/contact/case/16/",
    "/fr/charte/",
    "/fr/charte/version/1/",
    "/fr/charte/amendement/1/",
    "/fr/charte/amendements/",
    "/fr/coalition/11/",
    "/fr/organisations/",
    "/fr/organisations/co-porteurs/",
    "/fr/organisations/ville-de-barcelone/",
    "/fr/journal/",
    "/fr/rendez-vous/",
    "/fr/rendez-vous/relire-la-charte-ensemble-une-heure-en-ligne/",
    "/fr/defis/",
    "/fr/defis/signaler-une-lampe-eteinte-sans-telephoner/",
    "/fr/donnees-personnelles/",
    "/fr/compte/login/",
    "/fr/compte/signup/",
    "/fr/page-qui-n-existe-pas/",
    "/en/",
    "/en/cases/",
    "/en/cases/16/",
    "/en/charter/",
    "/en/coalition/11/",
    "/en/events/",
    "/en/challenges/",
    "/en/organisations/",
    "/en/account/login/",
]
FORMS = ("/fr/compte/", "/en/account/", "/fr/contact/")


@pytest.fixture
def fresh_page(browser: Browser, site: Site) -> Iterator[Page]:
    """A browser that has never been here."""
    context = browser.new_context(base_url=site.url, viewport={"width": 360, "height": 800}, locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_is_light_alone_and_accessible(fresh_page: Page, site: Site, path: str) -> None:
    answers: list[Response] = []
    fresh_page.on("response", lambda answer: answers.append(answer))
    fresh_page.goto(path, wait_until="networkidle")
    assert all(answer.url.startswith(site.url) for answer in answers), [answer.url for answer in answers]
    texts = [answer for answer in answers if answer.request.resource_type in ("document", "stylesheet", "script")]
    weight = sum(len(gzip.compress(answer.body(), 6)) for answer in texts if answer.status not in (301, 302))
    assert weight <= BUDGET, f"{path}: {weight} bytes"
    assert path.startswith(FORMS) or fresh_page.context.cookies() == []
    for width in (360, 1280):
        fresh_page.set_viewport_size({"width": width, "height": 800})
        fresh_page.emulate_media(color_scheme="dark")
        accessible(fresh_page, "color-contrast")
        fresh_page.emulate_media(color_scheme="light")
        accessible(fresh_page)
        assert fresh_page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (path, width)


@pytest.mark.parametrize("number", [1, 4, 10, 28])
def test_a_whole_case_is_printed_on_two_pages(fresh_page: Page, site: Site, number: int) -> None:
    """Drawn with the case that redoes it, with measures and proofs, the longest, and with words explained."""
    fresh_page.goto(f"/fr/cas/{number}/", wait_until="networkidle")
    sheet = fresh_page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) <= 2
