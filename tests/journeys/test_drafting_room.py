"""Two authors write one draft at once: both keep their words, choose in one sentence, and lose none while offline."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import accessible
from tests.journeys.steps import CO_AUTHOR, MEMBER, Visitor, press, sign_in, type_after

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

ADDED = "4. Nous publions aussi ce qui n’a pas marché"
TOLD = re.compile("Enregistré à|Dernier enregistrement")


@pytest.fixture
def javascript() -> bool:
    return True


def test_two_authors_write_one_draft_at_once_and_lose_nothing(visitor: Visitor) -> None:
    louise, helene = visitor(), visitor(width=360)
    _at_the_draft(louise, MEMBER)
    _at_the_draft(helene, CO_AUTHOR)
    _both_keep_their_words(louise, helene)
    _offline_and_back(louise, helene)
    _one_sentence_is_chosen(louise, helene)


def _at_the_draft(page: Page, email: str) -> None:
    """From the list of amendments, where those who write a draft find it."""
    sign_in(page, email)
    page.goto("/fr/charte/amendements/")
    page.get_by_role("link", name="Dire aussi ce qui n’a pas marché").first.click()
    if page.get_by_role("link", name="Ouvrir le brouillon").count():
        page.get_by_role("link", name="Ouvrir le brouillon").click()
    expect(page.get_by_label("Pourquoi")).to_be_visible()


def _both_keep_their_words(louise: Page, helene: Page) -> None:
    type_after(louise, "Pourquoi", "réussites", " les plus belles")
    type_after(helene, "Le nouveau texte de l’article, en français", ADDED, ", avec les chiffres")
    expect(louise.locator("#room-here")).to_contain_text("Hélène Vauquois écrit ici", timeout=15_000)
    expect(louise.locator("#id_text_fr")).to_have_value(re.compile("avec les chiffres"), timeout=15_000)
    expect(helene.locator("#id_motive")).to_have_value(re.compile("réussites les plus belles"), timeout=15_000)
    expect(helene.locator("#room-told")).to_contain_text("Louise Adamoret a changé le motif")


def _offline_and_back(louise: Page, helene: Page) -> None:
    louise.context.set_offline(True)
    type_after(louise, "Pourquoi", "donc nos erreurs", ", et paient deux fois")
    expect(louise.locator("#room-told")).to_contain_text("Hors connexion")
    type_after(helene, "Ce que vous proposez, en une ligne", "Dire aussi", ", et tôt,")
    expect(helene.locator("#room-state")).to_contain_text("Enregistré à")
    louise.context.set_offline(False)
    expect(louise.locator("#room-state")).to_contain_text(TOLD)
    expect(louise.locator("#id_title")).to_have_value(re.compile("et tôt"))
    expect(helene.locator("#id_motive")).to_have_value(re.compile("et paient deux fois"))


def _one_sentence_is_chosen(louise: Page, helene: Page) -> None:
    """Both change the words of one line before either hears of the other."""
    helene.context.set_offline(True)
    type_after(helene, "Ce que vous proposez, en une ligne", "marché", " chez nous")
    expect(helene.locator("#room-told")).to_contain_text("Hors connexion")
    type_after(louise, "Ce que vous proposez, en une ligne", "marché", " ailleurs")
    expect(louise.locator("#room-state")).to_contain_text("Enregistré à")
    helene.context.set_offline(False)
    expect(helene.locator("#room-waiting")).to_contain_text("ailleurs")
    expect(helene.locator("#room-waiting")).to_contain_text("chez nous")
    accessible(helene)
    helene.get_by_label("Écrire ce passage autrement").check()
    helene.get_by_label("Le passage récrit").fill("Dire aussi, et tôt, ce qui n’a marché ni chez nous ni ailleurs")
    press(helene, "Réunir les deux textes")
    expect(helene.locator("#id_title")).to_have_value(re.compile("ni chez nous ni ailleurs"))
    expect(louise.locator("#id_title")).to_have_value(re.compile("ni chez nous ni ailleurs"))
