"""The public list, the organisers' answer, and leaving in two clicks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from members.enums import CosponsorshipState, Role, WithdrawalTrace
from members.models import Coalition, Cosponsorship, Organisation, User
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
            sign(make_representative(organisation), organisation, reservations={"partage": "Pas encore."})
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


def test_an_act_signed_before_sentences_were_asked_still_shows_well(client: Client, submitted: Cosponsorship) -> None:
    Cosponsorship.objects.update(state=CosponsorshipState.OFFICIAL, decided_at=NOW, sentences={})
    for url in (LIST, submitted.get_absolute_url()):
        page = client.get(url).content.decode()
        assert "Documenter des cas" in page
        assert "Publier deux cas avant la fin de 2027." in page


def test_sentences_and_reservations_are_public_with_the_act(
    client: Client, sign: Make, chief: User, city: Organisation
) -> None:
    act = sign(chief, city, reservations={"partage": "Pas avant 2029."})
    Cosponsorship.objects.update(state=CosponsorshipState.OFFICIAL, decided_at=NOW)
    for url in (LIST, act.get_absolute_url()):
        page = client.get(url).content.decode()
        assert "Nous ferons document_cases." in page
        assert "De l’partage" in page
        assert "Pas avant 2029." in page


@pytest.mark.parametrize("trace", WithdrawalTrace.values)
def test_what_remains_of_a_withdrawal_is_what_the_coalition_decided(
    client: Client, submitted: Cosponsorship, coalition: Coalition, trace: str
) -> None:
    Coalition.objects.update(withdrawal_trace=trace)
    Cosponsorship.objects.update(
        state=CosponsorshipState.WITHDRAWN, decided_at=NOW, withdrawn_at=NOW, withdrawal_reason="Plus de mandat."
    )
    page = client.get(LIST).content.decode()
    assert "1 organisation s’est retirée" in page
    assert ("Ville de Saint-Louis" in page) is (trace != WithdrawalTrace.COUNT)
    assert ("Plus de mandat." in page) is (trace == WithdrawalTrace.FULL)
    told = client.get("/api/v1/cosponsors/withdrawals/").json()
    assert told["count"] == 1
    assert ("Ville de Saint-Louis" in str(told)) is (trace != WithdrawalTrace.COUNT)
    assert ("Plus de mandat." in str(told)) is (trace == WithdrawalTrace.FULL)


def test_who_left_before_being_official_leaves_no_public_trace(client: Client, submitted: Cosponsorship) -> None:
    Cosponsorship.objects.update(state=CosponsorshipState.WITHDRAWN, withdrawn_at=NOW, withdrawal_reason="Erreur.")
    assert "retirée" not in client.get(LIST).content.decode()


def test_the_record_of_consent_is_read_by_the_organisation_and_ended_in_one_click(
    client: Client, sign: Make, chief: User, city: Organisation, organiser: User
) -> None:
    with translation.override("fr"):
        act = sign(chief, city, name_is_public=True)
    Cosponsorship.objects.update(state=CosponsorshipState.OFFICIAL, decided_at=NOW)
    public = client.get(act.get_absolute_url()).content.decode()
    assert "Aïssatou" in public
    assert "Accord pour publier le nom" not in public
    client.force_login(organiser)
    record = client.get(act.get_absolute_url()).content.decode()
    assert "2026-11" in record
    assert f"cosponsorship {act.pk}" in record
    client.force_login(chief)
    assert client.post(f"{act.get_absolute_url()}taire-le-nom/").status_code == 303
    assert "Repris le" in client.get(act.get_absolute_url()).content.decode()
    client.logout()
    assert "Aïssatou" not in client.get(act.get_absolute_url()).content.decode()


def test_a_new_link_is_one_click_away_and_told_where_it_went(
    client: Client, sign: Make, chief: User, city: Organisation
) -> None:
    act = sign(chief, city)
    client.force_login(chief)
    url = f"{act.get_absolute_url()}nouveau-lien/"
    assert client.get(url).status_code == 405
    page = client.post(url, follow=True).content.decode()
    assert f"part vers {chief.email}" in page
    for _number in range(5):
        page = client.post(url, follow=True).content.decode()
    assert "Plusieurs liens sont déjà partis" in page


def test_a_member_reads_who_acts_next_but_not_what_is_kept_for_representatives(
    client: Client, submitted: Cosponsorship, make_representative: Make, city: Organisation
) -> None:
    client.force_login(make_representative(city, name="Membre", role=Role.MEMBER))
    page = client.get(submitted.get_absolute_url()).content.decode()
    assert "l’équipe d’organisation" in page
    assert "Délibération 2026-114" not in page
    assert "Accord pour publier le nom" not in page
