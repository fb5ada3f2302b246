"""Forms of a version in preparation: the document it comes from, and why it is published."""

from django import forms
from django.utils.translation import gettext_lazy as _

from principles.enums import Language
from principles.forms.fields import DomainForm, SettledField
from principles.models import MAX_MOTIVE, MIN_MOTIVE


class DocumentForm(DomainForm):
    """A text written elsewhere, to be cut into articles."""

    document = forms.FileField(
        label=_("Le fichier"),
        help_text=_("Markdown, ODT ou DOCX, 5 Mo au plus. Les images et les notes ne sont pas reprises."),
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,.txt,.odt,.docx"}),
    )
    language = forms.ChoiceField(label=_("Sa langue"), choices=Language.choices, widget=forms.RadioSelect)


class PublishForm(DomainForm):
    """Why a version comes without an amendment."""

    motive = SettledField(
        label=_("Pourquoi cette version"),
        max_length=MAX_MOTIVE,
        min_length=MIN_MOTIVE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Ce motif est public, signé de votre nom. Chaque phrase nouvelle y renverra."),
    )
