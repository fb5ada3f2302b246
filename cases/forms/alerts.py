"""What is asked of whoever wants to be told of new cases."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import Frequency


class PaceForm(forms.Form):
    """How often at most."""

    frequency = forms.ChoiceField(
        label=_("À quel rythme"),
        choices=Frequency.choices,
        initial=Frequency.WEEKLY,
        widget=forms.RadioSelect,
        help_text=_("Rien ne part quand il n’y a rien de nouveau."),
    )


class AlertForm(PaceForm):
    """A mailbox without account."""

    field_order = ("email", "frequency", "nickname")

    email = forms.EmailField(
        label=_("Adresse électronique"),
        max_length=254,
        help_text=_("Un courriel y demande de confirmer. Elle ne sert qu’à cette alerte."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    nickname = forms.CharField(
        label=_("Laissez ce champ vide"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    """A trap: hidden from people, so whatever fills it in is a program."""
