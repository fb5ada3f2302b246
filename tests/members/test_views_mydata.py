"""The pages of one's own data: archive, agreements, erasure."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalition.core.consents import give_consent
from coalition.core.models import TemporaryExport
from members.models import User
from tests.members.conftest import PASSWORD, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
URL = "/fr/compte/donnees/"
ERASE = "/fr/compte/effacement/"


@pytest.fixture(autouse=True)
def private(tmp_path: Path, settings: Any) -> Path:
    """A private folder of the test's own."""
    settings.PRIVATE_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


def sign_in(client: Client, account: User) -> Client:
    """Signed in, with the password just given again."""
    client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(URL).status_code == 200
    return client


def test_an_anonymous_reader_is_sent_to_log_in(client: Client) -> None:
    assert client.get(URL).status_code == 302
    assert client.get(ERASE).status_code == 302


def test_the_archive_is_made_by_a_post_and_fetched_by_the_same_session(client: Client, chief: User) -> None:
    sign_in(client, chief)
    assert not TemporaryExport.objects.exists()
    assert client.post(URL).status_code == 303
    export = TemporaryExport.objects.get()
    address = reverse("my_data_file", args=[export.key])
    assert address in client.get(URL).content.decode()
    response = client.get(address)
    assert response["Content-Type"] == "application/zip"
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content).startswith(b"PK")


def test_another_session_another_account_and_the_day_after_find_nothing(
    client: Client, chief: User, make_account: Make
) -> None:
    sign_in(client, chief).post(URL)
    address = reverse("my_data_file", args=[TemporaryExport.objects.get().key])
    assert Client().get(address).status_code == 302
    assert sign_in(Client(), chief).get(address).status_code == 404
    assert sign_in(Client(), make_account()).get(address).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.get(address).status_code == 404


def test_the_password_is_asked_again_after_a_while(client: Client, chief: User) -> None:
    sign_in(client, chief)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        response = client.post(URL)
    assert response.status_code == 302 and "reauthenticate" in response["Location"]
    assert not TemporaryExport.objects.exists()


def test_what_was_agreed_to_is_shown_in_the_words_of_then(client: Client, chief: User) -> None:
    give_consent(
        account=chief,
        address=chief.email,
        purpose="cosponsorship.name",
        language="fr",
        method="form",
        proof="x",
        now=timezone.now(),
    )
    page = sign_in(client, chief).get(URL).content.decode()
    assert "Vous n’avez donné aucun accord" not in page
    assert "Texte du" in page


def test_erasing_says_what_stays_and_warns_the_only_representative(client: Client, chief: User) -> None:
    page = sign_in(client, chief).get(ERASE).content.decode()
    assert "Ville de Saint-Louis" in page
    assert "la fonction et la délibération restent" in page


def test_a_wrong_address_keeps_the_account_and_says_what_to_type(client: Client, chief: User) -> None:
    response = sign_in(client, chief).post(ERASE, {"address": "autre@example.org"})
    assert response.status_code == 200
    assert "Recopiez votre adresse électronique pour confirmer" in response.content.decode()
    assert "autre@example.org" in response.content.decode()
    assert fresh(chief).erased_at is None


def test_the_right_address_erases_signs_out_and_says_so(client: Client, chief: User) -> None:
    response = sign_in(client, chief).post(ERASE, {"address": chief.email})
    assert fresh(chief).erased_at is not None
    assert "Votre compte est effacé" in response.content.decode()
    assert client.get("/fr/compte/").status_code == 302
