"""What organisers type about mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """Whose mail."""

    who = forms.CharField(
        label=_("Adresse électronique, ou nom du compte"),
        max_length=320,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _motive(text: Any) -> forms.CharField:
    return forms.CharField(label=_("Motif"), help_text=text, max_length=300)


class StopForm(forms.Form):
    """An address nothing shall be sent to."""

    address = forms.CharField(
        label=_("Adresse électronique"), max_length=320, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    motive = _motive(_("Il reste au journal des actes. N’y écrivez pas l’adresse."))


class LiftForm(forms.Form):
    """Why an address may be written to again."""

    motive = _motive(_("Il reste au journal des actes. N’y écrivez pas l’adresse."))
