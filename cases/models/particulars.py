"""What a case's page shows beside its story: the words of the vision, means, figures, people, proofs, later news."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.enums import TERM_FIELDS, TERM_LISTS, EvidenceKind, Vocabulary
from cases.models.charts import charts_of
from cases.models.terms import Terms
from cases.search import in_language
from coalition.core.references import resolve_references
from coalition.core.templatetags.typography import number

if TYPE_CHECKING:
    from cases.models.catalogue import CatalogueEntry
    from cases.models.pages import CasePage

Row = dict[str, Any]
VISION = ("priorities", "layer", "instruments", "responsibility")


def particulars(page: "CasePage", translations: "list[CatalogueEntry]") -> dict[str, Any]:
    """For the template of a case. One query for the vocabularies, two when articles of the charter are named."""
    terms = Terms.load()
    return {
        "domain": terms.label(Vocabulary.DOMAIN, page.domain),
        "vision": [row for name in VISION if (row := _term_row(page, name, terms))],
        "means": _means(page, terms),
        "partners": [_partner(row, terms) for row in page.partners.all()],
        "charts": charts_of(page.indicators.all(), terms),
        "principles": resolve_references(page.principles),
        "evidence": [_evidence(row) for row in page.evidence.all()],
        "pictures": [_picture(row) for row in page.pictures.all()],
        "updates": [
            {"date": row.happened_on, "text": row.text}
            for row in sorted(page.updates.all(), key=lambda row: row.happened_on, reverse=True)
        ],
        "scope": terms.label(Vocabulary.SCOPE, page.scope) if page.scope else "",
        "translation": translation_words(page, translations),
    }


def _term_row(page: "CasePage", name: str, terms: Terms) -> Row | None:
    """A labelled row of terms, each leading to its definition."""
    held = getattr(page, name)
    keys = held if name in TERM_LISTS else [held] if held else []
    if not keys:
        return None
    vocabulary = TERM_LISTS.get(name) or TERM_FIELDS[name]
    found = [term for key in keys if (term := terms.get(vocabulary, key))]
    book = reverse("case_codebook")
    return {
        "label": Vocabulary(vocabulary).label,
        "terms": [{"label": term.label, "url": f"{book}#{vocabulary}-{term.key}"} for term in found],
    }


def _means(page: "CasePage", terms: Terms) -> list[Row]:
    days = _("%(days)s jours, toutes personnes comptées") % {"days": number(page.person_days)}
    rows = [
        _term_row(page, "cost_band", terms),
        {"label": _("Travail"), "value": days if page.person_days is not None else ""},
        _term_row(page, "connectivity", terms),
        {"label": _("Licences"), "value": page.licences},
    ]
    return [row for row in rows if row and (row.get("value") or row.get("terms"))]


def _partner(row: Any, terms: Terms) -> Row:
    side = terms.label(Vocabulary.SIDE, row.side) if row.side else ""
    return {"name": row.name, "url": row.url, "role": row.role, "side": side}


def _evidence(row: Any) -> Row:
    return {
        "title": row.title,
        "url": row.url,
        "kind": str(EvidenceKind(row.kind).label) if row.kind in EvidenceKind.values else row.kind,
        "date": row.published_on,
        "licence": row.licence,
        "format": row.format,
        "archive_url": row.archive_url,
        "archived_on": row.archived_on,
    }


def _picture(row: Any) -> Row:
    width, height = getattr(row, "size", None) or (row.picture.width, row.picture.height)
    address = reverse("case_picture", args=[row.picture_id])
    words = {"alternative": row.alternative, "credit": row.credit, "caption": row.caption}
    return {"url": address, "width": width, "height": height, **words}


def translation_words(page: "CasePage", translations: "list[CatalogueEntry]") -> str:
    """Where a translated text comes from and whether the original has changed since; "" for an original."""
    if not page.translated_from:
        return ""
    source = {"language": in_language(page.translated_from)}
    original = next((entry for entry in translations if entry.language == page.translated_from), None)
    if original is None:
        return _("Traduction d’un texte écrit %(language)s.") % source
    if page.last_published_at is None or original.updated_at > page.last_published_at:
        return _("Traduction d’un texte écrit %(language)s, qui a changé depuis.") % source
    return _("Traduction d’un texte écrit %(language)s, à jour.") % source
