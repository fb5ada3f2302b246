"""Reading one line of a collection of cases (JSON Lines) into a record our actions accept, or saying why not.

The form is that of the open collections on public innovation: id, title, summary, body, lang, city, country, lat, lon,
start, end, status, sectors, organisation, source, url, licence. Only id, title, organisation and country are needed.
A record may also name words of ours: sections of the story, keys of terms, person_days, licences, ongoing. Partners of
these collections are not read: many are persons.
"""

import json
import math
import re
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _, override
from django_countries import countries

from cases.actions.importing import CaseRecord
from cases.enums import SECTIONS, TERM_FIELDS, TERM_LISTS, Domain, Kind, Stage
from cases.models.pages import LONGEST_SECTION, LONGEST_SUMMARY
from coalition.core.errors import DomainError
from coalition.core.text import fold, one_line

LONGEST_LINE = 500_000
LONGEST_OWNER = 160
UNKNOWN_LANGUAGES = ("", "und")
LONGEST = {
    "id": 120,
    "title": 255,
    "summary": LONGEST_SUMMARY,
    "body": LONGEST_SECTION,
    "city": 120,
    "source": 250,
    "licence": 60,
    "status": 60,
}
DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
SEPARATOR = re.compile(r"[,;/|(]| - | & | and | et ")
REPOSITORY = re.compile(r"([\w.-]+/[\w.-]+):(\S+)")

STAGES: dict[str, Stage] = {
    **dict.fromkeys(("investigation", "planned", "nominee", "idea"), Stage.IDEA),
    **dict.fromkeys(("construction", "pilot", "in development"), Stage.PILOT),
    **dict.fromkeys(("acceleration", "evaluation"), Stage.EVALUATION),
    **dict.fromkeys(
        ("consolidation", "opere", "transfere", "implemented", "in production", "active", "dpg", "scaled"), Stage.SCALED
    ),
    **dict.fromkeys(
        ("abandon", "abandon-investigation", "not in use anymore", "inactive", "static", "stopped"), Stage.STOPPED
    ),
}
"""Folded status of the collections we know -> stage; any other status is a pilot."""

DOMAINS: tuple[tuple[Domain, tuple[str, ...]], ...] = (
    (Domain.DEMOCRACY, ("democratie", "open-data", "open data", "participation", "justice", "engagement")),
    (
        Domain.PLANNING,
        ("ecologie", "territoire", "logement", "transport", "mer", "environ", "climat", "foret", "biodiversite",
         "patrimoine", "housing", "sustainable", "energy", "water"),
    ),
    (
        Domain.ECONOMY,
        ("travail", "emploi", "entreprise", "formation", "agricultur", "economi", "employ", "labour"),
    ),
)  # fmt: skip
"""Beginnings of folded sector names -> domain, first found; services otherwise."""


SCOPES = {"scale:local": "city", "scale:regional": "region", "scale:national": "nation"}
"""Folded tag of the collections we know -> scope; none otherwise."""

PLAIN: dict[str, type] = {"ongoing": bool, "person_days": int}


class BadLine(DomainError):
    """This line is not a case: the reason, for whoever keeps the file."""


def read_record(*, line: bytes, language: str = "", owned: bool = False) -> CaseRecord:
    """The record a line holds. `language` is that of records which do not say theirs. BadLine says what is wrong.

    `owned`: somebody answers for records that do not say whose they are or of which country. The organisation such a
    record names is kept as a partner, since nobody knows where it is.
    """
    row = _row(line)
    texts = {name: _text(row, name, longest) for name, longest in LONGEST.items()}
    texts["organisation"] = _organisation(row, owned)
    needed = [("id", _("identifiant")), ("title", _("titre"))]
    needed += [] if owned else [("organisation", _("organisation"))]
    for name, label in needed:
        if not texts[name]:
            raise BadLine(_("%(what)s manquant") % {"what": label})
    spoken = _language(row, language)
    country = _country(row, owned)
    content = _content(row, texts, spoken, country)
    if texts["organisation"] and not country:
        content["partners"] = [{"name": texts["organisation"]}]
    return CaseRecord(
        external_id=texts["id"],
        language=spoken,
        organisation_name=texts["organisation"],
        country=country,
        content=content,
    )


def _row(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise BadLine(_("ligne trop longue"))
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadLine(_("ce n’est pas de l’UTF-8")) from None
    except (ValueError, RecursionError):
        raise BadLine(_("JSON illisible")) from None
    if not isinstance(row, dict):
        raise BadLine(_("un objet JSON est attendu"))
    return row


def _text(row: dict[str, Any], name: str, longest: int) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadLine(_("%(name)s : un texte est attendu") % {"name": name})
    if "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise BadLine(_("%(name)s : caractères illisibles") % {"name": name})
    text = value.strip() if name == "body" else one_line(value)
    if len(text) > longest:
        raise BadLine(_("%(name)s : plus de %(longest)d caractères") % {"name": name, "longest": longest})
    return text


def _organisation(row: dict[str, Any], owned: bool) -> str:
    """Whose it is: of several on one line, the first; "" for a sentence that names nobody, where somebody answers."""
    longest = LONGEST_OWNER
    text = row.get("organisation")
    if not isinstance(text, str) or len(one_line(text)) <= longest:
        return _text(row, "organisation", longest)
    first = SEPARATOR.split(one_line(text))[0].strip()
    return "" if owned and len(first) > longest else _text({"organisation": first}, "organisation", longest)


def _language(row: dict[str, Any], fallback: str) -> str:
    said = _text(row, "lang", 20).lower()
    language = fallback if said in UNKNOWN_LANGUAGES else said
    if language not in dict(settings.LANGUAGES):
        raise BadLine(_("langue inconnue : %(language)s") % {"language": language or "?"})
    return language


def _country(row: dict[str, Any], owned: bool) -> str:
    code = _text(row, "country", 10).upper()
    if owned and not code:
        return ""
    if code not in countries.countries:
        raise BadLine(_("pays inconnu : %(country)s") % {"country": code or "?"})
    return code


def _content(row: dict[str, Any], texts: dict[str, str], language: str, country: str) -> dict[str, Any]:
    stage = STAGES.get(fold(texts["status"]), Stage.PILOT)
    latitude, longitude = _degrees(row, "lat", 90), _degrees(row, "lon", 180)
    degrees = {} if latitude is None or longitude is None else {"latitude": latitude, "longitude": longitude}
    return {
        "title": texts["title"],
        "summary": texts["summary"] or texts["title"],
        "kind": Kind.STUDY if row.get("kind") != Kind.EXPERIMENT else Kind.EXPERIMENT,
        "country": country,
        "city": texts["city"],
        **degrees,
        "stage": stage,
        "stage_reason": _reason(texts["status"], stage, language),
        "domain": _domain(row.get("sectors")),
        "started_on": _day(row, "start"),
        "ended_on": _day(row, "end"),
        "context": texts["body"],
        "source_title": texts["source"],
        "source_url": _source_url(texts["source"]),
        "source_licence": texts["licence"],
        "website": _website(row),
        **_own_words(row),
    }


def _own_words(row: dict[str, Any]) -> dict[str, Any]:
    """The words of ours that a record names; the action refuses keys no vocabulary holds."""
    words: dict[str, Any] = {name: _text(row, name, LONGEST_SECTION) for name, _heading in SECTIONS if row.get(name)}
    words |= {name: _text(row, name, 40) for name in TERM_FIELDS if row.get(name)}
    words |= {name: _texts(row, name) for name in TERM_LISTS if row.get(name)}
    words |= {"licences": _text(row, "licences", 250)} if row.get("licences") else {}
    return _scope_said(row) | words | {name: row[name] for name, kind in PLAIN.items() if type(row.get(name)) is kind}


def _scope_said(row: dict[str, Any]) -> dict[str, str]:
    scopes = [SCOPES[tag] for tag in map(fold, _texts(row, "tags")) if tag in SCOPES]
    return {"scope": scopes[0]} if scopes else {}


def _texts(row: dict[str, Any], name: str) -> list[str]:
    value = row.get(name) or []
    if not isinstance(value, list):
        raise BadLine(_("%(name)s : une liste est attendue") % {"name": name})
    return [text for text in value if isinstance(text, str)]


def _reason(status: str, stage: Stage, language: str) -> str:
    """A stopped case says how its source puts it, since nobody told us why."""
    if stage != Stage.STOPPED:
        return ""
    with override(language):
        return _("Statut à la source : %(status)s") % {"status": status}


def _domain(sectors: Any) -> Domain:
    """The domain of the first sector we know; services when there is none."""
    for sector in sectors if isinstance(sectors, list) else ():
        folded = fold(str(sector))
        for domain, beginnings in DOMAINS:
            if any(word.startswith(beginnings) for word in (folded, *folded.split())):
                return domain
    return Domain.SERVICES


def _degrees(row: dict[str, Any], name: str, limit: int) -> float | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > limit:
        raise BadLine(_("%(name)s : des degrés sont attendus") % {"name": name})
    return float(value)


def _day(row: dict[str, Any], name: str) -> date | None:
    text = _text(row, name, 40)
    if not text:
        return None
    found = DATE.match(text)
    try:
        year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
        return date(year, month, day)
    except ValueError:
        raise BadLine(_("%(name)s : date illisible") % {"name": name}) from None


def _source_url(source: str) -> str:
    """Where a record that names a file of a public repository ("owner/name:path") can be read."""
    found = REPOSITORY.fullmatch(source)
    return f"https://github.com/{found[1]}/blob/HEAD/{found[2]}" if found else ""


def _website(row: dict[str, Any]) -> str:
    url = _text(row, "url", 500)
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return ""
    return url
