import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from members.models import User
from principles.actions import accept_amendment, refuse_amendment, withdraw_amendment
from principles.models import Amendment, Charter, Decision
from tests.principles.conftest import MOTIVE, NOW, World, make_account, make_organiser, make_speaker

Browse = Callable[[User | None], Client]


def test_the_page_says_what_changes_why_by_whom_and_where_it_stands(client: Client, world: World) -> None:
    amendment = world.opened()
    html = client.get(f"/fr/charte/amendement/{amendment.number}/").content.decode()
    assert re.search(r"<del>.*ouvertes</del>", html) and re.search(r"<ins>.*remises</ins>", html)
    for words in (amendment.title, MOTIVE, world.city.name, "la version 1", "Ouvert", "Article 3"):
        assert words in html
    assert "/adopter/" not in html and "/retirer/" not in html


def test_the_decision_stands_with_its_motive_and_its_author(client: Client, world: World) -> None:
    amendment = world.opened()
    refuse_amendment(actor=world.organiser, amendment=amendment, motive="L’article le dit déjà assez.", now=NOW)
    html = client.get(f"/fr/charte/amendement/{amendment.number}/").content.decode()
    assert "L’article le dit déjà assez." in html and "Fatou" in html and "Refusé" in html


def test_an_adopted_amendment_shows_the_english_it_was_completed_with(client: Client, world: World) -> None:
    amendment = world.opened(text_en="")
    accept_amendment(
        actor=world.organiser, amendment=amendment, motive=MOTIVE, text_en="Given every single month.", now=NOW
    )
    html = client.get(f"/fr/charte/amendement/{amendment.number}/").content.decode()
    assert "every single month" in html and "/fr/charte/comparer/1/2/" in html


def test_amendments_to_the_same_article_are_shown_to_each_other(client: Client, world: World) -> None:
    first, second = world.opened(), world.opened(title="Autre voie", text_fr="Autre.", text_en="Other.")
    html = client.get(f"/fr/charte/amendement/{first.number}/").content.decode()
    assert f"/fr/charte/amendement/{second.number}/" in html and "Autre voie" in html


def test_the_acts_are_offered_to_those_who_may_do_them(browse: Browse, world: World) -> None:
    address = f"/fr/charte/amendement/{world.opened().number}/"
    author = browse(world.member).get(address).content.decode()
    assert "/retirer/" in author and "/adopter/" not in author
    organiser = browse(world.organiser).get(address).content.decode()
    assert "/adopter/" in organiser and "/refuser/" in organiser and "/retirer/" not in organiser


@pytest.mark.parametrize("verb", ["adopter", "refuser", "retirer"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_those_who_may_not_are_turned_away(browse: Browse, world: World, verb: str, method: str) -> None:
    address = f"/fr/charte/amendement/{world.opened().number}/{verb}/"
    assert getattr(browse(None), method)(address).status_code == 302
    assert getattr(browse(make_account("Rose")), method)(address).status_code == 403
    stranger = world.member if verb != "retirer" else world.organiser
    assert getattr(browse(stranger), method)(address).status_code == 403
    assert Amendment.objects.get().state == "open"


def test_withdrawing_asks_first_and_acts_on_the_answer(browse: Browse, world: World) -> None:
    address = f"/fr/charte/amendement/{world.opened().number}/retirer/"
    assert browse(world.member).get(address).status_code == 200
    assert Amendment.objects.get().state == "open"
    assert browse(world.member).post(address).status_code == 302
    assert Amendment.objects.get().state == "withdrawn"
    assert browse(world.member).post(address).status_code == 409


def test_a_representative_of_the_organisation_withdraws_too(browse: Browse, world: World) -> None:
    address = f"/fr/charte/amendement/{world.opened().number}/retirer/"
    assert browse(make_speaker(world.city, role="representative")).post(address).status_code == 302


def test_adoption_is_reviewed_before_it_is_done(browse: Browse, world: World) -> None:
    client, address = browse(world.organiser), f"/fr/charte/amendement/{world.opened().number}/adopter/"
    html = client.get(address).content.decode()
    assert "Le texte qui en résulte" in html and 'name="text_en"' not in html
    review = client.post(address, {"motive": MOTIVE, "do": "review"}).content.decode()
    assert 'value="confirm"' in review and MOTIVE in review and "La version 2" in review
    assert Decision.objects.count() == 0
    done = client.post(address, {"motive": MOTIVE, "do": "confirm"}, follow=True)
    assert "la version 2 est en vigueur" in done.content.decode()
    assert Charter.objects.get().current_version.number == 2


def test_the_motive_can_be_corrected_after_the_review(browse: Browse, world: World) -> None:
    client, address = browse(world.organiser), f"/fr/charte/amendement/{world.opened().number}/refuser/"
    html = client.post(address, {"motive": MOTIVE, "do": "edit"}).content.decode()
    assert f">\n{MOTIVE}</textarea>" in html and 'value="review"' in html


@pytest.mark.parametrize("motive", ["", "trop peu", "x" * 200_000, "nul \x00 dedans", "retourné \u202e ici, bien long"])
def test_a_decision_without_a_readable_motive_is_not_made(browse: Browse, world: World, motive: str) -> None:
    client = browse(world.organiser)
    for verb in ("adopter", "refuser"):
        number = world.opened().number
        response = client.post(f"/fr/charte/amendement/{number}/{verb}/", {"motive": motive, "do": "confirm"})
        assert response.status_code == 200 and 'role="alert"' in response.content.decode()
    assert not Decision.objects.exists()


def test_adoption_asks_for_the_english_text_when_it_is_missing(browse: Browse, world: World) -> None:
    client, address = browse(world.organiser), f"/fr/charte/amendement/{world.opened(text_en='').number}/adopter/"
    html = client.get(address).content.decode()
    assert 'name="text_en"' in html and "Data is open to the city on request." in html
    assert 'role="alert"' in client.post(address, {"motive": MOTIVE, "do": "confirm"}).content.decode()
    answers = {"motive": MOTIVE, "text_en": "Handed over every month.", "do": "review"}
    assert "Handed" in client.post(address, answers).content.decode()
    assert client.post(address, {**answers, "do": "confirm"}).status_code == 302
    assert Charter.objects.get().current_version.articles.get(key="donnees").text_en == "Handed over every month."


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_amendment_to_an_article_changed_since_answers_409_with_the_three_texts(
    browse: Browse, world: World, method: str
) -> None:
    late = world.opened(text_fr="Le texte tardif.", text_en="The late text.")
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    client, address = browse(world.organiser), f"/fr/charte/amendement/{late.number}/adopter/"
    response = getattr(client, method)(address, {"motive": MOTIVE, "do": "confirm"})
    assert response.status_code == 409
    html = response.content.decode()
    for text in (
        "ouvertes à la collectivité à sa demande",
        "Le texte tardif.",
        "remises à la collectivité chaque mois",
    ):
        assert text in html
    assert "/refuser/" in html
    assert client.get(f"/fr/charte/amendement/{late.number}/refuser/").status_code == 200


@pytest.mark.parametrize("verb", ["adopter", "refuser"])
def test_deciding_again_answers_409(browse: Browse, world: World, verb: str) -> None:
    amendment = world.opened()
    refuse_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW)
    address = f"/fr/charte/amendement/{amendment.number}/{verb}/"
    answers = {"motive": MOTIVE, "do": "confirm"}
    assert browse(world.organiser).post(address, answers).status_code == 409
    assert browse(make_organiser("Moussa")).get(address).status_code == 409


def test_the_list_counts_and_narrows(client: Client, world: World) -> None:
    first, second = world.opened(), world.opened("guichet", title="Un guichet ouvert tard")
    withdraw_amendment(actor=world.member, amendment=first, now=NOW)
    everything = client.get("/fr/charte/amendements/").content.decode()
    assert "2 amendements" in everything and "Retiré" in everything
    opened = client.get("/fr/charte/amendements/", {"state": "open", "article": "guichet"}).content.decode()
    assert second.title in opened and first.title not in opened
    empty = client.get("/fr/charte/amendements/", {"state": "accepted"}).content.decode()
    assert "Aucun amendement ici" in empty


@pytest.mark.parametrize("query", [{"state": "draft"}, {"state": "x" * 300}, {"article": "nulle-part"}, {"page": "-3"}])
def test_a_strange_filter_of_the_list_is_passed_over(client: Client, world: World, query: dict[str, str]) -> None:
    world.draft(title="Canari")
    response = client.get("/fr/charte/amendements/", query)
    assert response.status_code == 200 and "Canari" not in response.content.decode()


def test_an_unknown_number_is_not_found(client: Client, world: World) -> None:
    world.draft()
    numbers: list[Any] = [0, 1, 99999999999999999999]
    assert [client.get(f"/fr/charte/amendement/{number}/").status_code for number in numbers] == [404, 404, 404]
