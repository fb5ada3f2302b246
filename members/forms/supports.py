"""Forms of those who support a coalition without co-sponsoring it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalition.core.consents import current_purpose
from members.models import LANGUAGES, Organisation
from members.rules.supports import NAME_PURPOSE


class SupportWordsForm(forms.Form):
    """What a supporter says, once asked for and once more in the page of the mailed link."""

    name = forms.CharField(label=_("Votre nom"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    city = forms.CharField(
        label=_("Votre ville"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    message = forms.CharField(
        label=_("Pourquoi, en une phrase"),
        max_length=300,
        required=False,
        help_text=_("Exemple : nos habitants ont besoin de services qui leur répondent."),
    )
    name_is_public = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        public = self.fields["name_is_public"]
        public.label = current_purpose(NAME_PURPOSE).text
        public.help_text = _("Sans votre accord, vous êtes compté sans être nommé, et votre phrase n’est pas publiée.")


class SupportForm(SupportWordsForm):
    """A person without account."""

    field_order = ("name", "email", "city", "message", "language", "name_is_public", "nickname")

    email = forms.EmailField(
        label=_("Adresse électronique"),
        max_length=254,
        help_text=_("Un courriel y demande de confirmer. Elle n’est jamais publiée."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(label=_("Langue de nos courriels"), choices=LANGUAGES, widget=forms.RadioSelect)
    nickname = forms.CharField(
        label=_("Laissez ce champ vide"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    """A trap: hidden from people, so whatever fills it in is a program."""


class OrganisationSupportForm(forms.Form):
    """An organisation, by one of its people."""

    organisation = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
