"""The questions of a case, at three depths: five minutes, twenty minutes, the complete sheet."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from cases.enums import CONTENT_FIELDS, SECTIONS, TERM_FIELDS, TERM_LISTS, Depth, Domain, Kind, Stage
from cases.forms.widgets import area, boxes, choice, day, degrees, plain
from cases.models import CasePage, Terms
from cases.models.pages import LONGEST_SECTION, LONGEST_SUMMARY, MOST_DAYS
from coalition.core.place_fields import PlaceFields
from coalition.core.references import references_offered

HELP_OF_SECTIONS = {
    "context": _("Où, avec qui, dans quelles conditions de tous les jours."),
    "problem": _("Ce qui n’allait pas, et pour qui."),
    "tried": _("Ce que vous avez fait, dans l’ordre, avec quels moyens."),
    "participation": _("Qui a été consulté, comment, et ce que cela a changé."),
    "left_out": _("Ceux que le dispositif n’atteignait pas, et pourquoi : langue, âge, prix, handicap, réseau."),
    "included": _("Ce que vous avez fait pour eux, avec qui, et ce qui reste à faire."),
    "worked": _("Avec des chiffres si vous en avez."),
    "failed": _("C’est souvent la partie la plus utile aux autres villes."),
    "lessons": _("Si c’était à refaire demain, ailleurs."),
    "redo": _("Les étapes, les conditions à réunir, ce que vous pouvez prêter : modèle, code, contrat, contact."),
}
HEADINGS = dict(SECTIONS)

FIVE = (
    "organisation", "title", "summary", "kind", "domain", "stage", "stage_reason", "country", "city", "place", "tried",
    "failed",
)  # fmt: skip
TWENTY = (
    *FIVE, "priorities", "instruments", "layer", "responsibility", "scope", "started_on", "ended_on", "ongoing",
    "figure_value", "figure_label", "context", "problem", "participation", "left_out", "included", "worked", "lessons",
    "cost_band", "source_title", "source_url", "website",
)  # fmt: skip
FIELDS_OF: dict[str, tuple[str, ...]] = {
    Depth.FIVE: FIVE,
    Depth.TWENTY: TWENTY,
    Depth.FULL: ("organisation", *CONTENT_FIELDS, "place"),
}
"""What each depth asks."""

GROUPS = (
    ("essentials", _("L’essentiel"), FIVE[:7]),
    ("vision", _("Les mots de la vision"), ("priorities", "instruments", "layer", "responsibility", "principles")),
    ("place", _("Où et quand"),
     ("scope", "country", "city", "place", "latitude", "longitude", "started_on", "ended_on", "ongoing")),
    ("figure", _("Le chiffre"), ("figure_value", "figure_label")),
    ("story", _("Le récit"), tuple(name for name, _heading in SECTIONS)),
    ("means", _("Les moyens"), ("cost_band", "person_days", "connectivity", "licences")),
    ("source", _("La source"), ("source_title", "source_url", "source_date", "source_licence", "website")),
)  # fmt: skip


def _section(name: str) -> forms.CharField:
    return area(HEADINGS[name], HELP_OF_SECTIONS[name], LONGEST_SECTION)


class CaseForm(PlaceFields):
    """A case as its authors write it. Only the title is needed to keep a draft; the rest can come later."""

    organisation: Any = forms.ModelChoiceField(queryset=None, label=_("Au nom de quelle organisation ?"))
    title = forms.CharField(
        label=_("Titre"), max_length=255, help_text=_("Ce qui se passe, en une ligne : « Prendre son tour par SMS ».")
    )
    summary = area(
        _("En deux phrases"), _("Ce que cela change, pour qui. Nécessaire pour publier."), LONGEST_SUMMARY, rows=3
    )
    kind = forms.ChoiceField(label=_("Nature"), choices=Kind.choices, initial=Kind.EXPERIMENT)
    domain = forms.ChoiceField(label=_("Domaine"), initial=Domain.SERVICES)
    stage = forms.ChoiceField(label=_("Étape"), choices=Stage.choices, initial=Stage.PILOT)
    stage_reason = forms.CharField(
        label=_("Pourquoi à cette étape"),
        max_length=400,
        required=False,
        help_text=_("Surtout si le cas est arrêté : ce qui a manqué."),
    )
    priorities = boxes(_("Priorités de la vision"))
    instruments = boxes(_("Instruments employés"))
    layer = choice(_("Couche de la ville numérique"), _("Celle où se trouve l’essentiel du travail."))
    responsibility = choice(_("Faire ou faire faire"))
    principles = boxes(_("Principes de la charte illustrés"))
    scope = choice(_("Échelle"))
    country: Any = CountryField(blank=True).formfield(label=_("Pays"), required=False)
    latitude = degrees(_("Latitude"), 90)
    longitude = degrees(_("Longitude"), 180)
    started_on = day(_("Début"), _("Le premier du mois si le jour n’est pas connu."))
    ended_on = day(_("Fin"))
    ongoing = forms.BooleanField(label=_("Toujours en cours"), required=False)
    figure_value = forms.CharField(
        label=_("Un chiffre qui dit tout"), max_length=20, required=False, help_text=_("Par exemple : −47 min")
    )
    figure_label = forms.CharField(
        label=_("Ce que dit ce chiffre"), max_length=160, required=False, help_text=_("d’attente par démarche, en 2026")
    )
    context = _section("context")
    problem = _section("problem")
    tried = _section("tried")
    participation = _section("participation")
    left_out = _section("left_out")
    included = _section("included")
    worked = _section("worked")
    failed = _section("failed")
    lessons = _section("lessons")
    redo = _section("redo")
    cost_band = choice(_("Ordre de coût"), _("Dépensé depuis le début, hors salaires."))
    person_days = forms.IntegerField(
        label=_("Jours de travail"),
        min_value=0,
        required=False,
        validators=[MaxValueValidator(MOST_DAYS)],
        help_text=_("Toutes personnes comptées, à peu près."),
    )
    connectivity = choice(_("Connexion nécessaire à l’habitant"))
    licences = forms.CharField(
        label=_("Licences"), max_length=250, required=False, help_text=_("Du logiciel, des données, des documents.")
    )
    source_title = forms.CharField(
        label=_("Source"), max_length=250, required=False, help_text=_("Rapport, délibération, article : son titre.")
    )
    source_url = forms.URLField(label=_("Adresse de la source"), max_length=500, required=False, assume_scheme="https")
    source_date = day(_("Date de la source"))
    source_licence = forms.CharField(label=_("Licence de la source"), max_length=60, required=False)
    website = forms.URLField(label=_("Site du service"), max_length=500, required=False, assume_scheme="https")
    based_on = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, organisations: Any = None, depth: str = Depth.FULL, terms: Terms | None = None, **kwargs: Any
    ) -> None:
        """`organisations`: those the case may be given to; None when it has one already (editing)."""
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*FIELDS_OF[depth], "based_on"}:
            del self.fields[name]
        self._offer_terms(terms or Terms.load())
        if organisations is None:
            del self.fields["organisation"]
            return
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        self.single = organisations.first() if organisations[:2].count() == 1 else None
        if self.single is not None:
            field.initial = self.single.pk

    def _offer_terms(self, terms: Terms) -> None:
        """The values organisers keep, and those this case holds already; articles of the charter likewise."""
        for name, vocabulary in {**TERM_FIELDS, **TERM_LISTS}.items():
            if name in self.fields:
                blank = [] if name in TERM_LISTS or name == "domain" else [("", "—")]
                self._offer(name, [*blank, *terms.choices(vocabulary, keep=self._held(name))])
        if "principles" in self.fields:
            articles = {each.key: each.label for each in references_offered()}
            gone = {key: key for key in self._held("principles")}
            self._offer("principles", list((gone | articles).items()))

    def _held(self, name: str) -> list[str]:
        """The keys this field starts from."""
        value = self.initial.get(name) or []
        return [value] if isinstance(value, str) else list(value)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
        if not choices:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """An end after the beginning; ended or ongoing; both coordinates or none."""
        data: dict[str, Any] = super().clean() or {}
        started, ended = data.get("started_on"), data.get("ended_on")
        if started and ended and ended < started:
            self.add_error("ended_on", _("La fin est avant le début."))
        if ended and data.get("ongoing"):
            self.add_error("ongoing", _("Un cas terminé n’est plus en cours : gardez l’un des deux."))
        if (data.get("latitude") is None) != (data.get("longitude") is None) and not self.errors:
            self.add_error("longitude", _("Donnez la latitude et la longitude, ou aucune des deux."))
        return data

    def content(self) -> dict[str, Any]:
        """What was asked and written, as the actions take it. Line ends are those of a text file."""
        words = {name: plain(self.cleaned_data[name]) for name in CONTENT_FIELDS if name in self.fields}
        return words | {"geoname_id": self.cleaned_data.get("geoname_id")}

    def groups(self) -> list[dict[str, Any]]:
        """The questions of this depth, grouped as the page shows them."""
        groups = [
            {"name": key, "title": title, "fields": [self[name] for name in names if name in self.fields]}
            for key, title, names in GROUPS
        ]
        return [group for group in groups if group["fields"]]


def initial_of(page: CasePage) -> dict[str, Any]:
    """The form's starting values: the case as last saved, and which revision that is."""
    values = {name: getattr(page, name) for name in CONTENT_FIELDS}
    return {**values, "country": page.country.code or "", "based_on": page.latest_revision_id}
