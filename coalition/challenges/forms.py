"""What is asked of an authority about its challenge, and of a responder about what it offers."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coalition.challenges.enums import (
    LONGEST_LINE,
    LONGEST_ROLE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_THEMES,
    Instrument,
    Sought,
)
from coalition.challenges.models import Challenge, ChallengeWords, Response, ResponseWords
from coalition.core.place_fields import PlaceFields
from coalition.core.vocabularies import DOMAIN, vocabulary
from coalition.notifications.forms import ZONES
from members.forms.fields import OneLineField, area
from members.models import Coalition

END_OF_DAY = time(23, 59)
MARKDOWN = _("Vous pouvez mettre en forme avec Markdown : **gras**, listes, liens.")


def _text(label: Any, help_text: Any, rows: int = 8, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONGEST_TEXT, widget=area(rows)
    )


def _boxes(label: Any, help_text: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=help_text, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
    )


class Deadline(forms.Form):
    """A day, an hour and a clock, or no end."""

    closes_on = forms.DateField(
        label=_("Répondre avant le"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Laissez vide s’il n’y a pas de date de fin. Exemple : 2027-01-29."),
    )
    closes_time = forms.TimeField(
        label=_("À quelle heure"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_("Sans heure, jusqu’à la fin de la journée."),
    )
    time_zone = forms.ChoiceField(label=_("À l’heure de"), choices=[(name, name.replace("_", " ")) for name in ZONES])

    @property
    def closes_at(self) -> datetime | None:
        """The moment, on the clock chosen; None for no end. Once valid."""
        said = self.cleaned_data
        if not said.get("closes_on"):
            return None
        return datetime.combine(said["closes_on"], said.get("closes_time") or END_OF_DAY, ZoneInfo(said["time_zone"]))


def deadline_answers(challenge: Challenge) -> dict[str, Any]:
    """What the questions about time show of a challenge."""
    local = challenge.closes_at.astimezone(ZoneInfo(challenge.time_zone)) if challenge.closes_at else None
    return {
        "closes_on": local.date() if local else None,
        "closes_time": local.time() if local else None,
        "time_zone": challenge.time_zone,
    }


class ChallengeForm(PlaceFields, Deadline):
    """Everything a challenge says. A draft needs its title and its country; the rest is asked before publication."""

    title = OneLineField(
        label=_("Titre"), max_length=LONGEST_TITLE, help_text=_("Le problème en une phrase, comme on le dirait.")
    )
    language = forms.ChoiceField(label=_("Langue du texte"), choices=settings.LANGUAGES)
    problem = _text(
        _("Le problème"), _("Ce qui se passe, depuis quand, ce que vous avez déjà tenté. Nécessaire pour publier."), 10
    )
    concerned = OneLineField(
        label=_("Qui est concerné"),
        max_length=LONGEST_LINE,
        required=False,
        help_text=_("Combien de personnes, de quels quartiers, de quels métiers."),
    )
    themes = _boxes(_("Thèmes"), _("Quatre au plus."), [])
    sought = _boxes(_("Ce que vous cherchez"), _("Au moins une chose pour publier."), Sought.choices)
    brings = _text(
        _("Ce que vous apportez"),
        _("Données, terrain, ordre de grandeur du budget, agents : ce sur quoi un partenaire peut compter."),
        6,
    )
    instrument = forms.ChoiceField(label=_("Dans quel cadre"), choices=Instrument.choices)
    notice_url = forms.CharField(
        label=_("Annonce officielle"),
        required=False,
        max_length=500,
        help_text=_("Son adresse, qui commence par https://, si elle est en ligne."),
    )
    coalition: Any = forms.ModelChoiceField(
        queryset=Coalition.objects.all(),
        required=False,
        label=_("Coalition"),
        help_text=_("Ceux qui la suivent seront avertis."),
    )
    based_on = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    field_order = (
        "title", "language", "problem", "concerned", "country", "city", "place", "themes", "sought", "brings",
        "instrument", "notice_url", "closes_on", "closes_time", "time_zone", "coalition", "based_on",
    )  # fmt: skip

    def __init__(self, *args: Any, held: Challenge | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = set(held.themes) if held else set()
        words = vocabulary(DOMAIN).values()
        themes: Any = self.fields["themes"]
        themes.choices = [(word.key, word.label) for word in words if word.offered or word.key in kept]

    def clean_themes(self) -> list[str]:
        """At most MOST_THEMES."""
        themes: list[str] = self.cleaned_data["themes"]
        if len(themes) > MOST_THEMES:
            raise forms.ValidationError(_("Choisissez quatre thèmes au plus."))
        return themes

    def words(self) -> ChallengeWords:
        """What was written, once valid."""
        said = self.cleaned_data
        names = (
            "title", "language", "problem", "concerned", "themes", "sought", "brings", "instrument", "notice_url",
            "country", "city", "geoname_id", "time_zone", "coalition",
        )  # fmt: skip
        return ChallengeWords(**{name: said[name] for name in names}, closes_at=self.closes_at)

    @staticmethod
    def answers_of(challenge: Challenge) -> dict[str, Any]:
        """What the form shows of a challenge before anything is changed."""
        names = (
            "title", "language", "problem", "concerned", "themes", "sought", "brings", "instrument", "notice_url",
            "city", "geoname_id",
        )  # fmt: skip
        held = {name: getattr(challenge, name) for name in names}
        more = {"country": challenge.country.code, "coalition": challenge.coalition_id, "based_on": challenge.version}
        return held | more | deadline_answers(challenge)


class ReopenForm(Deadline):
    """Until when one may answer again."""


class OutcomeForm(forms.Form):
    """What was decided, for everybody."""

    outcome = _text(
        _("Ce qui a été décidé"),
        _("Ce que vous faites maintenant, avec qui, et pourquoi. Tout le monde le lira ; rien ne le défera."),
        required=True,
    )


class ReasonForm(forms.Form):
    """Why a challenge is taken back."""

    reason = forms.CharField(
        label=_("Pourquoi le retirer"),
        max_length=LONGEST_TEXT,
        widget=area(4),
        help_text=_("Ceux qui ont écrit ce défi le liront."),
    )


class ResponseForm(forms.Form):
    """What a responder offers."""

    organisation: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("Au nom de"),
        empty_label=None,
        help_text=_("L’organisation qui s’engage par cette réponse."),
        error_messages={
            "invalid_choice": _("Cette organisation a déjà répondu, ou ne peut pas répondre à ce défi."),
            "required": _("Choisissez au nom de qui vous répondez."),
        },
    )
    language = forms.ChoiceField(label=_("Langue du texte"), choices=settings.LANGUAGES)
    offer = _text(
        _("Ce que nous proposons"),
        _("Ce que vous savez faire, ce que vous mettez sur la table, ce que vous avez déjà fait ailleurs."),
        10,
        required=True,
    )
    needs = _text(
        _("Ce dont nous avons besoin"), _("Un accès, des données, un lieu, un financement, du temps d’agents."), 5
    )
    contact_role = OneLineField(
        label=_("À qui parler chez nous"),
        max_length=LONGEST_ROLE,
        help_text=_("Une fonction, pas un nom. Exemple : responsable des partenariats."),
    )
    may_be_named = forms.BooleanField(
        required=False,
        label=_("Si notre réponse est retenue, notre organisation peut être nommée sur la page du défi"),
    )
    based_on = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisations: Any = None, **kwargs: Any) -> None:
        """`organisations`: in whose name one may write; None where that is settled already."""
        super().__init__(*args, **kwargs)
        if organisations is None:
            del self.fields["organisation"]
        else:
            field: Any = self.fields["organisation"]
            field.queryset = organisations

    def words(self) -> ResponseWords:
        """What was written, once valid."""
        said = self.cleaned_data
        names = ("offer", "needs", "contact_role", "language", "may_be_named")
        return ResponseWords(**{name: said[name] for name in names})

    def hidden(self) -> list[Any]:
        """The same questions, unseen, for the page where one reads all again."""
        for field in self.fields.values():
            field.widget = forms.HiddenInput() if not isinstance(field, forms.BooleanField) else _HiddenTick()
        return list(self)

    @staticmethod
    def answers_of(response: Response) -> dict[str, Any]:
        """What the form shows of a response before anything is changed."""
        names = ("offer", "needs", "contact_role", "language", "may_be_named")
        return {name: getattr(response, name) for name in names} | {"based_on": response.version}


class _HiddenTick(forms.CheckboxInput):
    """A box nobody sees: there when it was ticked."""

    input_type = "hidden"
    template_name = "django/forms/widgets/hidden.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["value"] = "on" if value else ""
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:
        return bool(data.get(name))


class AnswerForm(forms.Form):
    """The authority's decision on one response."""

    decision = forms.ChoiceField(
        label=_("Votre décision"),
        choices=[("retained", _("Retenir cette réponse")), ("declined", _("Ne pas la retenir"))],
        widget=forms.RadioSelect,
    )
    reason = _text(
        _("Ce que vous en dites"),
        _("L’organisation qui a répondu le lira, personne d’autre. Nécessaire quand vous ne la retenez pas."),
        5,
    )
    based_on = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
