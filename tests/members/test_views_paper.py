"""The team's form for a signature on paper, and the scan behind its door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from members.models import Coalition, Cosponsorship, Organisation, User
from tests.members.conftest import Texts

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def answers(**more: Any) -> dict[str, Any]:
    return {
        "document": SimpleUploadedFile("acte.pdf", b"%PDF-1.4 signed"),
        "signatory_name": "Awa Ndiaye",
        "signatory_function": "Maire",
        "signed_on": "2026-11-10",
        "mandate_reference": "Délibération 12",
        "commitments": ["document_cases"],
        "sentence_document_cases": "Trois cas.",
        "reservation_partage": "Sauf les archives.",
        **more,
    }


@pytest.fixture
def address(city: Organisation, coalition: Coalition, texts: Texts) -> str:
    return f"/fr/organisations/{city.slug}/signature-papier/"


def test_a_paper_is_recorded_with_its_scan_and_shown_as_paper(
    client: Client, organiser: User, address: str, make_organiser: Make
) -> None:
    client.force_login(organiser)
    assert client.get(address).status_code == 200
    answer = client.post(address, answers())
    act = Cosponsorship.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, act.get_absolute_url())
    assert act.reservations.get().text == "Sauf les archives."
    page = client.get(act.get_absolute_url()).content.decode()
    assert "papier" in page
    make_organiser("Karim")
    assert client.post(f"{act.get_absolute_url()}reponse/", {"decision": "yes", "motive": ""}).status_code == 403
    scan = client.get(f"{act.get_absolute_url()}papier/")
    assert b"".join(scan.streaming_content) == b"%PDF-1.4 signed"  # type: ignore[arg-type]


def test_what_is_wrong_comes_back_with_the_answers(client: Client, organiser: User, address: str) -> None:
    client.force_login(organiser)
    without = answers()
    del without["document"]
    for data in (without, answers(signed_on="2026-10-01"), answers(document=SimpleUploadedFile("a.pdf", b"MZ"))):
        page = client.post(address, data)
        assert page.status_code == 200
        assert 'role="alert"' in page.content.decode() and "Awa Ndiaye" in page.content.decode()
    assert not Cosponsorship.objects.exists()


def test_the_version_on_the_paper_is_chosen(client: Client, organiser: User, address: str, texts: Texts) -> None:
    texts.version = "2"
    client.force_login(organiser)
    page = client.get(address).content.decode()
    assert "?version=1" in page and "reservation_preuve" in page
    older = client.get(f"{address}?version=1").content.decode()
    assert "reservation_preuve" not in older
    client.post(f"{address}?version=1", answers())
    assert Cosponsorship.objects.get().document_version == "1"


def test_nobody_else_sees_the_form_or_the_scan(
    client: Client, organiser: User, chief: User, address: str, make_account: Make
) -> None:
    client.force_login(organiser)
    client.post(address, answers())
    scan = f"{Cosponsorship.objects.get().get_absolute_url()}papier/"
    client.force_login(chief)
    assert client.get(address).status_code == 403
    assert client.get(scan).status_code == 200
    client.force_login(make_account("Eve"))
    assert (client.get(address).status_code, client.get(scan).status_code) == (403, 404)
    client.logout()
    assert (client.get(address).status_code, client.get(scan).status_code) == (302, 404)
