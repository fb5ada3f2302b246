"""The sheet of an event: who holds it, what it is, when, where; why it is called off; what came out of it."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from coalition.core.place_fields import PlaceFields
from coalition.pages.enums import FIRST_YEAR, LANGUAGES, LAST_YEAR, EventKind, Spoken
from coalition.pages.models import EventWords
from members.forms.fields import OneLineField, area

CONTINENTS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
ZONES = ["UTC", *sorted(name for name in available_timezones() if name.startswith(CONTINENTS))]
WORDS = (
    "title", "summary", "kind", "language", "description", "time_zone", "venue", "street", "country", "city",
    "geoname_id", "online_url", "spoken", "access", "audience", "registration", "registration_url",
)  # fmt: skip
"""Answers that are the words of the event as they stand."""


class SecureLinkField(forms.CharField):
    """An address that begins with https:// and names a site; it is kept and shown, never fetched."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.URLInput(attrs={"placeholder": "https://"}))
        super().__init__(max_length=500, required=False, **options)

    def clean(self, value: Any) -> str:
        """The address; a sentence for any other one."""
        text = str(super().clean(value))
        if text and not text.startswith("https://"):
            raise ValidationError(_("Un lien commence par https://. Copiez l’adresse entière."), code="scheme")
        try:
            forms.URLField(assume_scheme="https", required=False).clean(text)
        except ValidationError:
            raise ValidationError(_("Ce lien n’est pas une adresse. Copiez-la entière."), code="invalid") from None
        return text


class _DayField(forms.DateField):
    """A day that exists, of our time."""

    def __init__(self, **options: Any) -> None:
        invalid = gettext_lazy("Cette date n’existe pas. Exemple : 2027-02-12.")
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(error_messages={"invalid": invalid}, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """The day; a sentence for a year nobody means."""
        day = super().clean(value)
        if day is not None and not FIRST_YEAR <= day.year < LAST_YEAR:
            raise ValidationError(_("Cette année est trop lointaine. Vérifiez la date."), code="far")
        return day


class _HourField(forms.TimeField):
    """An hour and its minutes."""

    def __init__(self, **options: Any) -> None:
        invalid = gettext_lazy("Cette heure n’existe pas. Exemple : 14:30.")
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(error_messages={"invalid": invalid}, widget=widget, **options)


class EventForm(PlaceFields):
    """Everything that is written of an event. Who holds it is asked once, when it is created.

    `organisations` and `coalitions` are the choices; coalitions are offered to organisers only.
    """

    organisation: Any = forms.ModelChoiceField(queryset=None, label=gettext_lazy("Organisation qui le tient"))
    coalition: Any = forms.ModelChoiceField(queryset=None, label=gettext_lazy("Coalition"), required=False)
    title = OneLineField(label=gettext_lazy("Titre"), max_length=140)
    kind = forms.ChoiceField(label=gettext_lazy("Nature"), choices=[("", "—"), *EventKind.choices])
    summary = OneLineField(
        label=gettext_lazy("En une phrase"),
        max_length=280,
        help_text=gettext_lazy("Ce qu’on y fera. Cette phrase paraît dans la liste et dans les courriels."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Langue de ce texte"), choices=LANGUAGES)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=8000,
        required=False,
        widget=area(8),
        help_text=gettext_lazy("Le programme, les intervenants. Markdown : titres, listes, liens, gras."),
    )
    starts_on = _DayField(label=gettext_lazy("Jour"))
    starts_time = _HourField(label=gettext_lazy("De"))
    ends_time = _HourField(label=gettext_lazy("À"))
    ends_on = _DayField(label=gettext_lazy("Jour de la fin, si c’est un autre"), required=False)
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Fuseau horaire de ces heures"),
        choices=[(name, name) for name in ZONES],
        help_text=gettext_lazy("Celui du lieu. Chacun verra aussi l’heure qu’il est chez lui."),
        error_messages={
            "invalid_choice": gettext_lazy("Ce fuseau horaire n’existe pas. Choisissez-en un dans la liste.")
        },
    )
    venue = OneLineField(
        label=gettext_lazy("Lieu"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Le nom de la salle ou du bâtiment. Rien si tout se passe en ligne."),
    )
    street = OneLineField(label=gettext_lazy("Numéro et rue"), max_length=200, required=False)
    online_url = SecureLinkField(
        label=gettext_lazy("Lien pour y assister en ligne"),
        help_text=gettext_lazy("Il sera public. Si vous le donnez à l’inscription, laissez vide et mettez une ville."),
    )
    spoken = forms.MultipleChoiceField(
        label=gettext_lazy("Langues parlées"),
        choices=Spoken.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    access = OneLineField(
        label=gettext_lazy("Accès et conditions"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Accès de plain-pied, boucle magnétique, interprètes, prix."),
    )
    audience = OneLineField(label=gettext_lazy("Qui peut venir"), max_length=200, required=False)
    registration = OneLineField(
        label=gettext_lazy("Pour s’inscrire"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Auprès de qui, avant quand."),
    )
    registration_url = SecureLinkField(label=gettext_lazy("Lien d’inscription"))
    based_on = forms.IntegerField(required=False, min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)

    field_order = (
        "organisation", "coalition", "title", "kind", "summary", "starts_on", "starts_time", "ends_time", "ends_on",
        "time_zone", "venue", "street", "country", "city", "place", "online_url", "spoken", "audience", "access",
        "registration", "registration_url", "description", "language",
    )  # fmt: skip

    def __init__(
        self, *args: Any, organisations: Any = None, coalitions: Any = None, held: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.moments: tuple[datetime, datetime] | None = None
        self.fields["country"].required = False
        if held:
            del self.fields["organisation"], self.fields["coalition"]
            return
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["coalition"].queryset = coalitions  # type: ignore[attr-defined]
        self.fields["organisation"].required = coalitions is None
        if coalitions is None:
            del self.fields["coalition"]

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning, both exist on the clock of that zone, and it takes place somewhere."""
        cleaned = super().clean() or {}
        self._check_holder(cleaned)
        self._check_place(cleaned)
        self._check_moments(cleaned)
        return cleaned

    def _check_holder(self, cleaned: dict[str, Any]) -> None:
        asked = "coalition" in self.fields and not (self.has_error("organisation") or self.has_error("coalition"))
        if asked and not (cleaned.get("organisation") or cleaned.get("coalition")):
            self.add_error("organisation", _("Dites qui tient ce rendez-vous."))

    def _check_place(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("city") and not cleaned.get("country") and not self.has_error("country"):
            self.add_error("country", _("Dites dans quel pays se trouve cette ville."))
        elif (cleaned.get("venue") or cleaned.get("street")) and not cleaned.get("city"):
            self.add_error("city", _("Dites dans quelle ville se trouve ce lieu."))
        elif not cleaned.get("city") and not cleaned.get("online_url") and not self.has_error("online_url"):
            self.add_error("city", _("Dites où : une ville, un lien en ligne, ou les deux."))

    def _check_moments(self, cleaned: dict[str, Any]) -> None:
        self.moments = None
        names = ("starts_on", "starts_time", "ends_time", "time_zone")
        if any(cleaned.get(name) in (None, "") for name in names) or self.has_error("ends_on"):
            return
        zone = ZoneInfo(cleaned["time_zone"])
        last = cleaned.get("ends_on") or cleaned["starts_on"]
        starts_at = self._moment("starts_time", cleaned["starts_on"], cleaned["starts_time"], zone)
        ends_at = self._moment("ends_time", last, cleaned["ends_time"], zone)
        if starts_at is None or ends_at is None:
            return
        if ends_at <= starts_at:
            self.add_error("ends_time", _("La fin vient avant le début. Corrigez l’une ou l’autre."))
            return
        self.moments = (starts_at, ends_at)

    def _moment(self, name: str, day: date, hour: time, zone: ZoneInfo) -> datetime | None:
        """That hour of that day in universal time; None, with a sentence, where clocks jump over it."""
        moment = datetime.combine(day, hour, zone).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == datetime.combine(day, hour):
            return moment
        self.add_error(name, _("Ce jour-là, les horloges passent à l’heure d’été et sautent cette heure."))
        return None

    def words(self) -> EventWords:
        """What was written; call it once the form is valid."""
        if self.moments is None:
            raise ValueError("an event without moments is not valid")
        said: dict[str, Any] = {name: self.cleaned_data.get(name) for name in WORDS}
        said["country"] = said["country"] or ""
        return EventWords(starts_at=self.moments[0], ends_at=self.moments[1], **said)


def answers_of(event: Any) -> dict[str, Any]:
    """What the form shows of an event: its words, and its moments on the clock of its zone."""
    start, end = event.starts_at.astimezone(event.zone), event.ends_at.astimezone(event.zone)
    return {
        **{name: getattr(event, name) for name in WORDS},
        "country": str(event.country or ""),
        "starts_on": start.date(),
        "starts_time": start.time(),
        "ends_time": end.time(),
        "ends_on": end.date() if end.date() != start.date() else None,
        "based_on": event.version,
    }


class CancelForm(forms.Form):
    """Why an event will not take place."""

    reason = forms.CharField(
        label=gettext_lazy("Pourquoi n’aura-t-il pas lieu ?"),
        max_length=600,
        widget=area(4),
        help_text=gettext_lazy("Cette raison sera publique, et part à ceux qui suivent ce rendez-vous."),
    )


class ReportForm(forms.Form):
    """What came out of an event."""

    report = forms.CharField(
        label=gettext_lazy("Ce qui en est sorti"),
        max_length=12000,
        widget=area(12),
        help_text=gettext_lazy(
            "Combien sont venus, ce qui s’est décidé, où lire la suite. Markdown : titres, listes, liens, gras."
        ),
    )
    based_on = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)
