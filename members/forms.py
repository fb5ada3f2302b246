"""Forms of accounts, organisations and co-sponsorship."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from coalition.core.languages import reader_language
from members.enums import Commitment, Kind, Side
from members.models import LANGUAGES, Organisation, User

NEAR_ZONES = ("Africa/", "Atlantic/", "Europe/", "Indian/")


def _area(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def country_choices() -> list[tuple[str, str]]:
    """Every country by its name in the reader's language, in alphabetical order, after an empty line."""
    return [("", "—"), *((code, str(name)) for code, name in countries)]


class SignupExtraForm(forms.Form):
    """What a new account tells besides its address: a name to be called by."""

    name = forms.CharField(
        label=_("Votre nom"),
        max_length=150,
        help_text=_("Celui qui paraîtra avec vos contributions."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ("name", "email", "password1")

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called by allauth once the account exists: keep the name, and the language of the page."""
        user.name = self.cleaned_data["name"]
        user.language = reader_language()
        user.save(update_fields=["name", "language"])


class ProfileForm(forms.Form):
    """How an account is called, in which language it is written to, and in which time it reads hours."""

    name = forms.CharField(
        label=_("Votre nom"),
        max_length=150,
        help_text=_("Celui qui paraîtra avec vos contributions."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Langue de nos courriels"), choices=LANGUAGES, widget=forms.RadioSelect(attrs={"class": "choice"})
    )
    time_zone = forms.ChoiceField(label=_("Fuseau horaire"), help_text=_("Pour dire l’heure des rencontres."))

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = {zone for zone in available_timezones() if zone.startswith(NEAR_ZONES)}
        zones = sorted(near | {"UTC", account.time_zone})
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones]  # type: ignore[attr-defined]


class OrganisationRequestForm(forms.Form):
    """What is needed to recognise an organisation and answer who asks."""

    name = forms.CharField(
        label=_("Nom de l’organisation"), max_length=160, help_text=_("En entier, comme sur vos courriers officiels.")
    )
    kind = forms.ChoiceField(label=_("Nature"), choices=[("", "—"), *Kind.choices])
    country = forms.ChoiceField(label=_("Pays"), choices=country_choices)
    city = forms.CharField(label=_("Ville"), max_length=120, required=False)
    website = forms.URLField(
        label=_("Site web"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("Il nous aide à vous reconnaître."),
    )
    function = forms.CharField(
        label=_("Votre fonction"), max_length=150, help_text=_("Exemple : adjointe chargée du numérique.")
    )
    summary = forms.CharField(
        label=_("En quelques phrases"),
        max_length=600,
        required=False,
        widget=_area(4),
        help_text=_("Qui vous êtes, ce que vous cherchez."),
    )


class OrganisationEditForm(forms.ModelForm[Organisation]):
    """The profile, as its representatives keep it; the name stays what was confirmed."""

    class Meta:
        model = Organisation
        fields = ("acronym", "kind", "side", "city", "website", "summary_fr", "summary_en")
        widgets = {"summary_fr": _area(5), "summary_en": _area(5)}  # noqa: RUF012 - Django's own way

    website = forms.URLField(label=_("Site web"), max_length=200, required=False, assume_scheme="https")
    side = forms.ChoiceField(
        label=_("Du côté de"), choices=Side.choices, help_text=_("L’offre de services, leur commande ou leurs usages.")
    )


class DirectoryForm(forms.Form):
    """What the directory can be narrowed by; anything unknown is ignored."""

    q = forms.CharField(max_length=200, required=False)
    kind = forms.MultipleChoiceField(choices=Kind.choices, required=False)
    country = forms.MultipleChoiceField(choices=country_choices, required=False)


class DecisionForm(forms.Form):
    """An organiser's answer, with a reason when it is no."""

    YES = "yes"
    NO = "no"

    decision = forms.ChoiceField(
        label=_("Votre réponse"),
        choices=[(YES, _("Accepter")), (NO, _("Ne pas retenir"))],
        widget=forms.RadioSelect,
    )
    motive = forms.CharField(
        label=_("Motif"),
        max_length=1000,
        required=False,
        widget=_area(4),
        help_text=_("Nécessaire pour un refus. Il est envoyé à qui a demandé."),
    )

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == self.NO and not (cleaned.get("motive") or "").strip():
            self.add_error("motive", _("Dites pourquoi : ce motif sera envoyé."))
        return cleaned


class WithdrawForm(forms.Form):
    """Why an organisation withdraws."""

    reason = forms.CharField(
        label=_("Pourquoi votre organisation se retire-t-elle ?"),
        max_length=1000,
        widget=_area(4),
        help_text=_("Une phrase suffit. Elle reste au registre avec l’acte."),
    )


class SignForm(forms.Form):
    """Everything an act of co-sponsorship says that the site does not know already."""

    organisation = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    function = forms.CharField(
        label=_("Votre fonction"), max_length=150, help_text=_("Exemple : adjointe chargée du numérique.")
    )
    mandate_reference = forms.CharField(
        label=_("Délibération ou mandat"),
        max_length=200,
        help_text=_("La décision qui vous permet d’engager votre organisation. Exemple : délibération nº 2026-114."),
    )
    mandate_date = forms.DateField(
        label=_("Date de cette décision"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Exemple : 2026-11-06."),
    )
    commitments = forms.MultipleChoiceField(
        label=_("Vos engagements"), choices=Commitment.choices, widget=forms.CheckboxSelectMultiple
    )
    statement = forms.CharField(
        label=_("Ce que vous ferez"),
        max_length=1000,
        widget=_area(5),
        help_text=_("Deux ou trois phrases, avec une échéance si vous pouvez. Elles seront publiées."),
    )
    name_is_public = forms.BooleanField(
        label=_("J’accepte que mon nom et ma fonction soient publiés avec cet acte."),
        required=False,
        help_text=_("Sans votre accord, seule votre organisation paraît."),
    )
    authority = forms.BooleanField(
        label=_("Je suis habilité(e) à engager cette organisation, par la décision citée plus haut."),
        error_messages={"required": _("Confirmez que vous êtes habilité à engager votre organisation.")},
    )
    document_sha256 = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
