"""One case as its page shows it: line of life, narrative, facts, source, citation, and the same for machines."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _, override

from cases.enums import PHASES, SECTIONS, Stage
from cases.models.freshness import freshness_of
from cases.models.lineage import lineage_of
from cases.models.outputs import outputs_of
from cases.models.particulars import particulars
from cases.models.schema_org import schema_org
from cases.querysets.similar import similar_cases
from cases.search import in_language
from coalition.core.gazetteer import city_name
from coalition.core.geo import project, square
from coalition.core.languages import reader_language
from coalition.core.markdown import to_html
from coalition.core.templatetags.typography import number
from members.enums import OrganisationState

if TYPE_CHECKING:
    from cases.models.catalogue import CatalogueEntry
    from cases.models.pages import CasePage

PROMINENT = ("failed", "lessons", "redo")


def sheet_context(page: "CasePage", translations: "list[CatalogueEntry]", request: HttpRequest) -> dict[str, Any]:
    """Everything the template of a case needs. Its queries: those of `particulars`, and of parts not read yet.

    Sets `request.translated_urls`: each language's own text, or this one read from there.
    """
    own = {entry.language: entry.path for entry in translations}
    request.translated_urls = {  # type: ignore[attr-defined]
        code: own.get(code) or number_url(page.number, code) for code, _label in settings.LANGUAGES
    }
    url = settings.BASE_URL + number_url(page.number, page.language)
    sections = _sections(page)
    lineage = lineage_of(page.number)
    return {
        "case": page,
        "others": [_other(entry) for entry in translations if entry.language != page.language],
        "phases": phases(page),
        "narrative": [section for section in sections if section["name"] not in PROMINENT],
        "prominent": [section for section in sections if section["name"] in PROMINENT],
        "facts": _facts(page),
        "permanent_url": url,
        "citation": citation(page, url),
        "schema_org": schema_org(page, url, _originals(lineage)),
        **lineage,
        "outputs": outputs_of(page, url),
        "crumbs": _crumbs(page),
        "similar": _similar(page, translations),
        **particulars(page, translations),
        **freshness_of(translations),
        **_language(page),
        **_map(_place(page), lineage["lineage"]),
    }


def _language(page: "CasePage") -> dict[str, Any]:
    """What the page says of its language when that is not the reader's."""
    if page.language == reader_language():
        return {"foreign": False, "text_lang": "", "in_language": ""}
    return {"foreign": True, "text_lang": page.language, "in_language": in_language(page.language)}


def _similar(page: "CasePage", translations: "list[CatalogueEntry]") -> "list[CatalogueEntry]":
    """Published cases like this one; none for a case that is not in the catalogue. At most three queries."""
    own = next((entry for entry in translations if entry.page_id == page.pk), None)
    return similar_cases(type(own).objects.all(), own, reader_language()) if own is not None else []


def _other(entry: "CatalogueEntry") -> dict[str, str]:
    return {"url": entry.path, "label": in_language(entry.language), "code": entry.language}


def _crumbs(page: "CasePage") -> list[dict[str, str]]:
    return [
        {"label": _("Accueil"), "url": f"/{reader_language()}/"},
        {"label": _("Cas"), "url": reverse("case_index")},
        {"label": page.title, "url": ""},
    ]


def _originals(lineage: dict[str, Any]) -> list[str]:
    return list(lineage["lineage"]["originals"]) if lineage["lineage"] else []


def _map(place: dict[str, Any] | None, lineage: dict[str, Any] | None) -> dict[str, Any]:
    """The small map: this place, and with lines the places of the cases linked to it."""
    if place is None:
        return {"place": None}
    label = _("Carte : %(place)s et ses alentours") % {"place": place["name"]}
    points = [place, *(lineage["places"] if lineage else [])]
    lines = lineage["lines"] if lineage else []
    return {
        "place": place,
        "map_points": points,
        "map_lines": lines,
        "map_label": label,
        "map_caption": _caption(place),
    }


def number_url(case: int, language: str) -> str:
    """The permanent address of a case, in one language."""
    with override(language):
        return reverse("case", args=[case])


def phases(page: "CasePage") -> list[dict[str, Any]]:
    """The line of life: phases gone through, where it is now, and the dates that are known.

    A stopped case shows what it had certainly been (an idea and a trial), then its end.
    """
    if page.stage == Stage.STOPPED:
        line = [Stage.IDEA, Stage.PILOT, Stage.STOPPED]
    else:
        line = [Stage(value) for value in PHASES]
    now = line.index(Stage(page.stage))
    dated = {Stage.IDEA if page.stage == Stage.IDEA else Stage.PILOT: page.started_on}
    if page.ended_on:
        dated[Stage(page.stage)] = page.ended_on if page.stage == Stage.STOPPED else dated.get(Stage(page.stage))
    return [
        {
            "label": stage.label,
            "date": dated.get(stage),
            "precision": "month",
            "when": "was" if rank < now else "now" if rank == now else "",
        }
        for rank, stage in enumerate(line)
    ]


def _sections(page: "CasePage") -> list[dict[str, Any]]:
    return [
        {"name": name, "heading": heading, "html": to_html(text)}
        for name, heading in SECTIONS
        if (text := getattr(page, name).strip())
    ]


def _place(page: "CasePage") -> dict[str, Any] | None:
    """The point of the small map, or None when nobody said where it is."""
    if page.latitude is None or page.longitude is None:
        return None
    point = project(page.latitude, page.longitude)
    return {
        "name": _city(page) or str(page.country.name),
        "country_name": str(page.country.name) if page.country else "",
        "x": point.x,
        "y": point.y,
        "square": square(point),
        "latitude": page.latitude,
        "longitude": page.longitude,
        "count": 1,
    }


def _city(page: "CasePage") -> str:
    """Its city as the reader calls it."""
    return city_name(page.geoname_id, page.city, reader_language())


def _caption(place: dict[str, Any]) -> str:
    """« Lomé, Togo, carré B5, 6,13° N, 1,22° E »."""
    latitude, longitude = place["latitude"], place["longitude"]
    north = f"{number(round(abs(latitude), 2))}° {'N' if latitude >= 0 else 'S'}"
    side = _("%(degrees)s° E") if longitude >= 0 else _("%(degrees)s° O")
    east = side % {"degrees": number(round(abs(longitude), 2))}
    lettered = _("carré %(square)s") % {"square": place["square"]} if place["square"] else ""
    names = [place["name"], place["country_name"] if place["country_name"] != place["name"] else ""]
    return ", ".join(part for part in (*names, lettered, north, east) if part)


def _address_of(organisation: Any) -> str:
    """Its page, or "" when it has none any more: a case outlives the organisation that left."""
    return organisation.get_absolute_url() if organisation.state == OrganisationState.CONFIRMED else ""


def _facts(page: "CasePage") -> list[dict[str, Any]]:
    place = ", ".join(part for part in (_city(page), str(page.country.name) if page.country else "") if part)
    rows = [
        {"label": _("Porté par"), "value": page.organisation.name, "url": _address_of(page.organisation)},
        {"label": _("Où"), "value": place},
        {"label": _("Nature"), "value": page.get_kind_display()},
        {"label": _("Début"), "date": page.started_on},
        {"label": _("Fin"), "date": page.ended_on, "value": _("toujours en cours") if page.ongoing else ""},
        {"label": _("Pourquoi à cette étape"), "value": page.stage_reason},
        {
            "label": _("Site du service"),
            "value": page.website.split("//")[-1].rstrip("/"),
            "url": page.website,
            "external": True,
        },
    ]
    return [row for row in rows if row.get("value") or row.get("date")]


def citation(page: "CasePage", url: str) -> str:
    """The reference to copy: organisation, title, number, date of the version, permanent address."""
    moment = page.last_published_at or page.latest_revision_created_at or timezone.now()
    return _("%(organisation)s, « %(title)s », cas nº %(number)d, version du %(date)s, %(url)s") % {
        "organisation": page.organisation.name,
        "title": page.title,
        "number": page.number,
        "date": format_date(moment, "j F Y"),
        "url": url,
    }
