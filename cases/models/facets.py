"""Facets of the list of cases in words: their boxes with counts, the chips that undo them, what to relax."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language_info, gettext as _
from django_countries import countries

from cases.enums import FACET_VOCABULARIES, SQUARE, YES, Facet, Stage
from cases.models.terms import Terms
from cases.querysets.answers import Answer, Counts
from cases.search import FACETS, Selection
from coalition.core.circles import squares_words
from coalition.core.languages import reader_language
from coalition.core.text import fold
from members.enums import Kind as OrganisationKind

MOST_COUNTRIES = 12
FLAGS = (Facet.FAILED_OR_STOPPED, Facet.HAS_INDICATORS)
"""Facets of one box each, drawn together."""
FIRST = (Facet.STAGE, Facet.DOMAIN, Facet.PRIORITY, Facet.COUNTRY)
FOLDED = (Facet.INSTRUMENT, Facet.ORGANISATION_KIND, Facet.COST_BAND, Facet.READ_IN)
"""Facets readers ask first, and those folded away until they are used."""


def legends() -> dict[str, str]:
    """What each facet is called."""
    return {
        Facet.STAGE: _("Étape"),
        Facet.DOMAIN: _("Domaine"),
        Facet.PRIORITY: _("Priorité"),
        Facet.COUNTRY: _("Pays"),
        Facet.INSTRUMENT: _("Instrument"),
        Facet.ORGANISATION_KIND: _("Porté par"),
        Facet.COST_BAND: _("Ordre de coût"),
        Facet.READ_IN: _("Lisible en"),
    }


def _flag_words() -> dict[str, str]:
    return {
        Facet.FAILED_OR_STOPPED: _("Échec raconté ou arrêt"),
        Facet.HAS_INDICATORS: _("Avec des indicateurs"),
    }


def _language(code: str) -> str:
    name = str(get_language_info(code)["name_translated"])
    return name if reader_language() == "en" else name.lower()


def _label(name: str, value: str, terms: Terms) -> str:
    """What a value of a facet is called."""
    if name in FACET_VOCABULARIES:
        return terms.label(FACET_VOCABULARIES[name], value)
    if name == Facet.STAGE:
        return str(Stage(value).label)
    if name == Facet.COUNTRY:
        return str(countries.name(value))
    return str(OrganisationKind(value).label) if name == Facet.ORGANISATION_KIND else _language(value)


def _values(name: str, counts: dict[str, int], terms: Terms) -> Iterable[str]:
    """The values of a facet in their order; countries by how many cases they have."""
    if name in FACET_VOCABULARIES:
        known = terms.keys(FACET_VOCABULARIES[name])
        return [*known, *sorted(set(counts) - set(known))]
    if name == Facet.STAGE:
        return Stage.values
    if name == Facet.ORGANISATION_KIND:
        return OrganisationKind.values
    return sorted(counts, key=lambda value: (-counts[value], value))


def _options(name: str, selection: Selection, terms: Terms, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Values with what each would give beside the other facets; chosen ones stay, even at zero."""
    chosen = selection.of(name)
    values = dict.fromkeys([*_values(name, counts, terms), *chosen])
    return [
        {"value": value, "label": _label(name, value, terms), "count": counts.get(value, 0), "checked": value in chosen}
        for value in values
        if counts.get(value) or value in chosen
    ]


def _facet(name: str, selection: Selection, terms: Terms, counts: dict[str, int]) -> dict[str, Any]:
    options = _options(name, selection, terms, counts)
    more: list[dict[str, Any]] = []
    if name == Facet.COUNTRY:
        first = {option["value"] for option in options[:MOST_COUNTRIES]} | set(selection.of(name))
        options.sort(key=lambda option: fold(option["label"]))
        more = [option for option in options if option["value"] not in first]
        options = [option for option in options if option["value"] in first]
    return {"name": name, "legend": legends()[name], "options": options, "more": more}


def _flags(selection: Selection, counts: Counts) -> dict[str, Any]:
    words = _flag_words()
    options = [
        {"name": name, "value": YES, "label": words[name], "count": counts.facets[name].get(YES, 0),
         "checked": bool(selection.of(name))}
        for name in FLAGS
        if counts.facets[name] or selection.of(name)
    ]  # fmt: skip
    return {"name": "", "legend": _("Ce que la fiche dit"), "options": options, "more": []}


def facet_groups(selection: Selection, terms: Terms, counts: Counts) -> dict[str, Any]:
    """Facets shown at once, those folded away, and whether the fold is open: when one of them is used."""
    drawn = {name: _facet(name, selection, terms, counts.facets[name]) for name in (*FIRST, *FOLDED)}
    first = [*(drawn[name] for name in FIRST), _flags(selection, counts)]
    folded = [drawn[name] for name in FOLDED]
    return {
        "facets": [facet for facet in first if facet["options"]],
        "facets_folded": [facet for facet in folded if facet["options"]],
        "facets_open": any(selection.of(name) for name in FOLDED),
    }


def chips(selection: Selection, terms: Terms, base: str) -> list[dict[str, str]]:
    """Filters at work, each with the address of the list without it."""
    flags = _flag_words()
    found = [(f"«\u202f{selection.q}\u202f»", selection.without("q"))] if selection.q else []
    for name, values in selection.facets:
        if name in flags:
            found.append((flags[name], selection.without(name)))
        elif name == SQUARE:
            found.append((squares_words(values), selection.without(name)))
        else:
            found += [(_chip(name, value, terms), selection.without(name, value)) for value in values]
    found += [(selection.city, selection.without("city"))] if selection.city else []
    return [{"label": label, "url": base + less.query()} for label, less in found]


def _chip(name: str, value: str, terms: Terms) -> str:
    """What a filter says once it stands alone, out of its facet."""
    word = _label(name, value, terms)
    return _("Lisible en %(language)s") % {"language": word} if name == Facet.READ_IN else word


def relax(answer: Answer, base: str) -> list[dict[str, Any]]:
    """For a list without results: each filter that, taken off, would show some, and how many. No query."""
    selection, wider = answer.selection, []
    names = {"q": _("les mots cherchés"), "city": _("la ville"), **legends(), **_flag_words()}
    names[SQUARE] = _("l’endroit de la carte")
    for name in ("q", *FACETS, "city"):
        less = selection.without(name)
        if less != selection and (found := answer.how_many(less)):
            wider.append({"label": names[name], "count": found, "url": base + less.query()})
    return wider
