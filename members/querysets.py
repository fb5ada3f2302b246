"""Reading: what may be listed, for whom."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Aggregate, Avg, Case, Count, Exists, F, Func, JSONField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Left

from coalition.core.access import ORGANISERS, is_organiser, is_signed_in
from coalition.core.geo import OUTSIDE, UNPLACED
from coalition.core.profiles import organisation_counts
from coalition.core.text import fold
from members.enums import (
    LIVE,
    NAME_HOLDERS,
    PUBLIC,
    AdoptionState,
    CosponsorshipState,
    DirectorySort,
    InvitationState,
    JoinRequestState,
    OrganisationState,
    Role,
    Standing,
    SupporterKind,
    SupportState,
)

if TYPE_CHECKING:
    from members.search import Selection

WORD = re.compile(r"[a-z0-9]+")
MOST_WORDS = 8
COLUMN_FACETS = ("kind", "side", "country")
LIST_FACETS = ("offers", "seeks")


class Unnest(Func):
    """The values of an array, a row each."""

    function = "unnest"
    set_returning = True


class MostCommon(Aggregate):
    """The value most rows of a group have; the first in order where several are as common."""

    function = "mode"
    template = "%(function)s() WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(slots=True)
class Figures:
    """What stands around the directory: all organisations, those found, those beside the map by country, and what each
    value of each facet would give.
    """

    total: int = 0
    found: int = 0
    outside: dict[str, int] = field(default_factory=dict)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


class UserQuerySet(models.QuerySet[Any]):
    def organisers(self) -> "UserQuerySet":
        """Active members of the organisers' group and superusers (their second factor is checked by the door)."""
        return self.filter(Q(groups__name=ORGANISERS) | Q(is_superuser=True), is_active=True).distinct()


class CoalitionQuerySet(models.QuerySet[Any]):
    def looking_for_cosponsors(self) -> "CoalitionQuerySet":
        """The coalitions an organisation can join, first number first."""
        return self.filter(needs_cosponsors=True).order_by("number")


class OrganisationQuerySet(models.QuerySet[Any]):
    def confirmed(self) -> "OrganisationQuerySet":
        """The organisations the public sees."""
        return self.filter(state=OrganisationState.CONFIRMED)

    def pending(self) -> "OrganisationQuerySet":
        """Those the organisers still have to confirm, oldest first."""
        return self.filter(state=OrganisationState.PENDING).order_by("created_at", "pk")

    def not_refused(self) -> "OrganisationQuerySet":
        """Those that hold their name: confirmed, or waiting to be."""
        return self.filter(state__in=NAME_HOLDERS)

    def matching(self, text: str) -> "OrganisationQuerySet":
        """Those whose name, acronym or city has a word that begins as each word of `text` does, whatever accents."""
        words = WORD.findall(fold(text))[:MOST_WORDS]
        if not words:
            return self.none() if text.strip() else self.all()
        beginnings = " & ".join(f"{word}:*" for word in words)
        return self.filter(search=SearchQuery(beginnings, config="simple", search_type="raw"))

    def _cosponsors(self, **acts: Any) -> Any:
        held = {f"cosponsorships__{name}": value for name, value in acts.items()}
        return self.model._default_manager.filter(cosponsorships__state__in=PUBLIC, **held).values("pk")

    def _standing(self, standing: str) -> Q:
        cosponsor = Q(pk__in=self._cosponsors())
        if standing == Standing.COSPONSOR:
            return cosponsor
        supporters = self.model._default_manager.filter(supports__state=SupportState.ACTIVE).values("pk")
        supporter = Q(pk__in=supporters)
        return supporter & ~cosponsor if standing == Standing.SUPPORTER else ~supporter & ~cosponsor

    def _asks(self, name: str, values: tuple[str, ...]) -> Q:
        """The condition of one facet: any of its values will do."""
        if name in COLUMN_FACETS:
            return Q(**{f"{name}__in": values})
        if name in LIST_FACETS:
            return Q(**{f"{name}__overlap": list(values)})
        if name == "commitment":
            return Q(pk__in=self._cosponsors(commitments__overlap=list(values)))
        either = Q(pk__in=[])
        for value in values:
            if name == "standing":
                either |= self._standing(value)
            else:
                either |= Q(map_cell="") if value == UNPLACED else Q(map_cell__startswith=value)
        return either

    def answering(self, selection: "Selection", besides: str = "") -> "OrganisationQuerySet":
        """Confirmed ones a selection asks for; `besides` names one facet left open."""
        found = self.confirmed().matching(selection.q)
        names = (*COLUMN_FACETS, *LIST_FACETS, "commitment", "standing", "square")
        for name in names:
            if name != besides and selection.of(name):
                found = found.filter(self._asks(name, selection.of(name)))
        return found

    def with_standing(self) -> "OrganisationQuerySet":
        """With what a list says of each: its standing, since when it co-sponsors, and what the apps above count."""
        acts = self.model._meta.get_field("cosponsorships").related_model._default_manager
        supports = self.model._meta.get_field("supports").related_model._default_manager
        public = acts.filter(organisation=OuterRef("pk"), state__in=PUBLIC).order_by("decided_at", "pk")
        active = supports.filter(organisation=OuterRef("pk"), state=SupportState.ACTIVE)
        standing = Case(
            When(Exists(public), then=Value(Standing.COSPONSOR)),
            When(Exists(active), then=Value(Standing.SUPPORTER)),
            default=Value(Standing.NEITHER),
        )
        since = Subquery(public.values("decided_at")[:1])
        return self.annotate(cosponsor_since=since, standing=standing, **organisation_counts())

    def in_order(self, order: str) -> "OrganisationQuerySet":
        """Sorted; ties by name, then by number, so that pages never overlap. By cases needs `with_standing`."""
        if order == DirectorySort.NEWEST:
            return self.order_by("-decided_at", "folded_name", "pk")
        if order == DirectorySort.CASES and "case_count" in self.query.annotations:
            return self.order_by("-case_count", "folded_name", "pk")
        return self.order_by("folded_name", "pk")

    def _grouped(self, group: str, key: Any) -> models.QuerySet[Any]:
        plain = self.order_by().values(group=Value(group), key=key)
        return plain.annotate(n=Count("pk", distinct=group == "commitment")).values_list("group", "key", "n")

    def _facet(self, selection: "Selection", name: str) -> models.QuerySet[Any]:
        found = self.answering(selection, besides=name)
        if name in COLUMN_FACETS:
            return found._grouped(name, F(name))
        if name in LIST_FACETS:
            return found._grouped(name, Unnest(F(name)))
        if name == "commitment":
            acts = found.filter(cosponsorships__state__in=PUBLIC)
            return acts._grouped(name, Unnest(F("cosponsorships__commitments")))
        whens = [When(self._standing(value), then=Value(value)) for value in (Standing.COSPONSOR, Standing.SUPPORTER)]
        return found._grouped(name, Case(*whens, default=Value(Standing.NEITHER)))

    def figures(self, selection: "Selection") -> Figures:
        """All figures of the directory in one query. A facet counts what each value would give under the others."""
        names = (*COLUMN_FACETS, *LIST_FACETS, "commitment", "standing")
        found = self.answering(selection)
        parts = [self.confirmed()._grouped("total", Value("")), found._grouped("found", Value(""))]
        parts.append(found.filter(map_cell=OUTSIDE)._grouped("outside", F("country")))
        parts += [self._facet(selection, name) for name in names]
        figures = Figures(facets={name: {} for name in names})
        for group, key, n in parts[0].union(*parts[1:], all=True):
            if group in ("total", "found"):
                setattr(figures, group, n)
            else:
                (figures.outside if group == "outside" else figures.facets[group])[key] = n
        return figures

    def how_many(self, selections: "list[Selection]") -> list[int]:
        """How many each selection would find, in one query."""
        parts = [self.answering(each)._grouped(str(rank), Value("")) for rank, each in enumerate(selections)]
        found = {group: n for group, _key, n in parts[0].union(*parts[1:], all=True)} if parts else {}
        return [found.get(str(rank), 0) for rank in range(len(selections))]

    def by_cell(self, letters: int) -> models.QuerySet[Any]:
        """The squares of the map, cut `letters` times, that hold some of these: count, middle in degrees, number of
        cities, and the city most of them are in as [country, name, number of GeoNames]. At most 48 x 4**letters rows.
        """
        placed = self.exclude(map_cell__in=("", OUTSIDE)).order_by()
        city = Func(F("country"), F("city"), F("geoname_id"), function="jsonb_build_array", output_field=JSONField())
        return placed.values(cell=Left("map_cell", 2 + letters)).annotate(
            n=Count("pk"),
            north=Avg("latitude"),
            east=Avg("longitude"),
            main_city=MostCommon(city, output_field=JSONField()),
            cities=Count(city, distinct=True),
        )

    def visible_to(self, account: Any) -> "OrganisationQuerySet":
        """Confirmed ones for everybody; all for organisers; one's own whatever their state."""
        if is_organiser(account):
            return self.all()
        if not is_signed_in(account):
            return self.confirmed()
        own = Q(affiliations__account=account, affiliations__ended_on=None)
        return self.filter(Q(state=OrganisationState.CONFIRMED) | own).distinct()

    def of_account(self, account: Any, *roles: str) -> "OrganisationQuerySet":
        """Organisations the account belongs to today, in one of `roles` (any role when none is given)."""
        if not is_signed_in(account):
            return self.none()
        own = Q(affiliations__account=account, affiliations__ended_on=None)
        if roles:
            own &= Q(affiliations__role__in=roles)
        return self.filter(own).distinct()


class AffiliationQuerySet(models.QuerySet[Any]):
    def active(self, on: date | None = None) -> "AffiliationQuerySet":
        """Those not ended (or, with a day given, that run on that day)."""
        if on is None:
            return self.filter(ended_on=None)
        return self.filter(started_on__lte=on).filter(Q(ended_on=None) | Q(ended_on__gt=on))

    def alone(self, account: Any) -> "AffiliationQuerySet":
        """The running mandates of the account by which it is the only representative of an organisation."""
        representing = self.active().representatives()
        others = representing.exclude(account=account).values("organisation_id")
        return representing.filter(account=account).exclude(organisation__in=others).select_related("organisation")

    def representatives(self) -> "AffiliationQuerySet":
        return self.filter(role=Role.REPRESENTATIVE)

    def owning(self, address: str) -> "AffiliationQuerySet":
        """Those of the account that has this address, or proved it."""
        proved = Q(account__emailaddress__email__iexact=address.strip(), account__emailaddress__verified=True)
        return self.filter(Q(account__email__iexact=address.strip()) | proved).distinct()


class CosponsorshipQuerySet(models.QuerySet[Any]):
    def official(self) -> "CosponsorshipQuerySet":
        """The public list, oldest signature first; those whose yearly renewal is awaited are still on it."""
        return self.filter(state__in=PUBLIC, organisation__state=OrganisationState.CONFIRMED).order_by(
            "decided_at", "pk"
        )

    def submitted(self) -> "CosponsorshipQuerySet":
        """Those waiting for an organiser, oldest first."""
        return self.filter(state=CosponsorshipState.SUBMITTED).order_by("confirmed_at", "pk")

    def live(self) -> "CosponsorshipQuerySet":
        """Neither declined nor withdrawn: at most one an organisation and coalition."""
        return self.filter(state__in=LIVE)

    def left(self) -> "CosponsorshipQuerySet":
        """Those that were official and withdrew, latest first; what of them is public, the coalition decides."""
        return self.filter(state=CosponsorshipState.WITHDRAWN, decided_at__isnull=False).order_by("-withdrawn_at", "pk")

    def of_confirmed(self) -> "CosponsorshipQuerySet":
        """Those whose organisation everybody may read of."""
        return self.filter(organisation__state=OrganisationState.CONFIRMED)

    def counting(self) -> "CosponsorshipQuerySet":
        """Those that count for the threshold: official today, their yearly renewal given."""
        return self.filter(state=CosponsorshipState.OFFICIAL, organisation__state=OrganisationState.CONFIRMED)

    def to_renew(self) -> "CosponsorshipQuerySet":
        """Those whose organisation was asked whether it still stands by its act, asked longest ago first."""
        return self.filter(state=CosponsorshipState.TO_RENEW).order_by("renewal_asked_at", "pk")

    def holding_a_text(self) -> "CosponsorshipQuerySet":
        """Those a newer version of the text is put to: public ones, and those the organisers are looking at."""
        return self.filter(state__in=(*PUBLIC, CosponsorshipState.SUBMITTED))

    def behind(self, sha256: str) -> "CosponsorshipQuerySet":
        """Those that hold another version than the one with this hash."""
        return self.holding_a_text().exclude(document_sha256=sha256).order_by("signed_at", "pk")

    def by_version(self) -> Any:
        """How many public acts hold each version: rows {document_version, document_sha256, count}, in no order."""
        public = self.filter(state__in=PUBLIC, organisation__state=OrganisationState.CONFIRMED).order_by()
        return public.values("document_version", "document_sha256").annotate(count=Count("pk"))

    def visible_to(self, account: Any) -> "CosponsorshipQuerySet":
        """Official ones for everybody; signed ones for organisers and members; drafts for representatives only."""
        signed = ~Q(state=CosponsorshipState.DRAFT)
        public = Q(state__in=PUBLIC, organisation__state=OrganisationState.CONFIRMED)
        if not is_signed_in(account):
            return self.filter(public)
        own = Q(organisation__affiliations__account=account, organisation__affiliations__ended_on=None)
        drafted = Q(state=CosponsorshipState.DRAFT, organisation__affiliations__role=Role.REPRESENTATIVE) & own
        seen = signed if is_organiser(account) else public | (signed & own)
        return self.filter(seen | drafted).distinct()


class InvitationQuerySet(models.QuerySet[Any]):
    def open(self) -> "InvitationQuerySet":
        """Neither answered nor cancelled; their last day may be past."""
        return self.filter(state=InvitationState.OPEN)


class JoinRequestQuerySet(models.QuerySet[Any]):
    def standing(self, *, since: datetime) -> "JoinRequestQuerySet":
        """Those that wait, and those declined after `since`, latest first."""
        declined = Q(state=JoinRequestState.DECLINED, decided_at__gt=since)
        return self.filter(Q(state=JoinRequestState.OPEN) | declined).order_by("-created_at", "-pk")

    def with_answerers(self) -> "JoinRequestQuerySet":
        """Each with `answerers`: how many people represent the organisation today and can answer."""
        running = Q(organisation__affiliations__ended_on=None, organisation__affiliations__role=Role.REPRESENTATIVE)
        return self.annotate(answerers=models.Count("organisation__affiliations", filter=running))

    def open(self) -> "JoinRequestQuerySet":
        """Those the representatives still have to answer, oldest first."""
        return self.filter(state=JoinRequestState.OPEN).order_by("created_at", "pk")


class SupportQuerySet(models.QuerySet[Any]):
    def active(self) -> "SupportQuerySet":
        """Confirmed and not withdrawn, oldest first."""
        return self.filter(state=SupportState.ACTIVE).order_by("confirmed_at", "pk")

    def of_organisations(self) -> "SupportQuerySet":
        """Confirmed organisations that support without being co-sponsors: those are shown once, as co-sponsors."""
        acts = apps.get_model("members", "Cosponsorship").objects.filter(
            coalition=OuterRef("coalition"), organisation=OuterRef("organisation"), state__in=PUBLIC
        )
        return (
            self.active()
            .filter(kind=SupporterKind.ORGANISATION, organisation__state=OrganisationState.CONFIRMED)
            .exclude(Exists(acts))
        )

    def of_persons(self) -> "SupportQuerySet":
        """Persons whose mailbox confirmed it, named or not."""
        return self.active().filter(kind=SupporterKind.PERSON)

    def listed(self) -> "SupportQuerySet":
        """What the public reads by name: organisations, and the persons who agreed."""
        persons = self.of_persons().filter(name_is_public=True).order_by()
        return self.filter(
            Q(pk__in=self.of_organisations().order_by().values("pk")) | Q(pk__in=persons.values("pk"))
        ).order_by("confirmed_at", "pk")

    def of_address(self, address: str) -> "SupportQuerySet":
        """A person's, whatever the case in which the address was written."""
        return self.filter(kind=SupporterKind.PERSON, email__iexact=address)

    def live(self) -> "SupportQuerySet":
        """Waiting for the mailbox, or confirmed; at most one a person or organisation and coalition."""
        return self.filter(state__in=(SupportState.AWAITING, SupportState.ACTIVE))

    def unconfirmed(self, older_than: datetime) -> "SupportQuerySet":
        """Asked before that moment and never confirmed."""
        return self.filter(state=SupportState.AWAITING, created_at__lt=older_than)


class TokenQuerySet(models.QuerySet[Any]):
    def live(self, now: datetime) -> "TokenQuerySet":
        """Neither taken back nor out of date."""
        return self.filter(revoked_at=None, expires_at__gt=now)


class LocalAdoptionQuerySet(models.QuerySet[Any]):
    def published(self) -> "LocalAdoptionQuerySet":
        """Those everybody may read, latest first."""
        return self.filter(state=AdoptionState.PUBLISHED, organisation__state=OrganisationState.CONFIRMED)

    def visible_to(self, account: Any) -> "LocalAdoptionQuerySet":
        """Those of confirmed organisations for everybody, withdrawn ones too; one's own and an organiser's always."""
        if is_organiser(account):
            return self.all()
        public = Q(organisation__state=OrganisationState.CONFIRMED)
        if not is_signed_in(account):
            return self.filter(public)
        own = Q(organisation__affiliations__account=account, organisation__affiliations__ended_on=None)
        return self.filter(public | own).distinct()
