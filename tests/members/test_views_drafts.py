"""An act begun in the form is kept, found again where one looks for it, and gone on with by a colleague."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from members.enums import CosponsorshipState
from members.models import Cosponsorship, Organisation, User
from tests.members.conftest import SIGN, Texts

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def kept(client: Client, chief: User, answers: dict[str, Any]) -> Cosponsorship:
    """A draft saved with half of the answers."""
    client.force_login(chief)
    half = {"organisation": answers["organisation"], "sentence_document_cases": "Deux cas.", "step": "save"}
    assert client.post(SIGN, half | {"reservation_partage": "Pas encore."}).status_code == 303
    return Cosponsorship.objects.get()


def test_half_an_act_is_kept_and_found_again(client: Client, kept: Cosponsorship, city: Organisation) -> None:
    assert kept.state == CosponsorshipState.DRAFT
    account = client.get("/fr/compte/").content.decode()
    assert "Terminez l’acte" in account
    profile = client.get(city.get_absolute_url()).content.decode()
    assert "Reprendre l’acte" in profile
    form = client.get(SIGN).content.decode()
    assert "Deux cas." in form
    assert "Pas encore." in form
    assert client.get(kept.get_absolute_url())["Location"].endswith(f"?organisation={city.pk}")


def test_a_colleague_finds_the_words_but_not_the_function_or_the_consent(
    client: Client, chief: User, answers: dict[str, Any], make_representative: Make, city: Organisation
) -> None:
    client.force_login(chief)
    client.post(SIGN, answers | {"step": "save", "function": "Maire honoraire", "name_is_public": "on"})
    client.force_login(make_representative(city, name="Second"))
    page = client.get(SIGN)
    assert "Décrire deux cas avant 2028." in page.content.decode()
    assert "Maire honoraire" not in page.content.decode()
    assert page.context["form"].initial.get("name_is_public") is None


def test_a_wrong_answer_is_said_before_it_is_kept(client: Client, chief: User, answers: dict[str, Any]) -> None:
    client.force_login(chief)
    page = client.post(SIGN, answers | {"step": "save", "mandate_date": "hier"})
    assert page.status_code == 200
    assert "à revoir" in page.content.decode()
    assert not Cosponsorship.objects.exists()


def test_a_file_chosen_in_the_form_is_there_at_the_review_and_after(
    client: Client, chief: User, answers: dict[str, Any], texts: Texts
) -> None:
    client.force_login(chief)
    scan = SimpleUploadedFile("deliberation.pdf", b"%PDF-1.7")
    review = client.post(SIGN, answers | {"step": "review", "document": scan}).content.decode()
    assert "deliberation.pdf" in review
    client.post(SIGN, answers | {"step": "sign", "document_sha256": texts.document("1").sha256})
    act = Cosponsorship.objects.get()
    assert (act.state, act.mandate_document.name) == (CosponsorshipState.AWAITING, "deliberation.pdf")


def test_a_file_of_another_sort_comes_back_with_a_sentence(
    client: Client, chief: User, answers: dict[str, Any]
) -> None:
    client.force_login(chief)
    page = client.post(SIGN, answers | {"step": "review", "document": SimpleUploadedFile("a.svg", b"<svg/>")})
    assert "ni un PDF ni une photo" in page.content.decode()


def test_what_is_sent_is_kept_with_the_draft_even_when_refused(
    client: Client, kept: Cosponsorship, answers: dict[str, Any], texts: Texts
) -> None:
    refused = client.post(SIGN, answers | {"step": "review", "commitments": [], "statement": "Nouveaux mots."})
    assert "à revoir" in refused.content.decode()
    kept.refresh_from_db()
    assert kept.statement == "Nouveaux mots."
    read = texts.document("1").sha256
    texts.version = "2"
    changed = client.post(SIGN, answers | {"step": "sign", "document_sha256": read}).content.decode()
    assert "Le texte a changé" in changed
    assert Cosponsorship.objects.get().state == CosponsorshipState.DRAFT


def test_throwing_it_away_takes_two_clicks(
    client: Client, kept: Cosponsorship, chief: User, make_account: Make, organiser: User
) -> None:
    url = f"/fr/organisations/co-porteurs/{kept.pk}/abandonner/"
    for stranger in (make_account(), organiser):
        client.force_login(stranger)
        assert client.get(url).status_code == client.post(url).status_code == 404
    client.force_login(chief)
    assert "Effacer le projet" in client.get(url).content.decode()
    assert Cosponsorship.objects.exists()
    assert client.post(url).status_code == 303
    assert not Cosponsorship.objects.exists()
    assert client.post(url).status_code == 404
