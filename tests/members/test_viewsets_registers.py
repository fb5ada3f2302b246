"""The registers of the admin: organisers read everything, change nothing behind the actions; others meet no door."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from coalition.core.audit import record
from coalition.core.models import AuditLine
from members.actions import ask_support, support_as_organisation
from members.models import Coalition, Cosponsorship, KindThreshold, Organisation, User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
REGISTERS = (
    "/admin/registre/organisations/",
    "/admin/registre/signatures/",
    "/admin/registre/soutiens/",
    "/admin/registre/coalitions/",
    "/admin/journal/",
)


@pytest.fixture
def filled(
    coalition: Coalition,
    city: Organisation,
    chief: User,
    sign: Make,
    make_organisation: Make,
    make_representative: Make,
) -> Cosponsorship:
    act: Cosponsorship = sign(fresh(chief), city)
    Cosponsorship.objects.filter(pk=act.pk).update(state="submitted", confirmed_at=NOW)
    ask_support(coalition=coalition, name="Moussa", email="moussa@example.org", now=NOW)
    other = make_organisation(name="Réseau des relais")
    editor = fresh(make_representative(other, role="editor"))
    support_as_organisation(coalition=coalition, organisation=other, actor=editor, now=NOW)
    act.refresh_from_db()
    return act


@pytest.fixture
def desk(client: Client, organiser: User) -> Client:
    organiser.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(organiser)
    return client


@pytest.mark.parametrize("address", REGISTERS)
def test_an_organiser_reads_searches_and_sorts_each_register(desk: Client, filled: Cosponsorship, address: str) -> None:
    assert "<h1" in desk.get(address).content.decode()
    found = desk.get(f"{address}results/?q=zzz")
    assert found.status_code == 200
    for column in set(re.findall(r"ordering=(-?\w+)", desk.get(address).content.decode())):
        assert desk.get(f"{address}?ordering={column}").status_code == 200


def test_the_filters_narrow(desk: Client, filled: Cosponsorship) -> None:
    page = desk.get("/admin/registre/organisations/?kind=authority&state=confirmed").content.decode()
    assert "Ville de Saint-Louis" in page
    assert "Ville de Saint-Louis" not in desk.get("/admin/registre/organisations/?kind=ngo").content.decode()
    assert "Moussa" in desk.get("/admin/registre/soutiens/?state=awaiting&kind=person").content.decode()
    assert "Ville de Saint-Louis" in desk.get("/admin/registre/signatures/?state=submitted").content.decode()
    for query in ("?action=support", f"?created_at_from={NOW.date()}", "?object_id=1"):
        assert desk.get(f"/admin/journal/{query}").status_code == 200


def test_each_line_leads_to_the_page_where_one_acts(desk: Client, filled: Cosponsorship) -> None:
    acts = desk.get("/admin/registre/signatures/").content.decode()
    assert f'href="/fr/organisations/co-porteurs/{filled.pk}/"' in acts
    organisations = desk.get("/admin/registre/organisations/").content.decode()
    assert f"/fr/organisations/{filled.organisation.slug}/signature-papier/" in organisations


@pytest.mark.parametrize(
    ("address", "verb"),
    [
        (address, verb)
        for address in REGISTERS
        for verb in ("new/", "edit/{}/", "delete/{}/")
        if (address, verb)
        != ("/admin/registre/coalitions/", "edit/{}/")  # its numbers are edited there, by the actions
    ],
)
def test_nothing_is_added_changed_or_deleted_beside_the_actions(
    desk: Client, filled: Cosponsorship, address: str, verb: str
) -> None:
    count = AuditLine.objects.count()
    for method in (desk.get, desk.post):
        answer = method(address + verb.format(AuditLine.objects.order_by("pk")[0].pk))
        assert answer.status_code in (302, 404)
        assert answer.status_code == 404 or answer["Location"] == "/admin/"
    assert AuditLine.objects.count() == count


@pytest.mark.parametrize("address", REGISTERS)
def test_nobody_else_enters(
    client: Client, filled: Cosponsorship, chief: User, make_organiser: Make, address: str
) -> None:
    audit = address == "/admin/journal/"
    assert client.get(address).status_code == (404 if audit else 302)
    for account in (chief, make_organiser("Sans facteur", second_factor=False)):
        client.force_login(account)
        assert client.get(address).status_code == (404 if audit else 403)


def test_no_register_exports_what_it_shows(desk: Client, filled: Cosponsorship) -> None:
    for address in REGISTERS:
        assert "export=csv" not in desk.get(address).content.decode()
        answer = desk.get(f"{address}?export=csv")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
        assert b"moussa@example.org" not in body and b"Saint-Louis" not in body


def test_a_draft_stays_its_organisations(desk: Client, filled: Cosponsorship) -> None:
    Cosponsorship.objects.filter(pk=filled.pk).update(state="draft")
    assert "Ville de Saint-Louis" not in desk.get("/admin/registre/signatures/").content.decode()


def test_the_numbers_of_a_coalition_change_by_their_actions_and_the_log_says_from_what(
    desk: Client, coalition: Coalition, organiser: User
) -> None:
    url = f"/admin/registre/coalitions/edit/{coalition.pk}/"
    assert desk.get(url).status_code == 200
    data = {"cosponsors_needed": 10, "renewal_months": 24, "withdrawal_trace": "count", "minimum_authority": 6}
    assert desk.post(url, data).status_code == 302
    coalition.refresh_from_db()
    assert (coalition.cosponsors_needed, coalition.renewal_months, coalition.withdrawal_trace) == (10, 24, "count")
    assert list(KindThreshold.objects.values_list("kind", "minimum")) == [("authority", 6)]
    line = AuditLine.objects.get(action="coalition.set_rules")
    assert line.actor == organiser
    assert line.data["before"] == {"renewal_months": 12, "withdrawal_trace": "name"}
    assert AuditLine.objects.filter(action="coalition.set_threshold").exists()


def test_numbers_that_contradict_each_other_come_back_with_a_sentence_and_change_nothing(
    desk: Client, coalition: Coalition
) -> None:
    url = f"/admin/registre/coalitions/edit/{coalition.pk}/"
    data = {"cosponsors_needed": 2, "renewal_months": 24, "withdrawal_trace": "count", "minimum_authority": 6}
    page = desk.post(url, data)
    assert page.status_code == 200
    assert "dépassent le nombre total" in page.content.decode()
    data |= {"cosponsors_needed": 10, "renewal_months": 0}
    assert "de 1 à 120" in desk.post(url, data).content.decode()
    coalition.refresh_from_db()
    assert (coalition.cosponsors_needed, coalition.renewal_months) == (0, 12)
    assert not AuditLine.objects.filter(action__startswith="coalition.set").exists()


def test_a_register_costs_the_same_for_two_lines_and_for_forty(
    desk: Client, filled: Cosponsorship, organiser: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        record(actor=organiser, action="test.line", obj=filled, now=timezone.now() - timedelta(days=number))
    with django_assert_max_num_queries(25):
        assert desk.get("/admin/journal/").status_code == 200
