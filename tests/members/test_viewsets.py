"""Accounts in the admin: superusers with a second factor list, create, edit and suspend; nobody types a password."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from members.models import User
from tests.members.conftest import fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def chief(client: Client, make_organiser: Make) -> User:
    account = make_organiser("Administratrice", is_superuser=True, is_staff=True)
    client.force_login(account)
    return account


@pytest.mark.parametrize("query", ["", "?q=admin", "?ordering=name", "?ordering=-name", "?ordering=email"])
def test_the_list_opens_searched_and_sorted(client: Client, chief: User, query: str) -> None:
    response = client.get(f"/admin/users/{query}")
    assert response.status_code == 200
    assert chief.email in response.content.decode()


def test_an_account_is_created_without_a_password(client: Client, chief: User) -> None:
    assert 'name="password1"' not in client.get("/admin/users/new/").content.decode()
    data = {"email": "Neuve@example.org", "name": "Neuve", "language": "en", "groups": []}
    assert client.post("/admin/users/new/", data).status_code == 302
    account = User.objects.get(name="Neuve")
    assert not account.has_usable_password()
    assert account.language == "en"


def test_an_account_is_renamed_put_in_a_group_and_suspended(client: Client, chief: User, make_account: Make) -> None:
    account, group = make_account(), Group.objects.create(name="Relecture")
    url = f"/admin/users/edit/{account.pk}/"
    assert client.get(url).status_code == 200
    data = {"email": account.email, "name": "Autre nom", "language": "fr", "groups": [group.pk]}
    assert client.post(url, data).status_code == 302
    kept = fresh(account)
    assert (kept.name, kept.is_active, kept.group_names) == ("Autre nom", False, {"Relecture"})
    assert kept.check_password("un-long-mot-de-passe-42")


@pytest.mark.parametrize("path", ["/admin/users/", "/admin/users/new/", "/admin/groups/"])
def test_an_organiser_does_not_manage_accounts(client: Client, make_organiser: Make, path: str) -> None:
    client.force_login(make_organiser())
    assert client.get(path).status_code in (302, 403)
