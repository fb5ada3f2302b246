"""The directory of organisations: search, facets with counts, a map and its list. As many queries at any size."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_countries import countries

from coalition.core.circles import squares_words
from coalition.core.languages import in_each_language
from coalition.core.navigation import crumbs
from coalition.core.text import fold
from members.enums import Commitment, DirectorySort, Kind, Resource, Side, Standing
from members.models import Organisation
from members.querysets import Figures
from members.search import KNOWN, Selection, read_selection
from members.views.directory_map import map_context

PER_PAGE = 24
MOST_COUNTRIES = 12
CHOICES: dict[str, Any] = {
    "kind": Kind,
    "side": Side,
    "standing": Standing,
    "commitment": Commitment,
    "offers": Resource,
    "seeks": Resource,
}
"""Facets whose values have words of their own, in the order of the page; the country comes last."""


def directory_url(selection: Selection) -> str:
    """The address at which the directory answers this selection, in the reader's language."""
    return reverse("organisations") + selection.query()


def legends() -> dict[str, str]:
    """What each facet is called."""
    return {
        "kind": _("Nature"),
        "side": _("Du côté de"),
        "standing": _("Place dans la coalition"),
        "commitment": _("Engagement pris"),
        "offers": _("Ce qu’elle offre"),
        "seeks": _("Ce qu’elle cherche"),
        "country": _("Pays"),
    }


def _label(name: str, value: str) -> str:
    return str(countries.name(value)) if name == "country" else str(CHOICES[name](value).label)


def _chip(name: str, value: str) -> str:
    """What a filter says once it stands alone, out of its facet."""
    word = _label(name, value)
    sayings = {"offers": _("Offre : %(what)s"), "seeks": _("Cherche : %(what)s")}
    return sayings[name] % {"what": word.lower()} if name in sayings else word


def _chips(selection: Selection) -> list[dict[str, str]]:
    chips = [(f"«\u202f{selection.q}\u202f»", selection.without("q"))] if selection.q else []
    for name in legends():
        chips += [(_chip(name, value), selection.without(name, value)) for value in selection.of(name)]
    if selection.square:
        chips.append((squares_words(selection.square), selection.without("square")))
    return [{"label": label, "url": directory_url(less)} for label, less in chips]


def _options(name: str, values: Iterable[str], chosen: tuple[str, ...], counts: dict[str, int]) -> list[dict[str, Any]]:
    """Options with what each would give beside the other facets; chosen ones stay, even at zero."""
    return [
        {"value": value, "label": _label(name, value), "count": counts.get(value, 0), "checked": value in chosen}
        for value in values
        if counts.get(value) or value in chosen
    ]


def _country_options(selection: Selection, counts: dict[str, int]) -> tuple[list[Any], list[Any]]:
    """The countries with most organisations and those chosen, then the others, each in alphabetical order."""
    by_count = sorted((code for code in counts if code), key=lambda code: (-counts[code], code))
    first = set(by_count[:MOST_COUNTRIES]) | set(selection.country)
    options = _options("country", {*by_count, *first}, selection.country, counts)
    options.sort(key=lambda option: fold(option["label"]))
    return [each for each in options if each["value"] in first], [
        each for each in options if each["value"] not in first
    ]


def _facets(selection: Selection, figures: Figures) -> list[dict[str, Any]]:
    facets: list[dict[str, Any]] = []
    names = legends()
    for name, words in CHOICES.items():
        options = _options(name, words.values, selection.of(name), figures.facets[name])
        facets.append({"name": name, "legend": names[name], "options": options, "more": []})
    options, more = _country_options(selection, figures.facets["country"])
    facets.append({"name": "country", "legend": names["country"], "options": options, "more": more})
    return [facet for facet in facets if facet["options"]]


def _kept(selection: Selection) -> dict[str, list[dict[str, str]]]:
    """Hidden fields each small form of the page carries, so that one question does not undo another."""
    pairs = [{"name": name, "value": value} for name, value in selection.pairs()]
    return {
        "seek": [pair for pair in pairs if pair["name"] != "q"],
        "facets": [pair for pair in pairs if pair["name"] in ("q", "square", "sort")],
        "sort": [pair for pair in pairs if pair["name"] != "sort"],
    }


def _relax(selection: Selection) -> list[dict[str, Any]]:
    """For a directory without results: each filter that, taken off, would show some, and how many."""
    names = {"q": _("les mots cherchés"), **legends(), "square": _("l’endroit de la carte")}
    wider = [(label, selection.without(name)) for name, label in names.items()]
    wider = [(label, less) for label, less in wider if less != selection]
    found = Organisation.objects.how_many([less for _name, less in wider])
    return [
        {"label": label, "count": n, "url": directory_url(less)}
        for (label, less), n in zip(wider, found, strict=True)
        if n
    ]


def _page(selection: Selection, figures: Figures, request: HttpRequest) -> Page[Any]:
    found = Organisation.objects.answering(selection).with_standing().in_order(selection.order).select_related("logo")
    paginator: Paginator[Any] = Paginator(found.defer("search", "folded_text"), PER_PAGE)
    paginator.count = figures.found  # a cached property: the figure is known already
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = [_row(organisation) for organisation in page.object_list]
    return page


def _row(organisation: Organisation) -> Organisation:
    """The organisation with the words of what it offers and seeks, in the order of the list of resources."""
    for name in ("offers", "seeks"):
        values = getattr(organisation, name)
        words = [str(each.label).lower() for each in Resource if each.value in values]
        setattr(organisation, f"{name}_words", ", ".join(words))
    return organisation


def directory_context(selection: Selection, request: HttpRequest) -> dict[str, Any]:
    """Everything the page needs: three queries, whatever the number of organisations."""
    figures = Organisation.objects.figures(selection)
    here = reverse("organisations")
    exports = {name: reverse(f"organisation_{name}") + selection.query() for name in ("csv", "geojson", "feed")}
    return {
        "here": here,
        "selection": selection,
        "figures": figures,
        "page": _page(selection, figures, request),
        "facets": _facets(selection, figures),
        "filters": sum(len(selection.of(name)) for name in KNOWN),
        "chips": _chips(selection),
        "kept": _kept(selection),
        "sorts": [
            {"value": sort.value, "label": sort.label, "chosen": sort == selection.order} for sort in DirectorySort
        ],
        "exports": {**exports, "json": reverse("api_organisations") + selection.query()},
        "relax": [] if figures.found else _relax(selection),
        "crumbs": crumbs(_("Organisations"), here),
        **(map_context(selection, figures) if figures.found else {}),
    }


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The public directory, the same for every reader. The address holds the whole question."""
    selection = read_selection(request.GET)
    request.translated_urls = in_each_language(lambda: directory_url(selection))  # type: ignore[attr-defined]
    return render(request, "members/organisations.html", directory_context(selection, request))
