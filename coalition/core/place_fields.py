"""Ask for a town: its country, then its name, then which one when several answer.

    class OrganisationRequestForm(PlaceFields, forms.Form):          # or (PlaceFields, forms.ModelForm)
        name = forms.CharField(...)
        city_is_required = True                                        # False when left out

    form = OrganisationRequestForm(request.POST)
    if form.is_valid():
        request_organisation(
            country=form.cleaned_data["country"],
            city=form.cleaned_data["city"],  # as the site's first language calls it, or as written
            geoname_id=form.cleaned_data["geoname_id"],  # None when the town is not in the gazetteer
        )

To change what is known: `initial={"country": ..., "city": ..., "geoname_id": organisation.geoname_id}`. A form whose
country does not change says `country = None` in its class and passes `known_country=organisation.country.code` when
it is made.

`components/form_fields.html` shows the three questions in their place. A template that lists its questions itself
includes `components/field.html` for `form.country` and `form.city`, then `components/place_choices.html` with
field=form.place. Either way the page adds `{% block head_extra %}{% include "components/htmx.html" %}{% endblock %}`,
and towns are proposed while one writes; without it, or without JavaScript, the form comes back with the question
« Laquelle ? » when it has to. One such form on a page, without prefix.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext as _, gettext_lazy
from django_countries import countries

from coalition.core.gazetteer import (
    Place,
    close_places,
    find_places,
    has_places,
    name_key,
    place_by_id,
    places_called,
    recognise_city,
)
from coalition.core.languages import reader_language

MOST_OPTIONS = 10
SHORTEST = 2
KEEP = 0
"""The answer "none of these" in place of a number of GeoNames."""


def country_choices() -> list[tuple[str, str]]:
    """Every country by its name in the reader's language, in alphabetical order, after an empty line."""
    return [("", "—"), *((code, str(name)) for code, name in countries)]


@dataclass(frozen=True)
class Answer:
    """Which place a person chose (KEEP: none of them), and the name it was proposed for, as `name_key` compares it."""

    geonames_id: int
    asked: str

    def __str__(self) -> str:
        return f"{self.geonames_id}:{self.asked}"


@dataclass(frozen=True)
class Option:
    """One line of « Laquelle ? »."""

    value: str
    label: str
    region: str
    population: int


def propose_places(country: str, text: str) -> list[Place]:
    """At most ten places for what a person has written so far: names that begin so or hold it, else close spellings."""
    if len(name_key(text)) < SHORTEST:
        return []
    return find_places(country, text, MOST_OPTIONS) or close_places(country, text, MOST_OPTIONS)


def options_for(places: Sequence[Place], text: str) -> list[Option]:
    """The lines of « Laquelle ? » for what a person wrote, in the reader's language."""
    language, asked = reader_language(), name_key(text)
    return [
        Option(
            value=str(Answer(place.geonames_id, asked)),
            label=place.label(language),
            region=place.region_label(language),
            population=place.population,
        )
        for place in places
    ]


class PlaceField(forms.Field):
    """Which of several towns: an Answer, or None. What cannot be read is no answer, and the question comes back."""

    widget = forms.RadioSelect
    component = "components/place_choices.html"

    def to_python(self, value: Any) -> Answer | None:
        number, _colon, asked = str(value or "").partition(":")
        if not (number.isascii() and number.isdigit() and len(number) < 11):
            return None
        return Answer(int(number), asked)


class PlaceFields(forms.Form):
    """Country, town, and which one: the usage is at the top of this module.

    After `is_valid()`, `cleaned_data` holds `country`, `city`, `place` (a Place or None) and `geoname_id`. A town
    that one place only can be is taken silently; otherwise the form is refused with the question on `place`, which
    `place_options` answers, once: whoever keeps the name as written, or chooses, is not asked again.
    """

    city_is_required = False

    country = forms.ChoiceField(
        label=gettext_lazy("Pays"), choices=country_choices, widget=forms.Select(attrs={"autocomplete": "country"})
    )
    city = forms.CharField(
        label=gettext_lazy("Ville"),
        max_length=120,
        help_text=gettext_lazy(
            "En toutes lettres. Si plusieurs villes répondent, nous demandons laquelle. "
            "Liste des villes : GeoNames, CC BY 4.0."
        ),
    )
    place = PlaceField(label=gettext_lazy("Ville"), required=False)

    def __init__(self, *args: Any, known_country: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_country = known_country
        self.place_options: list[Option] = []
        self._found: Place | None = None
        self._kept = False
        self.fields["city"].required = self.city_is_required
        self.fields["city"].widget.attrs.update(self._live_attributes())
        self._recall_place()
        self._keep_together()

    def _live_attributes(self) -> dict[str, str]:
        """What htmx reads on the name of the town: ask for places while it is written, or when the country changes."""
        attributes = {
            "autocomplete": "address-level2",
            "hx-get": str(reverse_lazy("places")),
            "hx-target": "#id_place_choices",
            "hx-sync": "this:replace",
            "hx-trigger": "input changed delay:250ms",
        }
        if "country" in self.fields:
            attributes["hx-trigger"] += ", change from:#id_country"
            attributes["hx-include"] = "#id_country"
        else:
            attributes["hx-vals"] = json.dumps({"country": self.known_country})
        return attributes

    def _recall_place(self) -> None:
        """Turn what is known already into an answer, not asked again: a number, or a name kept as it was written.

        A name without number that the gazetteer can tell by now is not kept: it is recognised when the form comes back.
        """
        if self.is_bound:
            return
        known = getattr(self, "instance", None)
        number = self.initial.get("geoname_id") or getattr(known, "geoname_id", None)
        city = str(self.initial.get("city") or getattr(known, "city", "") or "")
        country = str(self.initial.get("country") or getattr(known, "country", "") or self.known_country)
        self._found = place_by_id(number)
        self._kept = bool(city and self._found is None and recognise_city(country, city) is None)

    def _keep_together(self) -> None:
        """Country, town and which one follow each other, where the first of them stands."""
        trio = [name for name in ("country", "city", "place") if name in self.fields]
        names = list(self.fields)
        first = min(names.index(name) for name in trio)
        others = [name for name in names[first:] if name not in trio]
        self.order_fields([*names[:first], *trio, *others])

    def clean(self) -> dict[str, Any]:
        """Find the place the town's name means, or ask."""
        cleaned = super().clean() or {}
        country, city = cleaned.get("country") or self.known_country, cleaned.get("city", "")
        self._found = self._place_meant(country, city, cleaned.get("place")) if country and city else None
        if not self.has_error("place"):
            cleaned["place"] = self._found
            cleaned["geoname_id"] = self._found.geonames_id if self._found else None
            cleaned["city"] = self._found.label(settings.LANGUAGE_CODE) if self._found else city
        return cleaned

    def _place_meant(self, country: str, city: str, answer: Answer | None) -> Place | None:
        self._kept = answer == Answer(KEEP, name_key(city))
        if self._kept:
            return None
        place = self._chosen(country, city, answer) or recognise_city(country, city)
        if place is None:
            self._ask(country, city)
        return place

    def _chosen(self, country: str, city: str, answer: Answer | None) -> Place | None:
        """The place answered, as long as the name it was proposed for still stands, or names that place."""
        place = place_by_id(answer.geonames_id) if answer else None
        if answer is None or place is None or place.country != country:
            return None
        key = name_key(city)
        return place if answer.asked == key or place.is_called(key) else None

    def _ask(self, country: str, city: str) -> None:
        """Refuse with the question; a name without letters, or a country without towns, is kept as it is written."""
        same = places_called(country, city)[:MOST_OPTIONS]
        places = same or propose_places(country, city)
        if not name_key(city) or not has_places(country):
            return
        self.place_options = options_for(places, city)
        if same:
            sentence = _("Plusieurs villes de ce pays portent ce nom. Dites laquelle.")
        elif places:
            sentence = _(
                "Nous ne connaissons pas cette ville dans ce pays. Choisissez-la dans la liste, ou gardez le nom écrit."
            )
        else:
            sentence = _(
                "Nous ne connaissons pas cette ville dans ce pays. Vérifiez le nom, ou gardez-le tel qu’il est."
            )
        self.add_error("place", sentence)

    def _written(self) -> str:
        return str(self["city"].value() or "")

    @property
    def place_kept_value(self) -> str:
        """The value of "none of these" for the town as it is written now."""
        return str(Answer(KEEP, name_key(self._written())))

    @property
    def place_taken(self) -> Option | None:
        """The place found or known already, shown and sent again with the form; None while there is a question."""
        return options_for([self._found], self._written())[0] if self._found else None

    @property
    def place_is_kept(self) -> bool:
        """Whether "none of these" was answered for the town as it is written now."""
        return self._kept
