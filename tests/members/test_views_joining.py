"""Entering by one's address or by asking, and the answer, on the site."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.enums import JoinRequestState, Role
from members.models import JoinRequest, Organisation, User, VerifiedDomain
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_address_of_the_organisation_enters_from_its_page(
    client: Client, city: Organisation, chief: User, make_account: Make
) -> None:
    VerifiedDomain.objects.create(organisation=city, domain="ville.example", verified_at=NOW)
    account = make_account(email="awa@ville.example")
    client.force_login(account)
    door = reverse("join_domain", args=[city.slug])
    assert door in text(client.get(city.get_absolute_url()))
    assert city.name in text(client.get(reverse("account_overview")))
    assert client.post(door)["Location"] == reverse("people", args=[city.slug])
    assert fresh(account).roles == {city.pk: Role.MEMBER}
    assert door not in text(client.get(city.get_absolute_url()))


def test_asking_waiting_and_taking_back(client: Client, city: Organisation, chief: User, make_account: Make) -> None:
    client.force_login(make_account())
    url = reverse("join_request", args=[city.slug])
    assert url in text(client.get(city.get_absolute_url()))
    assert "Dites qui vous êtes" in text(client.get(url))
    answer = client.post(url, {"role": "editor", "function": "Cheffe", "message": "Bonjour"}, follow=True)
    assert "la personne qui représente l’organisation" in text(answer)
    asked = JoinRequest.objects.get()
    assert (asked.role, asked.function) == (Role.EDITOR, "Cheffe")
    assert "la personne qui représente" in text(client.get(url))
    client.post(reverse("join_request_withdraw", args=[city.slug, asked.pk]))
    asked.refresh_from_db()
    assert asked.state == JoinRequestState.WITHDRAWN


def test_a_member_who_follows_the_link_finds_their_place(
    client: Client, city: Organisation, make_representative: Make
) -> None:
    client.force_login(make_representative(city, role=Role.MEMBER))
    url = reverse("join_request", args=[city.slug])
    assert client.get(url)["Location"] == reverse("people", args=[city.slug])
    assert client.post(url, {"role": "member"}).status_code == 409


def test_the_representative_answers_with_a_role_or_a_reason(
    client: Client, city: Organisation, chief: User, make_account: Make
) -> None:
    first, second = (
        JoinRequest.objects.create(organisation=city, account=make_account(), role=Role.MEMBER, created_at=NOW)
        for _each in "ab"
    )
    client.force_login(chief)
    url = reverse("join_request_decide", args=[city.slug, first.pk])
    refused = client.post(url, {f"r{first.pk}-decision": "no", f"r{first.pk}-role": "member"})
    assert "Dites pourquoi" in text(refused)
    client.post(url, {f"r{first.pk}-decision": "yes", f"r{first.pk}-role": "representative"})
    assert fresh(first.account).roles == {city.pk: Role.REPRESENTATIVE}
    assert client.post(url, {f"r{first.pk}-decision": "yes", f"r{first.pk}-role": "member"}).status_code == 409
    url = reverse("join_request_decide", args=[city.slug, second.pk])
    data = {f"r{second.pk}-decision": "no", f"r{second.pk}-role": "member", f"r{second.pk}-motive": "Inconnu ici."}
    client.post(url, data)
    client.force_login(second.account)
    assert "Inconnu ici." in text(client.get(reverse("account_overview")))
