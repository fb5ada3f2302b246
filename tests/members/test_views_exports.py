"""Contacts are fetched by the organiser who asked, in the session that asked, on that day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from coalition.core.models import AuditLine, TemporaryExport
from members.models import Coalition, User
from tests.members.conftest import PASSWORD

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
FORM = "/fr/organisations/co-porteurs/contacts/"
ASKED = {"purpose": "Inviter à la rencontre de mai.", "file_format": "csv"}


@pytest.fixture
def proved(client: Client, organiser: User, coalition: Coalition) -> Client:
    client.force_login(organiser)
    answer = client.post("/fr/compte/reauthenticate/", {"password": PASSWORD, "next": FORM})
    assert answer.status_code == 302
    return client


def _file(client: Client) -> str:
    client.post(FORM, ASKED)
    return f"{FORM}{TemporaryExport.objects.latest('pk').key}/"


def test_the_password_is_asked_again_first(client: Client, organiser: User, coalition: Coalition) -> None:
    client.force_login(organiser)
    for method in (client.get, client.post):
        answer = method(FORM, ASKED)
        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"]
    assert not TemporaryExport.objects.exists()


def test_a_proof_given_long_ago_is_asked_anew(proved: Client) -> None:
    assert proved.get(FORM).status_code == 200
    session = proved.session
    session["account_authentication_methods"] = [
        {**one, "at": one["at"] - 3600} for one in session["account_authentication_methods"]
    ]
    session.save()
    assert "reauthenticate" in proved.get(FORM)["Location"]


def test_it_is_made_with_a_purpose_and_fetched_by_who_asked(proved: Client) -> None:
    assert proved.post(FORM, {**ASKED, "purpose": ""}).status_code == 200
    assert not TemporaryExport.objects.exists()
    address = _file(proved)
    assert address in proved.get(FORM).content.decode()
    answer = proved.get(address)
    assert b"organisation,kind" in b"".join(answer.streaming_content)  # type: ignore[arg-type]
    assert "no-store" in answer["Cache-Control"]
    assert list(AuditLine.objects.values_list("action", flat=True).order_by("pk")) == [
        "export.contacts",
        "export.download",
    ]


def test_another_organiser_another_session_and_nobody_do_not_find_it(
    proved: Client, organiser: User, make_organiser: Make
) -> None:
    address = _file(proved)
    second = Client()
    second.force_login(organiser)
    other = Client()
    other.force_login(make_organiser("Karim"))
    assert (second.get(address).status_code, other.get(address).status_code) == (404, 404)
    assert "login" in Client().get(address)["Location"]
    assert Client(headers={"accept": "application/json"}).get(address).status_code == 404


def test_after_its_day_it_is_gone(proved: Client) -> None:
    address = _file(proved)
    export = TemporaryExport.objects.get()
    TemporaryExport.objects.update(expires_at=export.created_at - timedelta(seconds=1))
    assert proved.get(address).status_code == 404


def test_nobody_else_asks(client: Client, chief: User, coalition: Coalition) -> None:
    assert "login" in client.get(FORM)["Location"]
    client.force_login(chief)
    assert client.get(FORM).status_code == 403
    assert client.post(FORM, ASKED).status_code == 403
