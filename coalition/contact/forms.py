"""Writing, answering, closing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalition.contact.enums import LONGEST_MESSAGE, Kind
from coalition.contact.rules import KEEP_PURPOSE
from coalition.core.consents import current_purpose


def _area(label: Any, help_text: Any = "", rows: int = 6, longest: int = LONGEST_MESSAGE) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=longest, widget=forms.Textarea(attrs={"rows": rows})
    )


class MessageForm(forms.Form):
    """A message from anybody."""

    kind = forms.ChoiceField(
        label=_("Vous écrivez pour"), choices=Kind.choices, initial=Kind.QUESTION, widget=forms.RadioSelect
    )
    body = _area(_("Votre message"))
    name = forms.CharField(label=_("Votre nom"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Adresse électronique"),
        max_length=254,
        help_text=_("La réponse y arrive. Rien d’autre n’y est envoyé, pas même une copie."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = forms.CharField(
        label=_("Votre organisation"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    upload = forms.FileField(
        label=_("Pièce jointe"), required=False, help_text=_("Un PDF, un JPEG ou un PNG, de 10 Mo au plus.")
    )
    agree = forms.BooleanField()
    nickname = forms.CharField(
        label=_("Laissez ce champ vide"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    """A trap: hidden from people, so whatever fills it in is a program."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agree"].label = current_purpose(KEEP_PURPOSE).text


class ReplyForm(forms.Form):
    """An answer, sent by mail to whoever wrote."""

    body = _area(_("Votre réponse"), _("Elle part par courriel ; votre adresse n’y figure pas."))


class MotiveForm(forms.Form):
    """Why nothing more is done, or why the message goes before its time."""

    reason = _area(_("Motif"), _("Pour ceux qui liront après vous."), rows=2, longest=600)
