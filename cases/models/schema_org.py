"""A case in the words of schema.org: what it tells, where, when, what was measured, what it rests on."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from cases.enums import EvidenceKind
from cases.models.charts import plain_decimal

if TYPE_CHECKING:
    from cases.models.pages import CasePage

Data = dict[str, Any]
LICENCES = {
    "cc0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "cc by 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc by-sa 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "odbl": "https://opendatacommons.org/licenses/odbl/1-0/",
}
"""Names of licences, lower case -> the address that identifies them; any other is given by its name."""


def schema_org(page: "CasePage", url: str, originals: list[str] | None = None) -> Data:
    """The case as schema.org describes an article. `originals`: permanent addresses of the cases it redoes."""
    data: Data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": url,
        "url": url,
        "identifier": str(page.number),
        "headline": page.title,
        "description": page.summary,
        "inLanguage": page.language,
        "author": {"@type": "Organization", "name": page.organisation.name},
        "publisher": {"@type": "Organization", "name": str(settings.WAGTAIL_SITE_NAME)},
        "articleSection": page.domain,
        "creativeWorkStatus": page.stage,
        "isAccessibleForFree": True,
        "datePublished": _day(page.first_published_at),
        "dateModified": _day(page.last_published_at),
        "temporalCoverage": _period(page),
        "contentLocation": _location(page) if page.city or page.country else None,
        "license": _licence(page.source_licence),
        "isBasedOn": _source(page) + [{"@type": "Article", "@id": each, "url": each} for each in originals or []],
        **_parts(page),
    }
    return {name: value for name, value in data.items() if value not in (None, "", [])}


def _parts(page: "CasePage") -> Data:
    """What repeats in a case."""
    return {
        "about": [seen for row in page.indicators.all() for seen in _observations(row)],
        "citation": [_proof(row) for row in page.evidence.all()],
        "image": [_picture(row) for row in page.pictures.all()],
        "contributor": [{"@type": "Organization", "name": row.name} for row in page.partners.all()],
    }


def _period(page: "CasePage") -> str:
    """ISO 8601: "2025-03-01/2026-02-01", "2025-03-01/.." while it goes on, "2025-03-01", or ""."""
    if page.started_on is None:
        return ""
    end = page.ended_on.isoformat() if page.ended_on else ".." if page.ongoing else ""
    return f"{page.started_on.isoformat()}/{end}" if end else page.started_on.isoformat()


def _location(page: "CasePage") -> Data:
    address = {"@type": "PostalAddress", "addressLocality": page.city, "addressCountry": str(page.country.code or "")}
    place: Data = {"@type": "Place", "name": page.city or str(page.country.name), "address": address}
    if page.latitude is not None and page.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": page.latitude, "longitude": page.longitude}
    return place


def _licence(name: str) -> Any:
    """The address of a licence everybody knows, else its name as a work; None without one."""
    if not name.strip():
        return None
    return LICENCES.get(name.strip().lower()) or {"@type": "CreativeWork", "name": name.strip()}


def _work(kind: str, **facts: Any) -> Data:
    """A work with the facts that are known."""
    return {"@type": kind, **{name: value for name, value in facts.items() if value}}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _source(page: "CasePage") -> list[Data]:
    if not (page.source_url or page.source_title):
        return []
    licence = _licence(page.source_licence)
    dated = _day(page.source_date)
    return [_work("CreativeWork", name=page.source_title, url=page.source_url, datePublished=dated, license=licence)]


def _proof(row: Any) -> Data:
    return _work(
        "Dataset" if row.kind == EvidenceKind.DATASET else "CreativeWork",
        name=row.title,
        url=row.url,
        datePublished=_day(row.published_on),
        license=_licence(row.licence),
        encodingFormat=row.format,
        archivedAt=row.archive_url,
    )


def _observations(row: Any) -> list[Data]:
    """What was measured, and before it the starting point when there is one; figures as exact text."""
    measured = [(row.baseline, row.baseline_on), (row.value, row.measured_on)]
    return [
        {
            **_work("Observation", name=row.label, unitText=row.unit, observationDate=_day(day)),
            "value": str(plain_decimal(value)),
        }
        for value, day in measured
        if value is not None
    ]


def _picture(row: Any) -> Data:
    address = settings.BASE_URL + reverse("case_picture", args=[row.picture_id])
    return _work("ImageObject", contentUrl=address, caption=row.alternative, creditText=row.credit)
