"""Reading: what may be listed, for whom."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from coalition.core.access import ORGANISERS, is_organiser, is_signed_in
from coalition.core.text import fold
from members.enums import CosponsorshipState, OrganisationState, Role


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
        return self.exclude(state=OrganisationState.REFUSED)

    def matching(self, text: str) -> "OrganisationQuerySet":
        """Those whose name, acronym or city holds every word of `text`, whatever accents and case."""
        found = self
        for word in fold(text).split()[:8]:
            found = found.filter(folded_text__contains=word)
        return found

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

    def representatives(self) -> "AffiliationQuerySet":
        return self.filter(role=Role.REPRESENTATIVE)


class CosponsorshipQuerySet(models.QuerySet[Any]):
    def official(self) -> "CosponsorshipQuerySet":
        """The public list, oldest signature first."""
        return self.filter(state=CosponsorshipState.OFFICIAL, organisation__state=OrganisationState.CONFIRMED).order_by(
            "decided_at", "pk"
        )

    def submitted(self) -> "CosponsorshipQuerySet":
        """Those waiting for an organiser, oldest first."""
        return self.filter(state=CosponsorshipState.SUBMITTED).order_by("confirmed_at", "pk")

    def live(self) -> "CosponsorshipQuerySet":
        """Neither declined nor withdrawn: at most one an organisation and coalition."""
        return self.exclude(state__in=[CosponsorshipState.DECLINED, CosponsorshipState.WITHDRAWN])

    def visible_to(self, account: Any) -> "CosponsorshipQuerySet":
        """Official ones for everybody; all for organisers; one's own organisation's whatever their state."""
        if is_organiser(account):
            return self.all()
        public = Q(state=CosponsorshipState.OFFICIAL, organisation__state=OrganisationState.CONFIRMED)
        if not is_signed_in(account):
            return self.filter(public)
        own = Q(organisation__affiliations__account=account, organisation__affiliations__ended_on=None)
        return self.filter(public | own).distinct()
