"""Forms of amendments and decisions. The actions check again; here the answers stand beside their questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from coalition.core.access import is_organiser
from coalition.core.errors import DomainError
from members.models import Organisation
from principles.enums import Language
from principles.models import MAX_MOTIVE, MAX_TEXT, MAX_TITLE, MIN_MOTIVE, UNREADABLE, VersionArticle, settle_text
from principles.rules import speaking_organisations

TEAM = "equipe"


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


class AmendmentForm(DomainForm):
    """Another wording for one article. `base` is the number of the version the reader had before their eyes."""

    organisation = forms.ChoiceField(
        label=_("Au nom de"), help_text=_("L’organisation qui propose ; elle sera nommée avec l’amendement.")
    )
    title = SettledField(
        label=_("Ce que vous proposez, en une ligne"),
        max_length=MAX_TITLE,
        help_text=_("Par exemple : « Publier aussi les raisons d’un arrêt »."),
    )
    text_fr = SettledField(
        label=_("Le nouveau texte de l’article, en français"),
        max_length=MAX_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "fr"}),
        help_text=_("Le texte entier, tel qu’il se lira. Changez ce qui doit changer, laissez le reste."),
    )
    text_en = SettledField(
        label=_("Le même, en anglais"),
        max_length=MAX_TEXT,
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "en"}),
        help_text=_("Vous n’écrivez pas l’anglais ? Laissez-le tel quel : il sera complété avant l’adoption."),
    )
    motive = SettledField(
        label=_("Pourquoi"),
        max_length=MAX_MOTIVE,
        min_length=MIN_MOTIVE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Ce que ce changement apporte, si possible avec un exemple de chez vous. Chacun pourra le lire."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    def __init__(self, *args: Any, account: Any, article: VersionArticle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        self.voices: dict[str, Organisation | None] = {str(one.pk): one for one in speaking_organisations(account)}
        choices = [(key, str(one)) for key, one in self.voices.items()]
        if is_organiser(account):
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

    def clean(self) -> dict[str, Any]:
        """The text must differ from the article's, in one language at least."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "text_fr" in data and "text_en" in data and not self.changes(data["text_fr"], data["text_en"]):
            self.add_error("text_fr", gettext("Votre texte est celui de l’article : changez-le avant de le proposer."))
        return data

    def changes(self, text_fr: str, text_en: str) -> bool:
        """The two texts are not those of the article."""
        return text_fr != self.article.text_fr or text_en not in ("", self.article.text_en)

    def wording(self) -> dict[str, Any]:
        """The answers an action takes."""
        names = ("organisation", "title", "text_fr", "text_en", "motive")
        return {name: self.cleaned_data[name] for name in names}


class DecisionForm(DomainForm):
    """The public reason of a decision; the English leg too where adoption waits for it."""

    motive = SettledField(
        label=_("Le motif de la décision"),
        max_length=MAX_MOTIVE,
        min_length=MIN_MOTIVE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Il est public, signé de votre nom, et part aussitôt à l’auteur de l’amendement."),
    )
    text_en = SettledField(
        label=_("Le texte anglais de l’article, une fois l’amendement adopté"),
        max_length=MAX_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "en"}),
        help_text=_(
            "L’amendement change le français seulement. Écrivez ici l’article entier en anglais. "
            "Le texte anglais d’aujourd’hui est rappelé plus haut."
        ),
    )

    def __init__(self, *args: Any, needs_english: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_english:
            del self.fields["text_en"]


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
