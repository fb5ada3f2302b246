"""Fields every form of a case shares."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _


def area(label: Any, help_text: Any, longest: int, *, required: bool = False, rows: int = 6) -> forms.CharField:
    """A text of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=longest, required=required, widget=widget)


def day(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    """A day, as browsers ask for one."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


def degrees(label: Any, limit: int) -> forms.FloatField:
    """Decimal degrees between -limit and limit."""
    limits = [MinValueValidator(-limit), MaxValueValidator(limit)]
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    help_text = _("En degrés décimaux, par exemple 48.11 ; laissez vide si vous ne savez pas.")
    return forms.FloatField(label=label, help_text=help_text, required=False, validators=limits, widget=widget)


def choice(label: Any, help_text: Any = "") -> forms.ChoiceField:
    """One value of a vocabulary; the form gives the choices when it is made."""
    return forms.ChoiceField(label=label, help_text=help_text, required=False)


def boxes(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    """Several values of a vocabulary."""
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, help_text=help_text, required=False, widget=widget)


def plain(value: Any) -> Any:
    """A text with the line ends of a text file; anything else as it is."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
