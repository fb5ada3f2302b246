"""What acted for an organisation is suspended, not deleted."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from members.models import User

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.mark.parametrize("bulk", [False, True])
def test_an_account_with_mandates_is_kept_and_the_admin_says_why(
    client: Client, make_organiser: Make, make_organisation: Make, make_representative: Make, bulk: bool
) -> None:
    client.force_login(make_organiser(is_superuser=True, is_staff=True))
    account = make_representative(make_organisation())
    url = f"/admin/bulk/members/user/delete/?id={account.pk}" if bulk else f"/admin/users/delete/{account.pk}/"
    page = client.post(url, follow=True)
    assert page.status_code == 200
    assert "suspendez-le" in page.content.decode()
    assert User.objects.filter(pk=account.pk).exists()


@pytest.mark.parametrize("bulk", [False, True])
def test_an_account_that_did_nothing_goes(client: Client, make_organiser: Make, make_account: Make, bulk: bool) -> None:
    client.force_login(make_organiser(is_superuser=True, is_staff=True))
    account = make_account()
    url = f"/admin/bulk/members/user/delete/?id={account.pk}" if bulk else f"/admin/users/delete/{account.pk}/"
    assert client.post(url).status_code == 302
    assert not User.objects.filter(pk=account.pk).exists()
