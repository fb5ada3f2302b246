"""Forms of accounts."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coalition.core.languages import reader_language
from members.models import LANGUAGES, User

NEAR_ZONES = ("Africa/", "Atlantic/", "Europe/", "Indian/")


class SignupExtraForm(forms.Form):
    """What a new account tells besides its address: a name to be called by."""

    name = forms.CharField(
        label=_("Votre nom"),
        max_length=150,
        help_text=_("Celui qui paraîtra avec vos contributions."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ("name", "email", "password1")

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called by allauth once the account exists: keep the name, and the language of the page."""
        user.name = self.cleaned_data["name"]
        user.language = reader_language()
        user.save(update_fields=["name", "language"])


class ProfileForm(forms.Form):
    """How an account is called, in which language it is written to, and in which time it reads hours."""

    name = forms.CharField(
        label=_("Votre nom"),
        max_length=150,
        help_text=_("Celui qui paraîtra avec vos contributions."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Langue de nos courriels"), choices=LANGUAGES, widget=forms.RadioSelect(attrs={"class": "choice"})
    )
    time_zone = forms.ChoiceField(label=_("Fuseau horaire"), help_text=_("Pour dire l’heure des rencontres."))

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = {zone for zone in available_timezones() if zone.startswith(NEAR_ZONES)}
        zones = sorted(near | {"UTC", account.time_zone})
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones]  # type: ignore[attr-defined]


class EraseForm(forms.Form):
    """The address typed again: nobody erases an account by a slip of the thumb."""

    address = forms.CharField(
        label=_("Votre adresse électronique"),
        max_length=254,
        help_text=_("Recopiez-la pour confirmer : l’effacement est immédiat et ne peut pas être défait."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
