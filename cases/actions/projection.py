"""Published means projected: the catalogue follows the pages, in the same transaction (ADR 0003)."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import override
from wagtail.models import Page

from cases.actions.checking import note_publication, show_check
from cases.enums import SECTIONS, Stage
from cases.models import CasePage, CatalogueEntry
from cases.models.reproductions import recount_around
from cases.models.sheet import number_url
from cases.querysets.similar import marks_of, words_that_mark
from coalition.core.gazetteer import city_name
from coalition.core.geo import cell, project, square
from coalition.core.text import fold, search_text

KEPT_ELSEWHERE = frozenset({"reproductions", "checked_at", "asked_at", "archived_at"})
WRITTEN = [
    field.name
    for field in CatalogueEntry._meta.concrete_fields
    if not (field.primary_key or field.generated or field.name in KEPT_ELSEWHERE)
]
CHUNK = 200


@transaction.atomic
def project_case(*, page: CasePage) -> CatalogueEntry | None:
    """Write the catalogue row of `page`, whose fields are those of its live row; or take it out.

    Out means: not live, or restricted (itself or a page above it). None is returned then. Translations of the case
    are shown or hidden accordingly.
    """
    if not page.live or page.is_restricted:
        withdraw_case(page=page)
        return None
    entry = CatalogueEntry(**catalogue_row(page=page))
    siblings = list(_published_texts(page).exclude(page_id=page.pk))
    shares = share_languages(available=[page.language, *(sibling.language for sibling in siblings)])
    entry.shown_in, entry.languages = shares[page.language], sorted(shares)
    _write(entry)
    _share_out(siblings, shares)
    show_check(number=entry.number)
    note_publication(number=entry.number)
    recount_around(page.number)
    return entry


@transaction.atomic
def withdraw_case(*, page: CasePage) -> None:
    """Take the row of `page` out of the catalogue, and show its translations where it was shown."""
    if _remove(page) or page.live:
        refresh_languages(page=page)


def refresh_languages(*, page: CasePage) -> None:
    """Share the site's languages anew among the published texts of the case `page` belongs (or belonged) to."""
    texts = list(_published_texts(page))
    _share_out(texts, share_languages(available=[text.language for text in texts]))
    recount_around(page.number)


@transaction.atomic
def project_tree(*, page: Page) -> int:
    """Project anew every case at or under `page` (moved, renamed, restricted or opened); how many were live."""
    cases = CasePage.objects.filter(path__startswith=page.path, live=True).select_related("organisation", "locale")
    projected = 0
    for case in cases.iterator(chunk_size=CHUNK):
        project_case(page=case)
        projected += 1
    return projected


def share_languages(*, available: list[str]) -> dict[str, list[str]]:
    """Who shows which text: each language its own; a language without one, the first available in the site's order."""
    order = [code for code, _label in settings.LANGUAGES]
    ranked = sorted(available, key=lambda code: order.index(code) if code in order else len(order))
    shares: dict[str, list[str]] = {code: [] for code in available}
    for code in dict.fromkeys([*order, *available]):
        if ranked:
            shares[code if code in shares else ranked[0]].append(code)
    return shares


def _write(entry: CatalogueEntry) -> None:
    """One statement, whether the row was there or not."""
    CatalogueEntry.objects.bulk_create([entry], update_conflicts=True, unique_fields=["page"], update_fields=WRITTEN)


def _remove(page: CasePage) -> bool:
    gone, _rows = CatalogueEntry.objects.filter(page_id=page.pk).delete()
    return bool(gone)


def _published_texts(page: CasePage) -> QuerySet[CatalogueEntry]:
    same = CatalogueEntry.objects.filter(translation_key=page.translation_key)
    return same.only("page_id", "language", "shown_in", "languages")


def _share_out(siblings: list[CatalogueEntry], shares: dict[str, list[str]]) -> None:
    languages = sorted(shares)
    for sibling in siblings:
        if (sibling.shown_in, sibling.languages) != (shares[sibling.language], languages):
            row = CatalogueEntry.objects.filter(page_id=sibling.page_id)
            row.update(shown_in=shares[sibling.language], languages=languages)


def catalogue_row(*, page: CasePage) -> dict[str, Any]:
    """The columns of the row of `page`, as its fields stand; those that depend on its translations are left out."""
    parts = page.get_url_parts()
    organisation = page.organisation
    indicators = list(page.indicators.all())
    where = [*_city_names(page), organisation.name, organisation.acronym, *_country_names(page)]
    return {
        "page_id": page.pk,
        "number": page.number,
        "translation_key": page.translation_key,
        "language": page.language,
        "path": (parts[2] if parts else None) or number_url(page.number, page.language),
        "organisation_id": organisation.pk,
        "organisation_name": organisation.name,
        "organisation_slug": organisation.slug,
        "organisation_kind": organisation.kind,
        "has_indicators": bool(indicators),
        "is_failed_or_stopped": page.stage == Stage.STOPPED or bool(page.failed.strip()),
        "folded_city": fold(page.city),
        "published_at": page.first_published_at or page.last_published_at,
        "updated_at": page.last_published_at or page.first_published_at,
        "checked_at": page.last_published_at or page.first_published_at,
        "folded_title": search_text(page.title),
        "folded_summary": search_text(f"{page.summary} {' '.join(where)}"),
        "folded_body": search_text(" ".join(_body(page))),
        "marks": _marks(page),
        **_place(page),
        **{name: getattr(page, name) for name in COPIED},
    }


def _body(page: CasePage) -> list[str]:
    """What the search reads besides title and summary: the story, and the words of what repeats."""
    said = [getattr(page, name) for name, _heading in SECTIONS]
    said += [each.label for each in page.indicators.all()]
    said += [f"{each.name} {each.role}" for each in page.partners.all()]
    said += [each.text for each in page.updates.all()]
    return [*said, page.stage_reason, page.figure_label]


def _marks(page: CasePage) -> list[str]:
    words = words_that_mark(title=page.title, summary=page.summary, body=" ".join(_body(page)))
    vocabulary = {"instruments": page.instruments, "priorities": page.priorities, "domain": [page.domain]}
    return marks_of(words=words, vocabulary=vocabulary, city=page.city)


COPIED = (
    "title", "summary", "kind", "stage", "domain", "country", "city", "geoname_id", "latitude", "longitude",
    "figure_value", "figure_label", "started_on", "ended_on", "ongoing", "priorities", "instruments", "layer",
    "responsibility", "scope", "cost_band", "connectivity", "principles", "translated_from",
)  # fmt: skip


def _country_names(page: CasePage) -> list[str]:
    """The country as readers of each language of the site search it."""
    names = []
    for code, _label in settings.LANGUAGES if page.country else ():
        with override(code):
            names.append(str(page.country.name))
    return list(dict.fromkeys(names))


def _city_names(page: CasePage) -> list[str]:
    """The city as it is written, and as readers of each language of the site call it."""
    names = [page.city, *(city_name(page.geoname_id, page.city, code) for code, _label in settings.LANGUAGES)]
    return list(dict.fromkeys(names))


def _place(page: CasePage) -> dict[str, Any]:
    if page.latitude is None or page.longitude is None:
        return {"x": None, "y": None, "square": "", "cell": ""}
    point = project(page.latitude, page.longitude)
    place = cell(page.latitude, page.longitude)
    return {"x": point.x, "y": point.y, "square": square(point), "cell": place}
