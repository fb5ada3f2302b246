"""The archive shows what is about somebody, and never what proves who they are."""

import pytest

from coalition.core.mydata import SECRETS, collect
from coalition.core.privacy import declarations
from members.models import User


def test_every_secret_names_a_field_that_exists() -> None:
    for secret in SECRETS:
        label, name = secret.rsplit(".", 1)
        model = next(one.model for one in declarations() if one.label == label)
        assert model._meta.get_field(name)


@pytest.mark.django_db
def test_rows_come_by_table_without_their_secrets() -> None:
    account = User.objects.create_user("awa@ville.example", "un-mot-de-passe", name="Awa")
    rows = collect(account, [account.email])
    assert rows["members.User"][0]["name"] == "Awa"
    assert "password" not in rows["members.User"][0]
    assert rows["members.Affiliation"] == []
