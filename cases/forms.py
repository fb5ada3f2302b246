"""Writing a case, and deciding about one."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from cases.enums import CONTENT_FIELDS, SECTIONS, Domain, Kind, Stage
from cases.models import CasePage
from cases.models.pages import LONGEST_SECTION, LONGEST_SUMMARY

HELP_OF_SECTIONS = {
    "context": _("Où, avec qui, quel problème de tous les jours."),
    "tried": _("Ce que vous avez fait, dans l’ordre, avec quels moyens."),
    "participation": _("Qui a été consulté, comment, et ce que cela a changé."),
    "left_out": _("Ceux que le dispositif n’atteignait pas, et ce qui a été fait pour eux."),
    "worked": _("Avec des chiffres si vous en avez."),
    "failed": _("C’est souvent la partie la plus utile aux autres villes."),
    "lessons": _("Si c’était à refaire demain, ailleurs."),
}


def _area(label: Any, help_text: Any, longest: int, *, required: bool = False, rows: int = 6) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=longest, required=required, widget=widget)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget)


def _degrees(label: Any, limit: int) -> forms.FloatField:
    limits = [MinValueValidator(-limit), MaxValueValidator(limit)]
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    help_text = _("En degrés décimaux, par exemple 48.11 ; laissez vide si vous ne savez pas.")
    return forms.FloatField(label=label, help_text=help_text, required=False, validators=limits, widget=widget)


class CaseForm(forms.Form):
    """A case as its authors write it. Only the title is needed to keep a draft; the rest can come later."""

    organisation: Any = forms.ModelChoiceField(queryset=None, label=_("Au nom de quelle organisation ?"))
    title = forms.CharField(
        label=_("Titre"), max_length=255, help_text=_("Ce qui se passe, en une ligne : « Prendre son tour par SMS ».")
    )
    summary = _area(
        _("En deux phrases"), _("Ce que cela change, pour qui. Nécessaire pour publier."), LONGEST_SUMMARY, rows=3
    )
    kind = forms.ChoiceField(label=_("Nature"), choices=Kind.choices, initial=Kind.EXPERIMENT)
    domain = forms.ChoiceField(label=_("Domaine"), choices=Domain.choices, initial=Domain.SERVICES)
    stage = forms.ChoiceField(label=_("Étape"), choices=Stage.choices, initial=Stage.PILOT)
    stage_reason = forms.CharField(
        label=_("Pourquoi à cette étape"),
        max_length=400,
        required=False,
        help_text=_("Surtout si le cas est arrêté : ce qui a manqué."),
    )
    country = CountryField(blank=True).formfield(label=_("Pays"), required=False)
    city = forms.CharField(label=_("Ville"), max_length=120, required=False)
    latitude = _degrees(_("Latitude"), 90)
    longitude = _degrees(_("Longitude"), 180)
    started_on = _day(_("Début"), _("Le premier du mois si le jour n’est pas connu."))
    ended_on = _day(_("Fin"))
    figure_value = forms.CharField(
        label=_("Un chiffre qui dit tout"), max_length=20, required=False, help_text=_("Par exemple : −47 min")
    )
    figure_label = forms.CharField(
        label=_("Ce que dit ce chiffre"), max_length=160, required=False, help_text=_("d’attente par démarche, en 2026")
    )
    context = _area(SECTIONS[0][1], HELP_OF_SECTIONS["context"], LONGEST_SECTION)
    tried = _area(SECTIONS[1][1], HELP_OF_SECTIONS["tried"], LONGEST_SECTION)
    participation = _area(SECTIONS[2][1], HELP_OF_SECTIONS["participation"], LONGEST_SECTION)
    left_out = _area(SECTIONS[3][1], HELP_OF_SECTIONS["left_out"], LONGEST_SECTION)
    worked = _area(SECTIONS[4][1], HELP_OF_SECTIONS["worked"], LONGEST_SECTION)
    failed = _area(SECTIONS[5][1], HELP_OF_SECTIONS["failed"], LONGEST_SECTION)
    lessons = _area(SECTIONS[6][1], HELP_OF_SECTIONS["lessons"], LONGEST_SECTION)
    source_title = forms.CharField(
        label=_("Source"), max_length=250, required=False, help_text=_("Rapport, délibération, article : son titre.")
    )
    source_url = forms.URLField(label=_("Adresse de la source"), max_length=500, required=False, assume_scheme="https")
    source_date = _day(_("Date de la source"))
    source_licence = forms.CharField(label=_("Licence de la source"), max_length=60, required=False)
    website = forms.URLField(label=_("Site du service"), max_length=500, required=False, assume_scheme="https")
    based_on = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    GROUPS = (
        (_("L’essentiel"), ("organisation", "title", "summary", "kind", "domain", "stage", "stage_reason")),
        (_("Où et quand"), ("country", "city", "latitude", "longitude", "started_on", "ended_on")),
        (_("Le chiffre"), ("figure_value", "figure_label")),
        (_("Le récit"), tuple(name for name, _heading in SECTIONS)),
        (_("La source"), ("source_title", "source_url", "source_date", "source_licence", "website")),
    )

    def __init__(self, *args: Any, organisations: Any = None, **kwargs: Any) -> None:
        """`organisations`: those the case may be given to; None when it has one already (editing)."""
        super().__init__(*args, **kwargs)
        if organisations is None:
            del self.fields["organisation"]
            return
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        self.single = organisations.first() if organisations[:2].count() == 1 else None
        if self.single is not None:
            field.initial = self.single.pk

    def clean(self) -> dict[str, Any]:
        """An end after the beginning; both coordinates or none."""
        data: dict[str, Any] = super().clean() or {}
        started, ended = data.get("started_on"), data.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", _("La fin est avant le début."))
        if (data.get("latitude") is None) != (data.get("longitude") is None) and not self.errors:
            self.add_error("longitude", _("Donnez la latitude et la longitude, ou aucune des deux."))
        return data

    def content(self) -> dict[str, Any]:
        """What was written, as the actions take it. Line ends are those of a text file."""
        return {name: _plain(self.cleaned_data[name]) for name in CONTENT_FIELDS}

    def groups(self) -> list[dict[str, Any]]:
        """The questions, grouped as the page shows them."""
        return [
            {"title": title, "fields": [self[name] for name in names if name in self.fields]}
            for title, names in self.GROUPS
        ]


def _plain(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def initial_of(page: CasePage) -> dict[str, Any]:
    """The form's starting values: the case as last saved, and which revision that is."""
    values = {name: getattr(page, name) for name in CONTENT_FIELDS}
    return {**values, "country": page.country.code or "", "based_on": page.latest_revision_id}


class ReasonForm(forms.Form):
    """Why: read by those who wrote the case."""

    reason = _area(_("Motif"), _("Ceux qui ont écrit le cas le liront."), 2_000, required=True, rows=4)


class PublishForm(forms.Form):
    """Which revision was read before publishing."""

    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
