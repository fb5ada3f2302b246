"""The public list, the organisers' answer, and leaving in two clicks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.enums import CosponsorshipState, Role
from members.models import Cosponsorship, Organisation, User
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
LIST = "/fr/organisations/co-porteurs/"


@pytest.fixture
def city(make_organisation: Make) -> Organisation:
    return make_organisation(name="Ville de Saint-Louis")


@pytest.fixture
def chief(city: Organisation, make_representative: Make) -> User:
    return make_representative(city)


@pytest.fixture
def submitted(sign: Make, chief: User, city: Organisation) -> Cosponsorship:
    act = sign(chief, city)
    Cosponsorship.objects.filter(pk=act.pk).update(state=CosponsorshipState.SUBMITTED, confirmed_at=NOW)
    act.refresh_from_db()
    return act


def test_an_empty_list_says_what_will_be_there(client: Client, coalition: Any, texts: Any) -> None:
    page = client.get(LIST)
    assert "Encore personne" in page.content.decode()
    assert not page.cookies


def test_the_list_appears_when_an_organiser_approves(client: Client, submitted: Cosponsorship, organiser: User) -> None:
    assert "Ville de Saint-Louis" not in client.get(LIST).content.decode()
    client.force_login(organiser)
    url = f"{submitted.get_absolute_url()}reponse/"
    assert "Répondre à l’organisation" in client.get(submitted.get_absolute_url()).content.decode()
    assert client.post(url, {"decision": "yes"}).status_code == 303
    assert client.post(url, {"decision": "yes"}).status_code == 409
    client.logout()
    page = client.get(LIST).content.decode()
    assert "Ville de Saint-Louis" in page
    assert "Charte d’essai, version 1" in page
    assert client.get(submitted.get_absolute_url()).status_code == 200


def test_a_refusal_needs_a_motive_that_the_organisation_reads(
    client: Client, submitted: Cosponsorship, organiser: User, chief: User
) -> None:
    client.force_login(organiser)
    url = f"{submitted.get_absolute_url()}reponse/"
    assert "Dites pourquoi" in client.post(url, {"decision": "no"}).content.decode()
    assert client.post(url, {"decision": "no", "motive": "Mandat expiré."}).status_code == 303
    client.force_login(chief)
    assert "Mandat expiré." in client.get(submitted.get_absolute_url()).content.decode()


def test_what_is_not_official_is_hidden_from_others(
    client: Client,
    submitted: Cosponsorship,
    chief: User,
    make_account: Make,
    make_representative: Make,
    city: Organisation,
) -> None:
    urls = [submitted.get_absolute_url(), f"{submitted.get_absolute_url()}retrait/"]
    assert [client.get(url).status_code for url in urls] == [404, 404]
    client.force_login(make_account())
    assert [client.get(url).status_code for url in urls] == [404, 404]
    client.force_login(make_representative(city, role=Role.MEMBER))
    assert [client.get(url).status_code for url in urls] == [200, 403]
    client.force_login(chief)
    assert client.post(f"{submitted.get_absolute_url()}reponse/", {"decision": "yes"}).status_code == 403


def test_leaving_takes_two_clicks_and_a_reason(client: Client, submitted: Cosponsorship, chief: User) -> None:
    client.force_login(chief)
    url = f"{submitted.get_absolute_url()}retrait/"
    assert client.get(url).status_code == 200
    assert Cosponsorship.objects.get().state == CosponsorshipState.SUBMITTED
    assert "à revoir" in client.post(url, {"reason": "\x00"}).content.decode()
    assert client.post(url, {"reason": "Nouvelle équipe."}).status_code == 303
    assert Cosponsorship.objects.get().state == CosponsorshipState.WITHDRAWN
    assert client.post(url, {"reason": "Encore."}).status_code == 409


def test_the_list_costs_the_same_queries_at_one_and_at_ten(
    client: Client, sign: Make, make_organisation: Make, make_representative: Make
) -> None:
    def add(count: int) -> None:
        for _number in range(count):
            organisation = make_organisation()
            sign(make_representative(organisation), organisation)
        Cosponsorship.objects.update(state="official", decided_at=NOW)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    add(1)
    cost()
    few = cost()
    add(9)
    assert cost() == few <= 10
