"""What is asked of organisers who register a program."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coalition.notifications.enums import Theme


class WebhookForm(forms.Form):
    """A name for the team, the address, and what the program hears of."""

    name = forms.CharField(
        label=_("Nom"), max_length=100, help_text=_("Pour vous y retrouver : « Site de la métropole ».")
    )
    url = forms.URLField(
        label=_("Adresse"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Elle commence par https:// et répond à des demandes POST."),
    )
    themes = forms.MultipleChoiceField(
        label=_("Ce qu’il apprend"), choices=Theme.choices, widget=forms.CheckboxSelectMultiple
    )


class WebhookEditForm(WebhookForm):
    """The same, and which words the form was filled with."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
