"""The list of cases as its page shows it: results, figures, filters, map, and what to relax when nothing is found."""

from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.enums import FACET_VOCABULARIES, SQUARE, Facet, Sort, Stage
from cases.models.facets import chips, facet_groups, relax
from cases.models.listing_map import map_context
from cases.models.terms import Terms
from cases.querysets.answers import Answer, Counts
from cases.querysets.catalogue import CatalogueQuerySet
from cases.search import Selection, Vocabularies, read_selection
from coalition.core.languages import in_each_language, reader_language

PER_PAGE = 20


def vocabularies(terms: Terms) -> Vocabularies:
    """The keys each facet of terms knows."""
    return {name: terms.keys(vocabulary) for name, vocabulary in FACET_VOCABULARIES.items()}


def list_context(entries: CatalogueQuerySet, request: HttpRequest) -> dict[str, Any]:
    """Everything the template of the list needs. Two queries, four with words, whatever the number of cases.

    `filters` and `atlas` are called by the template where it has to write them anew; `atlas` makes one query more.
    Sets `request.translated_urls`: the same question asked in the other languages.
    """
    terms = Terms.load()
    selection = read_selection(request.GET, terms=vocabularies(terms))
    answer = entries.answer(selection, reader_language())
    counts = answer.counts()
    request.translated_urls = in_each_language(lambda: reverse("case_index") + selection.query())  # type: ignore[attr-defined]
    base = reverse("case_index")
    return {
        "selection": selection,
        "counts": counts,
        "partly": answer.partly,
        "results": _page(answer, request),
        "chips": chips(selection, terms, base),
        "filters": partial(facet_groups, selection, terms, counts),
        "kept": _kept(selection),
        "sorts": _sorts(selection),
        "tally_rows": _tally(selection, counts, base),
        "exports": _exports(selection),
        "relax": [] if counts.found else relax(answer, base),
        "crumbs": [{"label": _("Accueil"), "url": f"/{reader_language()}/"}, {"label": _("Cas"), "url": base}],
        "atlas": partial(map_context, answer),
    }


def _page(answer: Answer, request: HttpRequest) -> Page[Any]:
    rows: Any = answer
    paginator: Paginator[Any] = Paginator(rows, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return page


def _kept(selection: Selection) -> dict[str, list[dict[str, str]]]:
    """Hidden fields each small form of the page carries, so that one question does not undo another."""
    pairs = [{"name": name, "value": value} for name, value in selection.pairs()]
    return {
        "seek": [pair for pair in pairs if pair["name"] != "q"],
        "facets": [pair for pair in pairs if pair["name"] in ("q", SQUARE, "city", "sort")],
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
            "url": base + selection.only(Facet.STAGE, stage.value).query() if counts.tally.get(stage.value) else "",
        }
        for stage in Stage
    ]


def _exports(selection: Selection) -> dict[str, str]:
    """Where the same cases are found as a table, a map and a feed."""
    return {name: reverse(f"case_{name}") + selection.query() for name in ("csv", "geojson", "feed")}
