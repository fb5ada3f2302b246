"""Events: what the public reads, what an account may read, what is near."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from coalition.core.access import is_known, is_organiser
from coalition.pages.enums import NEAR, PUBLIC, EventState
from members.enums import OrganisationState, Role

WRITERS = (Role.EDITOR, Role.REPRESENTATIVE)


class NetworkEventQuerySet(QuerySet[Any]):
    """Events, whatever their state, unless a method narrows them."""

    def public(self) -> "NetworkEventQuerySet":
        """Published and cancelled ones, unless their organisation is not, or no longer, in the network."""
        held = Q(organisation=None) | Q(organisation__state=OrganisationState.CONFIRMED)
        return self.filter(held, state__in=PUBLIC)

    def held_by(self, account: Any) -> "NetworkEventQuerySet":
        """Those the account writes: all for organisers, those of its organisations for editors and representatives."""
        if not is_known(account):
            return self.none()
        if is_organiser(account):
            return self
        mine = [pk for pk, role in account.roles.items() if role in WRITERS]
        return self.filter(organisation__in=mine, organisation__state=OrganisationState.CONFIRMED)

    def visible_to(self, account: Any) -> "NetworkEventQuerySet":
        """What the public reads, and what the account writes."""
        if not is_known(account):
            return self.public()
        rows = self.model._default_manager
        own = rows.held_by(account).values("pk")
        return self.filter(Q(pk__in=rows.public().values("pk")) | Q(pk__in=own))

    def coming(self, now: datetime) -> "NetworkEventQuerySet":
        """Not over yet, the first to come first."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def near(self, now: datetime) -> "NetworkEventQuerySet":
        """Published ones that begin within two days."""
        return self.public().filter(state=EventState.PUBLISHED, starts_at__gt=now, starts_at__lte=now + NEAR)

    def whole(self) -> "NetworkEventQuerySet":
        """With who holds them."""
        return self.select_related("organisation", "coalition")
