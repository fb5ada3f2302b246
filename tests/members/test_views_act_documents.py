"""The proof of a mandate goes from the organisation to the organisers, and to nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coalition.core.models import AuditLine
from members.enums import CosponsorshipState, Role
from members.models import Cosponsorship, Organisation, User
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("délibération.pdf", b"%PDF-1.7 acte", content_type="application/pdf")


@pytest.fixture
def submitted(sign: Make, chief: User, city: Organisation) -> Cosponsorship:
    act = sign(chief, city)
    Cosponsorship.objects.filter(pk=act.pk).update(state=CosponsorshipState.SUBMITTED, confirmed_at=NOW)
    act.refresh_from_db()
    return act


def test_from_the_request_to_the_answer(client: Client, submitted: Cosponsorship, organiser: User, chief: User) -> None:
    page = submitted.get_absolute_url()
    client.force_login(organiser)
    silent = client.post(f"{page}reponse/", {"decision": "ask"})
    assert "Dites quelle pièce" in silent.content.decode()
    asked = client.post(f"{page}reponse/", {"decision": "ask", "motive": "La délibération signée."})
    assert asked.status_code == 303
    client.force_login(chief)
    status = client.get(page).content.decode()
    assert "Maintenant : votre organisation".replace(" :", "\u00a0:") in status
    assert "La délibération signée." in status
    assert "Joindre la pièce demandée" in status
    assert "La délibération signée." in client.get(f"{page}piece/joindre/").content.decode()
    assert client.post(f"{page}piece/joindre/", {"document": pdf()}).status_code == 303
    after = client.get(page).content.decode()
    assert "Maintenant : l’équipe d’organisation".replace(" :", "\u00a0:") in after
    assert "délibération.pdf" in after
    assert "Pièce demandée" in after
    assert "Pièce reçue" in after


def test_only_a_pdf_or_a_picture_is_taken(client: Client, submitted: Cosponsorship, chief: User) -> None:
    client.force_login(chief)
    url = f"{submitted.get_absolute_url()}piece/joindre/"
    for wrong in (SimpleUploadedFile("a.html", b"<script>"), SimpleUploadedFile("vide.pdf", b"")):
        page = client.post(url, {"document": wrong})
        assert page.status_code == 200
        assert "à revoir" in page.content.decode()
    assert client.post(url, {}).status_code == 200
    assert Cosponsorship.objects.get().mandate_document is None


def test_the_file_is_a_private_download_that_the_log_remembers(
    client: Client,
    submitted: Cosponsorship,
    chief: User,
    organiser: User,
    make_account: Make,
    make_representative: Make,
    city: Organisation,
) -> None:
    url = f"{submitted.get_absolute_url()}piece/"
    client.force_login(chief)
    assert client.get(url).status_code == 404
    client.post(f"{url}joindre/", {"document": pdf()})
    client.force_login(organiser)
    client.head(url)
    assert not AuditLine.objects.filter(action="cosponsorship.read_document").exists()
    answer = client.get(url)
    assert b"".join(answer) == b"%PDF-1.7 acte"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert AuditLine.objects.get(action="cosponsorship.read_document").actor == organiser
    for stranger in (make_account(), make_representative(city, role=Role.EDITOR)):
        client.force_login(stranger)
        assert client.get(url).status_code == 404
    client.logout()
    assert client.get(url).status_code == 404
    Cosponsorship.objects.update(state=CosponsorshipState.OFFICIAL, decided_at=NOW)
    assert client.get(url).status_code == 404
