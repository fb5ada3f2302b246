"""The board: what cities ask for, open ones first. As many queries at any size."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_countries import countries

from coalition.challenges.enums import SIGNS, Instrument, Phase, Sought
from coalition.challenges.models import Challenge
from coalition.challenges.search import KNOWN, Selection, read_selection
from coalition.challenges.views.page import excerpt, place_words
from coalition.core.facets import short_facet
from coalition.core.gazetteer import recognise_city
from coalition.core.languages import in_each_language, language_mark, reader_language
from coalition.core.navigation import crumbs
from coalition.core.text import fold
from coalition.core.vocabularies import DOMAIN, Word, vocabulary

PER_PAGE = 20
MOST_OPTIONS = 12
CHOICES: dict[str, Any] = {"phase": Phase, "sought": Sought, "instrument": Instrument}
Words = dict[str, Word]


def board_url(selection: Selection) -> str:
    """The address at which the board answers this selection, in the reader's language."""
    return reverse("challenges") + selection.query()


def legends() -> dict[str, str]:
    """What each facet is called, in the order of the page."""
    return {
        "phase": _("État"),
        "theme": _("Thème"),
        "sought": _("Ce qui est cherché"),
        "instrument": _("Cadre"),
        "country": _("Pays"),
        "city": _("Ville"),
    }


def _label(name: str, value: str, themes: Words) -> str:
    if name in CHOICES:
        return str(CHOICES[name](value).label)
    if name == "theme":
        return themes[value].label if value in themes else value
    if name == "country":
        return str(countries.name(value))
    country, _colon, city = value.partition(":")
    place = recognise_city(country, city)
    return place.label(reader_language()) if place else city


def _order(name: str, counts: dict[str, int], chosen: tuple[str, ...], themes: Words) -> list[str]:
    """Values worth offering: lists in their own order, places the most frequent first."""
    if name in CHOICES:
        return list(CHOICES[name].values)
    if name == "theme":
        return list(themes)
    seen = {value for value in (*counts, *chosen) if value}
    return sorted(seen, key=lambda value: (-counts.get(value, 0), fold(value)))


def _options(name: str, selection: Selection, counts: dict[str, int], themes: Words) -> list[dict[str, Any]]:
    chosen = selection.of(name)
    return [
        {
            "value": value,
            "label": _label(name, value, themes),
            "count": counts.get(value, 0),
            "checked": value in chosen,
        }
        for value in _order(name, counts, chosen, themes)
        if counts.get(value) or value in chosen
    ]


def _facets(selection: Selection, figures: dict[str, dict[str, int]], themes: Words) -> list[dict[str, Any]]:
    found = []
    for name, legend in legends().items():
        options = _options(name, selection, figures[name], themes)
        found.append(short_facet(name, legend, options, MOST_OPTIONS))
    return [facet for facet in found if facet["options"]]


def _chips(selection: Selection, themes: Words) -> list[dict[str, str]]:
    chips = [(f"«\u202f{selection.q}\u202f»", selection.without("q"))] if selection.q else []
    for name in legends():
        chips += [(_label(name, value, themes), selection.without(name, value)) for value in selection.of(name)]
    return [{"label": label, "url": board_url(less)} for label, less in chips]


def _hidden(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _row(challenge: Any) -> Any:
    """The challenge with what a line of the board says of it."""
    challenge.status = {"state": SIGNS[Phase(challenge.phase)], "word": Phase(challenge.phase).label}
    challenge.excerpt = excerpt(challenge.outcome or challenge.problem)
    challenge.place = place_words(challenge)
    challenge.text_lang = language_mark(challenge.language)
    challenge.sought_words = ", ".join(str(Sought(one).label).lower() for one in challenge.sought)
    return challenge


def _page(selection: Selection, found: int, request: HttpRequest, now: Any) -> Page[Any]:
    rows = Challenge.objects.answering(selection, now).in_order(now).select_related("organisation")
    paginator: Paginator[Any] = Paginator(rows.defer("folded_text", "brings"), PER_PAGE)
    paginator.count = found  # a cached property: the figure is known already
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = [_row(challenge) for challenge in page.object_list]
    return page


def board_context(selection: Selection, request: HttpRequest) -> dict[str, Any]:
    """Everything the page needs: three queries, whatever the number of challenges."""
    now, here, themes = timezone.now(), reverse("challenges"), vocabulary(DOMAIN)
    figures = Challenge.objects.figures(selection, now)
    found = sum(figures["found"].values())
    pairs = selection.pairs()
    return {
        "here": here,
        "selection": selection,
        "total": sum(figures["total"].values()),
        "found": found,
        "open_count": figures["phase"].get(Phase.OPEN, 0),
        "page": _page(selection, found, request, now),
        "facets": _facets(selection, figures, themes),
        "filters": sum(len(selection.of(name)) for name in KNOWN),
        "chips": _chips(selection, themes),
        "kept": {
            "seek": _hidden(pair for pair in pairs if pair[0] != "q"),
            "facets": _hidden(pair for pair in pairs if pair[0] == "q"),
        },
        "exports": {
            "csv": reverse("challenge_csv") + selection.query(),
            "feed": reverse("challenge_feed") + selection.query(),
            "json": reverse("api_challenges") + selection.query(),
        },
        "crumbs": crumbs(_("Défis"), here),
    }


@require_safe
def challenges(request: HttpRequest) -> HttpResponse:
    """The public board, the same for every reader. The address holds the whole question."""
    selection = read_selection(request.GET)
    request.translated_urls = in_each_language(lambda: board_url(selection))  # type: ignore[attr-defined]
    return render(request, "challenges/board.html", board_context(selection, request))
