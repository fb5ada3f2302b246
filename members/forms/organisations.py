"""Forms of organisations: the request, the profile, and what organisers do with them."""

import base64
import binascii
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from coalition.core.errors import DomainError
from coalition.core.gazetteer import place_by_id, recognise_city
from coalition.core.pictures import CleanPicture, clean_picture
from coalition.core.place_fields import PlaceFields
from members.enums import Kind, Resource, Side
from members.forms.fields import OneLineField, area

LOGO_SIDE = 480
"""Pixels of the longest side of a logo as it is kept."""
LONGEST_KEPT = 1_800_000
LONGEST_TOLD = 2_000
MOST_TOLD = 100


def _with(sent: Any, name: str, value: str) -> Any:
    """What was sent, with one answer of our own, for the form to come back with."""
    answers = sent.copy()
    answers[name] = value
    return answers


class LogoField(forms.FileField):
    """A picture, drawn with what is known of the logo already."""

    component = "members/parts/logo_field.html"


class LogoFields(forms.Form):
    """A logo and its words. A picture sent with a form that comes back travels inside the page, not on our disk.

    After `is_valid()`, `logo_picture` holds the picture to keep, small and re-encoded, or None.
    """

    logo = LogoField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text=_("JPEG, PNG ou WebP, 10 Mo au plus. Nous n’en gardons que l’image, réduite, sans ses métadonnées."),
    )
    logo_alternative = OneLineField(
        label=_("Ce que montre le logo"),
        max_length=300,
        required=False,
        help_text=_("Pour qui ne voit pas l’image. Laissez vide s’il n’y a que le nom."),
    )
    logo_kept = forms.CharField(required=False, max_length=LONGEST_KEPT, widget=forms.HiddenInput)

    logo_picture: CleanPicture | None = None

    def clean_logo(self) -> CleanPicture | None:
        """The uploaded picture, small; its refusal is the field's."""
        upload = self.cleaned_data.get("logo")
        if upload is None:
            return None
        try:
            return clean_picture(upload, longest_side=LOGO_SIDE)
        except DomainError as error:
            raise forms.ValidationError(str(error.message)) from error

    def clean_logo_kept(self) -> CleanPicture | None:
        """The picture that came back inside the page, judged as any other; nothing when it is not one of ours."""
        try:
            data = base64.b64decode(self.cleaned_data.get("logo_kept", ""), validate=True)
            return clean_picture(ContentFile(data), longest_side=LOGO_SIDE) if data else None
        except (binascii.Error, ValueError, DomainError):
            return None

    def clean(self) -> dict[str, Any]:
        """Choose the newest picture, and let it come back with the form should it be refused for something else."""
        cleaned = super().clean() or {}
        refused = self.has_error("logo")
        self.logo_picture = None if refused else cleaned.get("logo") or cleaned.get("logo_kept")
        kept = base64.b64encode(self.logo_picture.data).decode() if self.logo_picture else ""
        self.data = _with(self.data, self.add_prefix("logo_kept"), kept)
        return cleaned

    @property
    def logo_upload(self) -> ContentFile | None:
        """The picture as a file, for an action to keep."""
        return ContentFile(self.logo_picture.data, "logo") if self.logo_picture else None


class OrganisationRequestForm(PlaceFields, LogoFields):
    """What is needed to recognise an organisation and answer who asks."""

    field_order = ("name", "acronym", "kind", "country", "city", "place", "website", "function", "summary", "logo")

    name = OneLineField(
        label=_("Nom de l’organisation"), max_length=160, help_text=_("En entier, comme sur vos courriers officiels.")
    )
    acronym = OneLineField(label=_("Sigle"), max_length=30, required=False)
    kind = forms.ChoiceField(label=_("Nature"), choices=[("", "—"), *Kind.choices])
    website = forms.URLField(
        label=_("Site web"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("Il nous aide à vous reconnaître."),
    )
    function = OneLineField(
        label=_("Votre fonction"), max_length=150, help_text=_("Exemple : adjointe chargée du numérique.")
    )
    summary = forms.CharField(
        label=_("En quelques phrases"),
        max_length=600,
        required=False,
        widget=area(4),
        help_text=_("Qui vous êtes, ce que vous cherchez."),
    )
    told_apart = forms.CharField(required=False, max_length=LONGEST_TOLD, widget=forms.HiddenInput)

    def clean_told_apart(self) -> set[int]:
        """The organisations that were shown; what cannot be read is none."""
        numbers = self.cleaned_data.get("told_apart", "").split(",")[:MOST_TOLD]
        return {int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 19}

    def remember_shown(self, numbers: list[int]) -> None:
        """Let the next sending of this form say which organisations were shown."""
        self.data = _with(self.data, "told_apart", ",".join(map(str, numbers)))


class OrganisationEditForm(PlaceFields, LogoFields):
    """The profile, as its representatives keep it; name and country stay what was confirmed."""

    field_order = (
        "acronym",
        "kind",
        "side",
        "city",
        "place",
        "website",
        "logo",
        "logo_alternative",
        "logo_remove",
        "summary_fr",
        "summary_en",
        "offers",
        "seeks",
        "exchange_fr",
        "exchange_en",
    )

    country = None  # type: ignore[assignment]  # how Django forms drop an inherited question
    acronym = OneLineField(label=_("Sigle"), max_length=30, required=False)
    kind = forms.ChoiceField(label=_("Nature"), choices=Kind.choices)
    side = forms.ChoiceField(
        label=_("Du côté de"), choices=Side.choices, help_text=_("L’offre de services, leur commande ou leurs usages.")
    )
    website = forms.URLField(label=_("Site web"), max_length=200, required=False, assume_scheme="https")
    logo_remove = forms.BooleanField(label=_("Retirer le logo"), required=False)
    summary_fr = forms.CharField(
        label=_("Présentation en français"), max_length=600, required=False, widget=area(5, lang="fr")
    )
    summary_en = forms.CharField(
        label=_("Présentation en anglais"), max_length=600, required=False, widget=area(5, lang="en")
    )
    offers = forms.MultipleChoiceField(
        label=_("Elle offre"), choices=Resource.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    seeks = forms.MultipleChoiceField(
        label=_("Elle cherche"), choices=Resource.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    exchange_fr = forms.CharField(
        label=_("Ce qu’elle offre et cherche, en français"),
        max_length=600,
        required=False,
        widget=area(4, lang="fr"),
        help_text=_("Avec qui, sur quels sujets, à quelles conditions."),
    )
    exchange_en = forms.CharField(
        label=_("Ce qu’elle offre et cherche, en anglais"), max_length=600, required=False, widget=area(4, lang="en")
    )

    def __init__(self, *args: Any, organisation: Any, **kwargs: Any) -> None:
        super().__init__(*args, known_country=str(organisation.country), **kwargs)
        self.organisation = organisation
        if organisation.logo_id is None:
            del self.fields["logo_remove"]

    def _place_meant(self, country: str, city: str, answer: Any) -> Any:
        """A city that does not change is not asked about again, whether the gazetteer knows it or not."""
        if answer is None and city == self.organisation.city:
            return place_by_id(self.organisation.geoname_id) or recognise_city(country, city)
        return super()._place_meant(country, city, answer)


class RemovalForm(forms.Form):
    """Why an organisation leaves the network by an organiser's hand."""

    motive = forms.CharField(
        label=_("Motif"),
        max_length=1000,
        widget=area(4),
        help_text=_("Il est envoyé à ses représentants et reste au journal."),
    )


class VerifiedDomainForm(forms.Form):
    """An e-mail domain to be added."""

    domain = OneLineField(
        label=_("Domaine de courriel"),
        max_length=253,
        help_text=_("Ce qui suit l’arobase. Qui prouve une adresse de ce domaine entre sans attendre, comme membre."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class MergeForm(forms.Form):
    """From which of two organisations each part of the profile is taken: "kept" or "gone"."""

    KEPT = "kept"
    GONE = "gone"

    def __init__(self, *args: Any, fields: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in fields:
            self.fields[name] = forms.ChoiceField(
                choices=[(self.KEPT, self.KEPT), (self.GONE, self.GONE)], required=False, widget=forms.RadioSelect
            )

    @property
    def taken(self) -> list[str]:
        """The parts taken from the organisation that goes."""
        return [name for name, side in self.cleaned_data.items() if side == self.GONE]
