"""From the form to the public list, without JavaScript, and nothing by a GET."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coalition.core.tokens import issue_token
from coalition.notifications.models import Event
from members.actions import CONFIRM_PURPOSE
from members.enums import CosponsorshipState
from members.models import Cosponsorship, Organisation, User
from tests.members.conftest import NOW, SIGN, Texts

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def city(make_organisation: Make) -> Organisation:
    return make_organisation(name="Ville de Saint-Louis")


@pytest.fixture
def chief(city: Organisation, make_representative: Make) -> User:
    return make_representative(city)


def mailed_link(act: Cosponsorship, days: float = 7) -> str:
    token = issue_token(
        purpose=CONFIRM_PURPOSE,
        subject=act,
        address=act.affiliation.account.email,
        lifetime=timedelta(days=days),
        now=timezone.now(),
    )
    return f"/fr/organisations/co-porteurs/confirmer/{token}/"


def test_signing_takes_a_form_a_review_and_a_last_button(
    client: Client, chief: User, answers: dict[str, Any], texts: Texts
) -> None:
    client.force_login(chief)
    assert "Ville de Saint-Louis" in client.get(SIGN).content.decode()
    review = client.post(SIGN, answers | {"step": "review"})
    sheet = review.content.decode()
    assert "Relire avant de signer" in sheet
    assert "Projet d’acte, non signé" in sheet
    assert texts.document("1").sha256[:4] in sheet
    assert not Cosponsorship.objects.exists()
    hidden = {"document_sha256": texts.document("1").sha256}
    edit = client.post(SIGN, answers | hidden | {"step": "edit"}).content.decode()
    assert "Publier deux cas." in edit
    assert not Cosponsorship.objects.exists()
    done = client.post(SIGN, answers | hidden | {"step": "sign"})
    act = Cosponsorship.objects.get()
    assert (done.status_code, done["Location"]) == (303, act.get_absolute_url())
    receipt = client.get(act.get_absolute_url()).content.decode()
    assert "Maintenant" in receipt
    assert "Ouvrez le courriel" in receipt


def test_the_hidden_fields_of_the_review_are_enough_to_sign(
    client: Client, chief: User, answers: dict[str, Any]
) -> None:
    client.force_login(chief)
    context = client.post(SIGN, answers | {"step": "review"}).context
    page = "".join(context["hidden"])
    names = ("organisation", "function", "mandate_date", "commitments", "statement", "name_is_public", "authority")
    for name in (*names, "sentence_document_cases", "reservation_partage"):
        assert f'name="{name}"' in page
    assert page.count('name="commitments"') == 2


def test_nobody_signs_without_reading(client: Client, chief: User, answers: dict[str, Any]) -> None:
    client.force_login(chief)
    response = client.post(SIGN, answers | {"step": "sign"})
    assert "Relire avant de signer" in response.content.decode()
    assert not Cosponsorship.objects.exists()


def test_a_text_that_changed_meanwhile_is_read_again(
    client: Client, chief: User, answers: dict[str, Any], texts: Texts
) -> None:
    client.force_login(chief)
    read = texts.document("1").sha256
    texts.version = "2"
    page = client.post(SIGN, answers | {"step": "sign", "document_sha256": read}).content.decode()
    assert "Le texte a changé" in page
    assert texts.document("2").sha256 in page
    assert not Cosponsorship.objects.exists()


def test_a_second_signature_shows_the_first(client: Client, chief: User, answers: dict[str, Any], texts: Texts) -> None:
    client.force_login(chief)
    signed = answers | {"step": "sign", "document_sha256": texts.document("1").sha256}
    client.post(SIGN, signed)
    again = client.post(SIGN, signed)
    assert again.status_code == 409
    assert "a déjà signé" in again.content.decode()
    assert "a déjà signé" in client.get(SIGN).content.decode()
    assert Cosponsorship.objects.count() == 1


def test_only_representatives_of_confirmed_organisations_get_in(
    client: Client, answers: dict[str, Any], make_account: Make, organiser: User, make_organisation: Make, chief: User
) -> None:
    assert client.get(SIGN).status_code == 302
    for account in (make_account(), make_account(verified=False), organiser):
        client.force_login(account)
        assert client.get(SIGN).status_code == 403
        assert client.post(SIGN, answers).status_code == 403
    client.force_login(chief)
    assert client.post(SIGN, answers | {"organisation": make_organisation().pk, "step": "sign"}).status_code == 403
    assert not Cosponsorship.objects.exists()


@pytest.mark.parametrize(
    "field",
    [
        "organisation",
        "function",
        "mandate_reference",
        "mandate_date",
        "commitments",
        "sentence_document_cases",
        "statement",
        "reservation_partage",
        "document_sha256",
    ],
)
@pytest.mark.parametrize("value", ["a\x00b", "x" * 5000])
def test_bad_input_in_any_field_comes_back_with_a_sentence(
    client: Client, chief: User, answers: dict[str, Any], field: str, value: str
) -> None:
    client.force_login(chief)
    response = client.post(SIGN, answers | {"step": "sign", field: value})
    assert response.status_code == 200
    assert "à revoir" in response.content.decode()
    assert not Cosponsorship.objects.exists()


def test_without_an_adopted_text_there_is_nothing_to_sign(
    client: Client, chief: User, answers: dict[str, Any], texts: Texts
) -> None:
    texts.version = ""
    client.force_login(chief)
    assert "encore rien à signer" in client.get(SIGN).content.decode()


def test_the_mailed_link_shows_by_get_and_acts_by_post(
    client: Client, chief: User, city: Organisation, sign: Make
) -> None:
    act = sign(chief, city)
    url = mailed_link(act)
    for _visit in range(3):
        page = client.get(url)
        client.head(url)
    assert page.status_code == 200
    assert "Confirmer la signature" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert Cosponsorship.objects.get().state == CosponsorshipState.AWAITING
    assert "Votre signature est confirmée" in client.post(url).content.decode()
    assert Cosponsorship.objects.get().state == CosponsorshipState.SUBMITTED
    assert "a déjà servi" in client.get(url).content.decode()
    assert client.post(url).status_code == 409


def test_old_and_forged_links_get_a_clear_page(client: Client, chief: User, city: Organisation, sign: Make) -> None:
    act = sign(chief, city)
    old = mailed_link(act, days=-1)
    assert client.get(old).status_code == client.post(old).status_code == 410
    assert "plus valable" in client.get(old).content.decode()
    forged = "/fr/organisations/co-porteurs/confirmer/nimporte/"
    assert client.get(forged).status_code == client.post(forged).status_code == 404
    User.objects.filter(pk=chief.pk).update(email="autre@example.org")
    assert client.post(mailed_link(act).replace("x", "y")).status_code in (404, 410)
    assert Cosponsorship.objects.get().state == CosponsorshipState.AWAITING
    assert Event.objects.filter(kind="cosponsorship.submitted").count() == 0
    assert act.signed_at == NOW


def test_each_chosen_commitment_says_what_will_be_done(client: Client, chief: User, answers: dict[str, Any]) -> None:
    client.force_login(chief)
    silent = client.post(SIGN, answers | {"step": "review", "sentence_document_cases": " "}).content.decode()
    assert "Dites en une phrase" in silent
    assert "Relire avant de signer" not in silent
    unticked = client.post(SIGN, answers | {"step": "review", "sentence_propose_services": "Un guichet."})
    assert "Cochez aussi cet engagement" in unticked.content.decode()


def test_each_article_is_read_and_reserved_in_the_form(
    client: Client, chief: User, answers: dict[str, Any], texts: Texts
) -> None:
    client.force_login(chief)
    page = client.get(SIGN).content.decode()
    assert "Texte de partage." in page
    assert "Émettre une réserve sur cet article" in page
    reserved = answers | {"reservation_partage": "Pas avant 2029."}
    review = client.post(SIGN, reserved | {"step": "review"}).content.decode()
    assert "De l’partage" in review
    assert "Pas avant 2029." in review
    client.post(SIGN, reserved | {"step": "sign", "document_sha256": texts.document("1").sha256})
    act = Cosponsorship.objects.get()
    assert "Pas avant 2029." in client.get(act.get_absolute_url()).content.decode()


def test_a_reservation_on_an_article_that_went_is_not_lost_in_silence(
    client: Client, chief: User, answers: dict[str, Any]
) -> None:
    client.force_login(chief)
    page = client.post(SIGN, answers | {"step": "review", "reservation_disparu": "Nous ne pouvons pas."})
    assert "ne contient plus" in page.content.decode()


def test_the_page_after_signing_says_who_acts_next_until_when(
    client: Client, chief: User, city: Organisation, sign: Make
) -> None:
    act = sign(chief, city)
    client.force_login(chief)
    page = client.get(act.get_absolute_url()).content.decode()
    assert "Maintenant" in page
    assert "22 novembre 2026" in page
    assert "29 novembre 2026" in page
    assert "Recevoir un nouveau lien" in page


def test_an_old_link_leads_to_where_a_new_one_is_asked_for(
    client: Client, chief: User, city: Organisation, sign: Make
) -> None:
    act = sign(chief, city)
    page = client.get(mailed_link(act, days=-1)).content.decode()
    assert "Recevoir un nouveau lien" in page
    assert "Délibération" not in page
