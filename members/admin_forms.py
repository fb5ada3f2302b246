"""The admin's forms for accounts: an address and a name. Passwords are chosen by their owners, never here."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from wagtail.users.forms import UserCreationForm, UserEditForm

FIELDS = ("email", "name", "language", "is_superuser", "groups")


class AccountCreationForm(UserCreationForm):
    """A new account, which enters by a mailed code or by choosing a password through the reset page."""

    first_name = None
    last_name = None

    class Meta:
        model = get_user_model()
        fields = FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple}  # noqa: RUF012 - Django's own way

    def save(self, commit: bool = True) -> Any:
        """The account, with no usable password."""
        self.instance.set_unusable_password()
        return super().save(commit=commit)


class AccountEditForm(UserEditForm):
    """What may change of an account; `is_active` off suspends it at its next click."""

    first_name = None
    last_name = None

    class Meta:
        model = get_user_model()
        fields = (*FIELDS, "is_active")
        widgets = {"groups": forms.CheckboxSelectMultiple}  # noqa: RUF012 - Django's own way
