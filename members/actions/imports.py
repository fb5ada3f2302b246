"""One line of somebody else's list becomes an organisation, once; look-alikes are proposed, never united here."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from coalition.core.errors import DomainError
from coalition.core.gazetteer import Place, places_called, recognise_city
from coalition.core.text import fold, one_line
from members.actions.duplicates import Lookalike, find_lookalikes
from members.actions.organisations import import_organisation
from members.enums import Kind
from members.merge import Keys, country_names
from members.models import Organisation

LONGEST_NAME = 160
LONGEST_CITY = 120
LONGEST_ADDRESS = 200
NEAR = 100.0
"""Kilometres within which a namesake of a city is believed to be the one the degrees of a line mean."""

_KINDS = {
    Kind.AUTHORITY: (
        "authority collectivite territoriale, collectivite, local government, regional government, central government, "
        "government, governmental, administration centrale, service deconcentre, securite sociale, operateur, "
        "institutional, collectivite territoriale, public sector, city, municipality"
    ),
    Kind.COMPANY: "company, entreprise, private sector, coworking space, corporation",
    Kind.TELECOM: "telecom, operateur de telecommunications, telecommunications",
    Kind.DIGITAL_SME: (
        "digital_sme, petite entreprise du numerique, innovation / tech hub, tech hub, incubator, accelerator, startup"
    ),
    Kind.NGO: (
        "ngo, ong ou association, ngo / foundation, non governmental, third sector, international, foundation, ong"
    ),
    Kind.COMMUNITY: (
        "community, organisation communautaire de base, community led, makerspace / fablab, makerspace, fablab"
    ),
    Kind.UNIVERSITY: (
        "university, universite ou recherche, university / research hub, academic research, research, academic"
    ),
    Kind.CITIZENS: "citizens, collectif d'habitants, civic tech group, citizens group",
}
KIND_OF = {word.strip(): kind for kind, words in _KINDS.items() for word in words.split(",")}
"""Our kind for the words other lists use, folded, hyphens as spaces."""
_NAMED = {
    Kind.UNIVERSITY: "university universite universidad universita universiteit college institute institut faculty",
    Kind.NGO: "association foundation fondation ngo ong asbl stichting fundacion verein",
    Kind.CITIZENS: "code4 brigade citizens habitants",
    Kind.COMPANY: "gmbh ltd inc sarl srl company corporation",
}
KIND_OF_WORD = {word: kind for kind, words in _NAMED.items() for word in words.split()}


class Outcome(Enum):
    """What an import did with a line."""

    NEW = "new"
    SAME = "same"
    LOOKALIKE = "lookalike"


class RecordRefused(DomainError):
    """The line does not say which organisation, or in which country."""


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """A line read and judged. `kind` is one of ours; degrees are WGS 84, None when the line gives none that exist."""

    name: str
    country: str
    kind: str
    city: str = ""
    acronym: str = ""
    website: str = ""
    place: Place | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """The organisation a line stands for, whether it is new, and which others it may be."""

    outcome: Outcome
    organisation: Organisation
    lookalikes: list[Lookalike] = field(default_factory=list)


def kind_of(told: str, name: str) -> str:
    """Our kind for what a list calls an organisation; else the kind its name tells; else authority."""
    known = KIND_OF.get(fold(told).replace("-", " "))
    if known is not None:
        return known
    words = fold(name).split()
    return next((KIND_OF_WORD[word] for word in words if word in KIND_OF_WORD), Kind.AUTHORITY)


def _text(row: Mapping[str, Any], *names: str) -> str:
    """The first of these columns that holds something, on one line."""
    return next((one_line(str(row[name])) for name in names if row.get(name) not in (None, "")), "")


def _degrees(row: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Latitude and longitude of the line when they are a place on Earth."""
    try:
        north, east = float(_text(row, "lat", "latitude")), float(_text(row, "lon", "longitude"))
    except ValueError:
        return None, None
    if not (math.isfinite(north) and math.isfinite(east)) or abs(north) > 90 or abs(east) > 180:
        return None, None
    return north, east


def _website(row: Mapping[str, Any]) -> str:
    """The web address when it is one; a broken one is left out rather than the whole line."""
    address = _text(row, "url", "website")
    if address and "//" not in address:
        address = f"https://{address}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        return ""
    return address if len(address) <= LONGEST_ADDRESS else ""


def _is_country(city: str, country: str) -> bool:
    """Whether a "city" is only the country's name, in French or English."""
    return bool(city) and fold(city) in country_names(country)


def _place(country: str, city: str, north: float | None, east: float | None) -> Place | None:
    """The city in the gazetteer; of several namesakes, the one the degrees of the line are close to."""
    named = places_called(country, city)
    if len(named) > 1 and north is not None and east is not None:
        here = Keys(0, "", country, latitude=north, longitude=east)
        apart = [(here.kilometres_to(place.latitude, place.longitude) or 0.0, place) for place in named]
        distance, nearest = min(apart, key=lambda found: found[0])
        if distance <= NEAR:
            return nearest
    return recognise_city(country, city)


def read_record(*, row: Mapping[str, Any]) -> OrganisationRecord:
    """The organisation a line tells of: name, kind, city, country, lat, lon, url; acronym when there is one.

    The country is an ISO 3166 alpha-2 code. A city the gazetteer knows is kept as it calls it; one that is only the
    country's name is none. Raises RecordRefused without a name of at most 160 characters or without a known country.
    """
    name, country, city = _text(row, "name"), _text(row, "country").upper(), _text(row, "city")
    if not name:
        raise RecordRefused(_("le nom manque"))
    if len(name) > LONGEST_NAME:
        raise RecordRefused(_("le nom dépasse 160 caractères : sans doute plusieurs organisations"))
    if country not in countries:
        raise RecordRefused(_("le pays manque ou n’est pas un code à deux lettres"))
    north, east = _degrees(row)
    if _is_country(city, country):
        city, north, east = "", None, None
    place = _place(country, city, north, east) if city else None
    return OrganisationRecord(
        name=name,
        country=country,
        kind=kind_of(_text(row, "kind"), name),
        city=place.label("fr") if place else city[:LONGEST_CITY],
        acronym=_text(row, "acronym")[:30],
        website=_website(row),
        place=place,
        latitude=None if place else north,
        longitude=None if place else east,
    )


@transaction.atomic
def import_record(*, record: OrganisationRecord, now: datetime) -> ImportedLine:
    """Make the organisation of a record, confirmed, unless it is there; name those it looks like.

    A second run changes nothing: the same name in the same country is the same organisation, or the one it was united
    with since. Raises OrganisationRemoved, HiddenCharacters.
    """
    organisation, created = import_organisation(
        name=record.name,
        country=record.country,
        kind=record.kind,
        city=record.city,
        geoname_id=record.place.geonames_id if record.place else None,
        acronym=record.acronym,
        website=record.website,
        latitude=record.latitude,
        longitude=record.longitude,
        now=now,
    )
    if not created:
        return ImportedLine(Outcome.SAME, organisation)
    lookalikes = find_lookalikes(keys=organisation.keys, among=Organisation.objects.confirmed())
    return ImportedLine(Outcome.LOOKALIKE if lookalikes else Outcome.NEW, organisation, lookalikes)
