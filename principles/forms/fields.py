"""What the forms of the charter have in common: settled texts, refusals of actions, in whose name."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from coalition.core.access import is_organiser
from coalition.core.errors import DomainError
from members.models import Organisation
from members.rules import speaking_organisations
from principles.models import UNREADABLE, settle_text

TEAM = "equipe"
NUMBER: dict[str, Any] = {"min_value": 0, "max_value": 2_000_000_000}
LIVE = {
    "hx-post": "",
    "hx-trigger": "input changed delay:700ms",
    "hx-target": "#live",
    "hx-include": "closest form",
    "hx-vals": '{"do": "preview"}',
}
"""A text whose changes are drawn while it is written, where htmx runs; the preview button does the same without."""


class SettledField(forms.CharField):
    """A text as the charter keeps it: Unicode and line ends settled before it is measured, unreadable signs refused."""

    def to_python(self, value: Any) -> str:
        return settle_text(str(super().to_python(value)))

    def validate(self, value: str) -> None:
        super().validate(value)
        if UNREADABLE.search(value.replace("\x00", "")):
            raise forms.ValidationError(gettext("Ce texte contient des caractères que nous ne savons pas lire."))


class DomainForm(forms.Form):
    """A form that can show what an action refused."""

    def refuse(self, error: DomainError) -> None:
        """Put the sentence of `error` beside the field it names, or on top."""
        self.add_error(error.field if error.field in self.fields else None, str(error.message))


class VoiceForm(DomainForm):
    """A form answered in the name of an organisation; the only one there is is chosen without being asked."""

    organisation = forms.ChoiceField(label=_("Au nom de"))

    def __init__(self, *args: Any, account: Any, team: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.voices: dict[str, Organisation | None] = {str(one.pk): one for one in speaking_organisations(account)}
        choices = [(key, str(one)) for key, one in self.voices.items()]
        if team and is_organiser(account):
            self.voices[TEAM] = None
            choices.append((TEAM, gettext("L’équipe d’organisation")))
        field: Any = self.fields["organisation"]
        field.choices = choices
        if len(choices) == 1:
            field.required = False
            field.widget = forms.HiddenInput()
            self.initial["organisation"] = choices[0][0]

    def clean_organisation(self) -> Organisation | None:
        """The organisation chosen, the only one there is, or None for the organising team."""
        chosen = self.cleaned_data["organisation"] or next(iter(self.voices), "")
        if chosen not in self.voices:
            raise forms.ValidationError(gettext("Choisissez au nom de qui vous proposez."))
        return self.voices[chosen]
