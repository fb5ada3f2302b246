"""Organisations that look like one: found before one is made twice, told apart once for all by an organiser."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import SearchQuery
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.core.access import require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from members.actions.logos import with_logos
from members.enums import NAME_HOLDERS
from members.merge import CROWD, Keys, Resemblance, compare, is_shared_host, resembling_pairs
from members.models import DistinctPair, Organisation

COMPARED = 300
"""Organisations that one name is compared with at most; more would share but a common word with it."""
COLUMNS = ("pk", "name", "country", "acronym", "web_domain", "city", "geoname_id", "latitude", "longitude")


@dataclass(frozen=True, slots=True)
class Lookalike:
    """An organisation that may be the one asked for, and why."""

    organisation: Organisation
    resemblance: Resemblance

    @property
    def reasons(self) -> list[Any]:
        """Each reason in the reader's words, the strongest first; a shared site or acronym is named."""
        organisation = self.organisation
        named = {"domain": organisation.web_domain, "acronym": organisation.acronym}
        return [
            f"{reason.label} ({named[reason]})" if named.get(reason) else reason.label
            for reason in self.resemblance.reasons
        ]


def find_lookalikes(*, keys: Keys, among: Any = None) -> list[Lookalike]:
    """The organisations that `keys` may already be, the most alike first; two queries.

    `among`: the organisations looked through, by default all that hold their name.
    """
    every = Organisation.objects.filter(state__in=NAME_HOLDERS) if among is None else among
    known = with_logos(every.filter(_worth_comparing(keys)).exclude(pk=keys.pk))[:COMPARED]
    crowded = _crowded(keys.domain)
    found = [
        Lookalike(organisation, resemblance)
        for organisation in known
        if (resemblance := compare(keys, organisation.keys, crowded=crowded))
    ]
    return sorted(found, key=lambda lookalike: (-lookalike.resemblance.score, lookalike.organisation.pk))


def _worth_comparing(keys: Keys) -> Q:
    """Organisations of the same country with a name, acronym, web site or word in common, each found by an index."""
    shorts = {*keys.acronyms, keys.initials} - {""}
    alike = Q(name_key__in=keys.name_keys) | Q(folded_acronym__in=shorts) | Q(folded_name__in=shorts)
    if keys.domain and not is_shared_host(keys.domain):
        alike |= Q(web_domain=keys.domain)
    if keys.stems:
        beginnings = " | ".join(f"{stem}:*" for stem in keys.stems)
        alike |= Q(search=SearchQuery(beginnings, config="simple", search_type="raw"))
    return alike & Q(country=keys.country)


def _crowded(domain: str) -> frozenset[str]:
    """The web site, when too many organisations share it to tell anything."""
    holders = Organisation.objects.filter(web_domain=domain, state__in=NAME_HOLDERS).exclude(web_domain="")
    return frozenset({domain} if len(holders.values_list("pk")[: CROWD + 1]) > CROWD else ())


def _keys_of(row: Any) -> Keys:
    pk, name, country, acronym, domain, city, geoname_id, latitude, longitude = row
    return Keys(pk, name, str(country), acronym, domain, city, geoname_id, latitude, longitude)


def probable_pairs() -> list[Resemblance]:
    """Confirmed organisations that may be one and that nobody has told apart, the most alike first; two queries."""
    rows = Organisation.objects.confirmed().order_by("country").values_list(*COLUMNS)
    told_apart = set(DistinctPair.objects.values_list("first_id", "second_id"))
    pairs = resembling_pairs(_keys_of(row) for row in rows.iterator())
    return [pair for pair in pairs if (pair.first, pair.second) not in told_apart]


@transaction.atomic
def tell_apart(*, one: Organisation, other: Organisation, actor: Any, now: datetime) -> DistinctPair:
    """Say that two organisations that look alike are two; they are not proposed again. The same twice changes nothing.

    Rule: organisers. Raises DomainError for an organisation and itself.
    """
    require(actor, "organisation.tell_apart", one)
    if one.pk == other.pk:
        raise DomainError(_("C’est la même organisation."))
    first, second = sorted((one, other), key=lambda organisation: organisation.pk)
    pair, made = DistinctPair.objects.get_or_create(
        first=first, second=second, defaults={"decided_by": actor, "decided_at": now}
    )
    if made:
        record(actor=actor, action="organisation.tell_apart", obj=first, now=now, other=second.pk)
    return pair


def told_apart_at_request(organisation: Organisation) -> set[int]:
    """The organisations that whoever asked for this one was shown, and said are others; one query."""
    kind = ContentType.objects.get_for_model(Organisation)
    lines = AuditLine.objects.filter(object_type=kind, object_id=organisation.pk, action="organisation.request")
    return {pk for data in lines.values_list("data", flat=True) for pk in data.get("told_apart", [])}
