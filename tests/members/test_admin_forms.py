"""The admin's forms ask for an address and a name, and never for a password."""

import pytest

from members.admin_forms import AccountCreationForm, AccountEditForm
from members.models import User

pytestmark = pytest.mark.django_db


def test_neither_form_asks_for_a_first_name_or_a_password() -> None:
    for form in (AccountCreationForm(), AccountEditForm(instance=User(email="awa@example.org"))):
        assert not {"first_name", "last_name", "password1", "password2"} & set(form.fields)
        assert {"email", "name", "language", "groups"} <= set(form.fields)


def test_a_new_account_has_no_usable_password() -> None:
    form = AccountCreationForm({"email": "awa@example.org", "name": "Awa", "language": "fr"})
    assert form.is_valid(), form.errors
    assert not form.save().has_usable_password()


def test_the_same_address_is_refused_whatever_its_case() -> None:
    User.objects.create_user("awa@example.org", "x")
    form = AccountCreationForm({"email": "AWA@example.org", "name": "Awa", "language": "fr"})
    assert "email" in form.errors or form.non_field_errors()
