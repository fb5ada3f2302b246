"""The list of cases as its page shows it: results, figures, filters, map, and what to relax when nothing is found."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext, override
from django_countries import countries

from cases.enums import Sort, Stage, Vocabulary
from cases.models.terms import Terms
from cases.querysets.catalogue import CatalogueQuerySet, Counts
from cases.search import Selection, read_selection
from coalition.core.languages import reader_language
from coalition.core.text import fold

PER_PAGE = 20
MOST_COUNTRIES = 15


def list_context(entries: CatalogueQuerySet, request: HttpRequest) -> dict[str, Any]:
    """Everything the template of the list needs. Four queries, whatever the number of cases, one more
    with words; up to three more when nothing is found.

    Sets `request.translated_urls`: the same question asked in the other languages.
    """
    terms = Terms.load()
    selection = read_selection(request.GET, domains=terms.keys(Vocabulary.DOMAIN))
    shown = entries.shown_in(reader_language())
    counts = shown.counts(selection)
    if selection.q and not counts.found:
        selection = shown.settled(selection)
        counts = shown.counts(selection) if selection.partly else counts
    page = _page(shown.matching(selection).in_order(selection.order).light(), counts, request)
    cities = _cities(shown, selection) if counts.found else []
    request.translated_urls = _urls_by_language(selection)  # type: ignore[attr-defined]
    base = reverse("case_index")
    return {
        "selection": selection,
        "counts": counts,
        "results": page,
        "chips": _chips(selection, terms, base),
        "facets": _facets(selection, terms, counts),
        "kept": _kept(selection),
        "sorts": _sorts(selection),
        "tally_rows": _tally(selection, counts, base),
        "cities": cities,
        "map_label": _map_words(cities),
        "unplaced": counts.found - sum(city["count"] for city in cities),
        "exports": {name: reverse(f"case_{name}") + selection.query() for name in ("csv", "geojson", "feed")},
        "relax": [] if counts.found else _relax(shown, selection, base),
        "crumbs": [{"label": _("Accueil"), "url": f"/{reader_language()}/"}, {"label": _("Cas"), "url": base}],
    }


def _page(found: CatalogueQuerySet, counts: Counts, request: HttpRequest) -> Page[Any]:
    paginator: Paginator[Any] = Paginator(found, PER_PAGE)
    paginator.count = counts.found  # a cached property: the figure is known already
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return page


def _cities(shown: CatalogueQuerySet, selection: Selection) -> list[dict[str, Any]]:
    base = reverse("case_index")
    rows = []
    for row in shown.matching(selection).cities():
        rows.append(
            {
                "name": row["name"],
                "country_name": countries.name(row["country"]) if row["country"] else "",
                "square": row["place"],
                "count": row["count"],
                "x": row["east"],
                "y": row["south"],
                "url": base + selection.with_city(row["name"]).query(),
            }
        )
    return sorted(rows, key=lambda row: fold(row["name"]))


def _map_words(cities: list[dict[str, Any]]) -> str:
    """What the map says, for those who do not see it."""
    cases = sum(city["count"] for city in cities)
    found = ngettext("%(n)d cas trouvé", "%(n)d cas trouvés", cases) % {"n": cases}
    where = ngettext("dans %(n)d ville", "dans %(n)d villes", len(cities)) % {"n": len(cities)}
    return _("Carte : %(cases)s %(cities)s, dont la liste est à côté.") % {"cases": found, "cities": where}


def _chips(selection: Selection, terms: Terms, base: str) -> list[dict[str, str]]:
    chips = [(f"« {selection.q} »", selection.without("q"))] if selection.q else []
    chips += [(str(Stage(value).label), selection.without("stage", value)) for value in selection.stages]
    chips += [
        (terms.label(Vocabulary.DOMAIN, value), selection.without("domain", value)) for value in selection.domains
    ]
    chips += [(str(countries.name(code)), selection.without("country", code)) for code in selection.countries]
    chips += [(selection.city, selection.without("city"))] if selection.city else []
    return [{"label": label, "url": base + less.query()} for label, less in chips]


def _options(pairs: Iterable[tuple[str, Any]], chosen: tuple[str, ...], counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"value": value, "label": label, "count": counts.get(value, 0), "checked": value in chosen}
        for value, label in pairs
        if counts.get(value) or value in chosen
    ]


def _facets(selection: Selection, terms: Terms, counts: Counts) -> list[dict[str, Any]]:
    by_country = counts.facets["country"]
    codes = [code for code in sorted(by_country, key=lambda code: (-by_country[code], code)) if code]
    codes = list(dict.fromkeys([*selection.countries, *codes[:MOST_COUNTRIES]]))
    named = [(code, str(countries.name(code))) for code in codes]
    domains = terms.choices(Vocabulary.DOMAIN, keep=counts.facets["domain"])
    facets = [
        ("stage", _("Étape"), _options(Stage.choices, selection.stages, counts.facets["stage"])),
        ("domain", _("Domaine"), _options(domains, selection.domains, counts.facets["domain"])),
        ("country", _("Pays"), _options(named, selection.countries, by_country)),
    ]
    return [{"name": name, "legend": legend, "options": options} for name, legend, options in facets if options]


def _kept(selection: Selection) -> dict[str, list[dict[str, str]]]:
    """Hidden fields each small form of the page carries, so that one question does not undo another."""
    pairs = [{"name": name, "value": value} for name, value in selection.pairs()]
    return {
        "seek": [pair for pair in pairs if pair["name"] != "q"],
        "facets": [pair for pair in pairs if pair["name"] in ("q", "city", "sort")],
        "sort": [pair for pair in pairs if pair["name"] != "sort"],
    }


def _sorts(selection: Selection) -> list[dict[str, Any]]:
    offered = [sort for sort in Sort if sort != Sort.RELEVANCE or selection.q]
    return [{"value": sort.value, "label": sort.label, "chosen": sort == selection.order} for sort in offered]


def _tally(selection: Selection, counts: Counts, base: str) -> list[dict[str, Any]]:
    return [
        {
            "stage": stage.value,
            "label": stage.label,
            "count": counts.tally.get(stage.value, 0),
            "url": base + selection.with_stage(stage.value).query() if counts.tally.get(stage.value) else "",
        }
        for stage in Stage
    ]


def _relax(shown: CatalogueQuerySet, selection: Selection, base: str) -> list[dict[str, Any]]:
    """For a list without results: each filter that, taken off, would show some; then the whole list."""
    wider = []
    names = [
        ("q", _("les mots cherchés")),
        ("stage", _("l’étape")),
        ("domain", _("le domaine")),
        ("country", _("le pays")),
        ("city", _("la ville")),
    ]
    for name, label in names:
        less = selection.without(name)
        if less != selection:
            wider.append((label, less))
    if not wider:
        return []
    found = shown.how_many([less for _label, less in wider])
    return [
        {"label": label, "count": n, "url": base + less.query()}
        for (label, less), n in zip(wider, found, strict=True)
        if n
    ]


def _urls_by_language(selection: Selection) -> dict[str, str]:
    urls = {}
    for code, _label in settings.LANGUAGES:
        with override(code):
            urls[code] = reverse("case_index") + selection.query()
    return urls
