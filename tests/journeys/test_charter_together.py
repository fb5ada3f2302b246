"""Two organisations amend one sentence: one wins, the other is taken up again, adopted otherwise over an objection.

A signatory reads what changed, and anybody follows the sentence back to who wrote it; all of it without JavaScript.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.steps import MEMBER, Visitor, enter_as_organiser, follow, go, open_mail, press, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

MAYOR = "ibrahima.sarrlo@example.org"
UNIVERSITY = "helene.vauquois@example.org"
SIGNATORY = "prosper.agbanlo@example.org"
ARTICLE = "grandir-avec-soin"
FRENCH = "les moyens de le faire vivre sont réunis"
ENGLISH = "the means to keep it alive are in place"
USERS = ("Demander aux usagers", "les usagers sont d’accord", "its users agree")
YEARS = ("Compter cinq ans", "cinq ans de moyens sont réunis", "five years of means are in place")
BOTH = (
    "les usagers sont d’accord et cinq ans de moyens réunis",
    "its users agree and five years of means are in place",
)
THREE = (
    "les usagers sont d’accord et trois ans de moyens réunis",
    "its users agree and three years of means are in place",
)
OBJECTION = "Cinq ans, c’est plus que la durée de nos conventions."


@pytest.fixture
def javascript() -> bool:
    return False


def test_two_organisations_change_one_sentence_and_nobodys_words_are_lost(site: Site, visitor: Visitor) -> None:
    mayor, member, university = visitor(width=360), visitor(), visitor(width=360)
    organiser, public = visitor(), visitor(width=360)
    enter_as_organiser(organiser, site)
    sign_in(mayor, MAYOR)
    sign_in(member, MEMBER)
    first, second = _amends(member, *USERS), _amends(mayor, *YEARS)
    _each_is_shown_beside_the_other(public, second)
    _adopted(organiser, first)
    _taken_up_again(mayor, public, second)
    sign_in(university, UNIVERSITY)
    _objects(university, second)
    _adopted_otherwise(organiser, second)
    _a_signatory_reads_what_changed(visitor(width=360), public)
    _anybody_follows_the_sentence_back(public, second)


def _amends(page: Page, title: str, french: str, english: str) -> str:
    """Another end of one sentence, in both languages; the address of the amendment."""
    page.goto(f"/fr/charte/article/{ARTICLE}/amender/")
    page.locator("[name=title]").fill(title)
    for name, before, after in (("text_fr", FRENCH, french), ("text_en", ENGLISH, english)):
        text = page.locator(f"[name={name}]")
        text.fill(text.input_value().replace(before, after))
    page.locator("[name=motive]").fill("Deux essais sur trois se sont arrêtés chez nous pour cette raison.")
    press(page, "Voir les changements")
    press(page, "Proposer cet amendement")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def _each_is_shown_beside_the_other(public: Page, second: str) -> None:
    public.goto(second)
    expect(public.get_by_role("note").filter(has_text="le même passage")).to_contain_text(USERS[0])


def _adopted(organiser: Page, first: str) -> None:
    organiser.goto(first)
    follow(organiser, "Adopter")
    organiser.locator("[name=motive]").fill("Un essai que personne ne veut ne s’étend pas.")
    press(organiser, "Relire avant de décider")
    press(organiser, "Adopter")
    expect(organiser.locator("main")).to_contain_text("Lire la version")


def _taken_up_again(mayor: Page, public: Page, second: str) -> None:
    """The mail, the three readings, and both wishes in one sentence; nobody may adopt it in between."""
    open_mail(public, to=MAYOR, subject=YEARS[0])
    mayor.goto(second)
    follow(mayor, "Reprendre l’amendement")
    for reading in (FRENCH, USERS[1], YEARS[1]):
        expect(mayor.locator("main .ba").first).to_contain_text(reading)
    for name, after in zip(("text_fr", "text_en"), BOTH, strict=True):
        text = mayor.locator(f"[name={name}]")
        mine = YEARS[1] if name == "text_fr" else YEARS[2]
        assert mine in text.input_value()
        text.fill(text.input_value().replace(mine, after))
    press(mayor, "Reprendre l’amendement ainsi")
    expect(mayor.locator(".diff ins").first).to_contain_text("cinq ans")


def _objects(university: Page, second: str) -> None:
    university.goto(second)
    follow(university, "Prendre position")
    university.get_by_label("Objection", exact=True).check()
    press(university, "Publier cette position")
    expect(university.get_by_role("alert")).to_be_visible()
    university.locator("[name=reason]").fill(OBJECTION)
    press(university, "Publier cette position")
    expect(university.locator("main")).to_contain_text(OBJECTION)


def _adopted_otherwise(organiser: Page, second: str) -> None:
    """The rule is consent, one objects: the organiser changes the words, says so, and says why."""
    organiser.goto(second)
    follow(organiser, "Adopter")
    for name, before, after in zip(("modified_fr", "modified_en"), BOTH, THREE, strict=True):
        text = organiser.locator(f"[name={name}]")
        text.fill(text.input_value().replace(before, after))
    organiser.locator("[name=motive]").fill("Trois ans répondent à l’objection sans renoncer à la durée.")
    press(organiser, "Relire avant de décider")
    expect(organiser.get_by_role("alert")).to_be_visible()
    organiser.locator("[name=departs]").check()
    press(organiser, "Relire avant de décider")
    press(organiser, "Adopter")
    expect(organiser.locator("main")).to_contain_text("Adopté avec modifications")
    expect(organiser.locator("main")).to_contain_text(OBJECTION)


def _a_signatory_reads_what_changed(signatory: Page, public: Page) -> None:
    open_mail(public, to=SIGNATORY, subject="lisez ce qui change")
    link = public.locator("main a[href*='/version/']").first.get_attribute("href")
    assert link
    sign_in(signatory, SIGNATORY)
    signatory.goto(link)
    changed = signatory.locator(".diff", has_text="trois ans de moyens")
    expect(changed.locator("ins").first).to_contain_text("usagers sont d’accord et trois ans de moyens")
    expect(changed.locator("del").first).to_contain_text("moyens de le faire vivre")


def _anybody_follows_the_sentence_back(public: Page, second: str) -> None:
    """From the charter to the sentence, to who wrote it, who objected, what was decided; and the objection in print."""
    public.goto("/fr/charte/")
    article = public.locator(f"#{ARTICLE}")
    expect(article).to_contain_text(OBJECTION)
    go(article.get_by_role("link", name=re.compile("D’où vient chaque phrase")))
    sentence = public.locator("p", has_text=THREE[0])
    expect(sentence.locator("sup a").first).to_contain_text("Commune de Kandoro")
    made = public.locator("main li", has_text=YEARS[0]).filter(has_text="objection")
    expect(made.first).to_contain_text("Val-d’Aure")
    expect(made.first).to_contain_text("Trois ans répondent à l’objection")
    go(made.first.get_by_role("link", name=re.compile(YEARS[0])))
    assert public.url == second
