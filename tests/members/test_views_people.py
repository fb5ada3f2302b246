"""The page of an organisation's people, seen by each of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalition.core.models import Attachment, AuditLine
from coalition.notifications.models import Event
from members.actions import end_affiliation, invite_person, name_successor, request_to_join
from members.enums import Role
from members.models import Affiliation, Invitation, Organisation, User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
MANDATE = {
    "role": "representative",
    "function": "Maire",
    "mandate_reference": "Délibération 2026-114",
    "mandate_date": "2026-11-06",
    "mandate_until": "2032-03-31",
}


@pytest.fixture(autouse=True)
def private_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Attachment._meta.get_field("file"), "storage", FileSystemStorage(location=tmp_path))
    return tmp_path


def line_of(account: User) -> Affiliation:
    return Affiliation.objects.active().get(account=account)


def address(city: Organisation, door: str = "people", *more: Any) -> str:
    return reverse(door, args=[city.slug, *more])


def page(client: Client, account: User, url: str) -> str:
    client.force_login(account)
    return client.get(url).content.decode()


def test_representatives_see_everybody_and_members_their_own_line(
    client: Client, city: Organisation, chief: User, make_representative: Make, make_account: Make
) -> None:
    member = make_representative(city, name="Binta", role=Role.MEMBER)
    invite_person(organisation=city, actor=fresh(chief), email="new@x.example", role=Role.EDITOR, now=NOW)
    request_to_join(organisation=city, actor=make_account("Kossi"), role=Role.MEMBER, message="C’est moi", now=NOW)
    whole = page(client, chief, address(city))
    assert all(word in whole for word in (member.email, "new@x.example", "Kossi", "C’est moi", "Historique"))
    own = page(client, member, address(city))
    assert "Quitter l’organisation" in own
    assert not [word for word in (chief.email, "new@x.example", "Kossi", "Historique") if word in own]


def test_the_page_costs_the_same_for_few_and_many(
    client: Client, city: Organisation, chief: User, make_representative: Make
) -> None:
    client.force_login(chief)
    counts = []
    for number in (1, 6):
        for _each in range(number):
            gone = make_representative(city, role=Role.MEMBER)
            end_affiliation(affiliation=line_of(gone), actor=gone, now=NOW)
            make_representative(city, role=Role.EDITOR)
            Invitation.objects.create(
                organisation=city, email=f"{gone.pk}@x.example", role=Role.MEMBER, invited_by=gone,
                created_at=NOW, expires_at=NOW,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            client.get(address(city))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_mandate_with_its_proof_opens_a_new_line_and_keeps_the_old(
    client: Client, city: Organisation, chief: User
) -> None:
    client.force_login(chief)
    url = address(city, "affiliation_edit", line_of(chief).pk)
    assert client.get(url).status_code == 200
    proof = SimpleUploadedFile("delib.pdf", b"%PDF-1.7 acte")
    answer = client.post(url, {**MANDATE, "document": proof})
    assert (answer.status_code, answer["Location"]) == (303, address(city))
    line = line_of(chief)
    assert (line.function, line.mandate_reference, str(line.mandate_until)) == (
        "Maire", "Délibération 2026-114", "2032-03-31",
    )  # fmt: skip
    assert Affiliation.objects.filter(account=chief).count() == 2
    assert "Délibération 2026-114" in client.get(address(city)).content.decode()


def test_the_proof_is_read_by_representatives_and_organisers_and_each_reading_is_logged(
    client: Client, city: Organisation, chief: User, organiser: User, make_representative: Make
) -> None:
    client.force_login(chief)
    url = address(city, "affiliation_edit", line_of(chief).pk)
    client.post(url, {**MANDATE, "document": SimpleUploadedFile("delib.pdf", b"%PDF-1.7 acte")})
    proof = address(city, "mandate_document", line_of(chief).pk)
    for account in (chief, organiser):
        client.force_login(account)
        answer = client.get(proof)
        assert b"".join(answer) == b"%PDF-1.7 acte"  # type: ignore[arg-type]
        for close in answer._resource_closers:  # answer.close() would close the connection of the test
            close()
        assert "attachment" in answer["Content-Disposition"]
    assert AuditLine.objects.filter(action="affiliation.read_proof").count() == 2
    client.force_login(make_representative(city, role=Role.EDITOR))
    assert client.get(proof).status_code == 404
    client.logout()
    assert client.get(proof).status_code == 404


def test_a_wrong_file_keeps_what_was_typed(client: Client, city: Organisation, chief: User) -> None:
    client.force_login(chief)
    url = address(city, "affiliation_edit", line_of(chief).pk)
    answer = client.post(url, {**MANDATE, "document": SimpleUploadedFile("a.exe", b"MZ")}).content.decode()
    assert "ni un PDF ni une photo" in answer
    assert "Délibération 2026-114" in answer


def test_the_last_representative_is_shown_the_way_out(client: Client, city: Organisation, chief: User) -> None:
    client.force_login(chief)
    line = line_of(chief)
    answer = client.post(address(city, "affiliation_end", line.pk))
    assert answer.status_code == 409
    assert address(city, "hand_over") in answer.content.decode()
    answer = client.post(address(city, "affiliation_edit", line.pk), {"role": "member"})
    assert answer.status_code == 409
    assert fresh(chief).roles == {city.pk: Role.REPRESENTATIVE}


def test_an_editor_leaves_in_two_clicks(client: Client, city: Organisation, make_representative: Make) -> None:
    editor = make_representative(city, role=Role.EDITOR)
    url = address(city, "affiliation_end", line_of(editor).pk)
    assert "prend fin tout de suite" in page(client, editor, url)
    assert fresh(editor).roles
    assert client.post(url)["Location"] == reverse("account_overview")
    assert fresh(editor).roles == {}
    assert AuditLine.objects.get(action="affiliation.end").data["function"] == "Adjointe"


def test_a_line_of_another_organisation_is_not_found_here(
    client: Client, city: Organisation, chief: User, make_organisation: Make, make_representative: Make
) -> None:
    elsewhere = line_of(make_representative(make_organisation()))
    client.force_login(chief)
    for door in ("affiliation_edit", "affiliation_end", "mandate_document"):
        assert client.get(address(city, door, elsewhere.pk)).status_code == 404


def test_handing_over_to_a_colleague_or_to_an_address(
    client: Client, city: Organisation, chief: User, make_representative: Make
) -> None:
    colleague = make_representative(city, name="Kossi", role=Role.MEMBER)
    assert "Kossi" in page(client, chief, address(city, "hand_over"))
    lost = client.post(address(city, "hand_over"), {"successor": "other", "language": "fr"})
    assert "Donnez l’adresse" in lost.content.decode()
    data = {"successor": str(line_of(colleague).pk), "language": "fr", "stays_member": "on"}
    assert client.post(address(city, "hand_over"), data).status_code == 303
    offer = Invitation.objects.get()
    assert (offer.email, offer.stays_member, offer.hands_over) == (colleague.email, True, line_of(chief))
    assert Event.objects.filter(kind="affiliation.invited").count() == 1


def test_the_account_page_lists_what_opens_and_who_acts_next(
    client: Client, city: Organisation, chief: User, make_account: Make, make_organisation: Make
) -> None:
    account = make_account("Kossi")
    name_successor(organisation=city, actor=fresh(chief), email=account.email, now=NOW)
    alone = make_organisation(name="Agence seule")
    request_to_join(organisation=alone, actor=account, role=Role.MEMBER, now=NOW)
    shown = page(client, account, reverse("account_overview"))
    assert "Aïssatou vous invite." in shown
    assert "Vous prendriez la suite" in shown
    assert "personne ne représente encore cette organisation" in shown
