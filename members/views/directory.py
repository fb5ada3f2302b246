"""The directory of organisations: search, two facets with counts, a map and its list. Six queries at any size."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Avg, Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_countries import countries

from coalition.core.text import fold
from members.enums import Kind
from members.forms import DirectoryForm
from members.models import Cosponsorship, Organisation

PAGE = 24
PLACES = 120
"""Cities drawn on the map, the ones with most organisations first; the list holds them all."""


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The filters that make sense; unknown values are dropped rather than refused."""
    form = DirectoryForm(request.GET)
    form.is_valid()
    kinds = [value for value in dict.fromkeys(request.GET.getlist("kind")) if value in Kind.values]
    codes = [value for value in dict.fromkeys(request.GET.getlist("country")) if value in dict(countries)]
    return {"q": str(form.cleaned_data.get("q") or "")[:200], "kind": kinds, "country": codes}


def _narrowed(asked: dict[str, Any], without: str = "") -> QuerySet[Organisation]:
    found: Any = Organisation.objects.confirmed()
    if asked["q"]:
        found = found.matching(asked["q"])
    for name in ("kind", "country"):
        if asked[name] and name != without:
            found = found.filter(**{f"{name}__in": asked[name]})
    return found


def _facet(asked: dict[str, Any], name: str, labels: dict[str, str]) -> list[dict[str, Any]]:
    """Options with what each would find, were it the only one chosen of its facet; chosen ones stay, even at zero."""
    rows = _narrowed(asked, without=name).order_by().values_list(name).annotate(n=Count("pk"))
    counts = {str(value): count for value, count in rows}
    options = [
        {
            "value": value,
            "label": labels.get(value, value),
            "count": counts.get(value, 0),
            "checked": value in asked[name],
        }
        for value in {*counts, *asked[name]}
    ]
    return sorted(options, key=lambda option: fold(str(option["label"])))


def _address(asked: dict[str, Any]) -> str:
    query = urlencode({name: value for name, value in asked.items() if value}, doseq=True)
    return f"{reverse('organisations')}?{query}" if query else reverse("organisations")


def _chips(asked: dict[str, Any], labels: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    chips = []
    if asked["q"]:
        chips.append({"label": asked["q"], "url": _address({**asked, "q": ""})})
    for name, words in labels.items():
        for value in asked[name]:
            rest = [other for other in asked[name] if other != value]
            chips.append({"label": words[value], "url": _address({**asked, name: rest})})
    return chips


def _places(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """Cities with the number of organisations found in each, at the middle of their addresses (degrees)."""
    located = _narrowed(asked).exclude(latitude=None).exclude(longitude=None)
    middle = {"north": Avg("latitude"), "east": Avg("longitude")}
    rows = located.order_by().values("city", "country").annotate(n=Count("pk"), **middle)
    return [
        {
            "name": row["city"],
            "country_name": countries.name(row["country"]),
            "latitude": row["north"],
            "longitude": row["east"],
            "count": row["n"],
            "title": f"{row['city']}, {countries.name(row['country'])} ({row['n']})",
        }
        for row in rows.order_by("-n", "city")[:PLACES]
    ]


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The public directory, the same for every reader."""
    asked = _asked(request)
    labels = {
        "kind": {str(value): str(label) for value, label in Kind.choices},
        "country": {code: str(name) for code, name in countries},
    }
    cosponsor = Exists(Cosponsorship.objects.official().filter(organisation=OuterRef("pk")))
    found = _narrowed(asked).annotate(is_cosponsor=cosponsor).order_by("folded_name", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "page": page,
        "count": page.paginator.count,
        "facets": [
            {"name": "kind", "legend": _("Nature"), "options": _facet(asked, "kind", labels["kind"])},
            {"name": "country", "legend": _("Pays"), "options": _facet(asked, "country", labels["country"])},
        ],
        "chips": _chips(asked, labels),
        "places": _places(asked),
    }
    return render(request, "members/organisations.html", context)
