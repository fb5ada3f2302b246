"""Reading saved searches: whose, and which are due."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Lower

from cases.enums import Frequency, SearchState, SubscriberState
from coalition.notifications.addressees import StoppedAddress

WEEK = timedelta(days=7)


class SavedSearchQuerySet(models.QuerySet[Any]):
    def running(self) -> "SavedSearchQuerySet":
        """Confirmed and not stopped."""
        return self.filter(state=SearchState.ACTIVE)

    def standing(self) -> "SavedSearchQuerySet":
        """Running, or waiting for their mailbox."""
        return self.filter(state__in=[SearchState.PENDING, SearchState.ACTIVE])

    def of_address(self, address: str) -> "SavedSearchQuerySet":
        """Those of an address without account, whatever its case."""
        return self.filter(address__iexact=address.strip(), account=None)

    def due(self, today: date) -> "SavedSearchQuerySet":
        """Running ones whose day has come, identical questions side by side.

        The calendar only paces them; what is told is a matter of places, not of days. One that ran on a day to come,
        because a clock was wrong, is due too.
        """
        daily = Q(frequency=Frequency.DAILY) & ~Q(run_on=today)
        weekly = Q(frequency=Frequency.WEEKLY) & (Q(run_on__lte=today - WEEK) | Q(run_on__gt=today))
        found = self.running().filter(daily | weekly | Q(run_on=None))
        return found.order_by("language", "query", "pk")

    def unconfirmed(self, older_than: datetime) -> "SavedSearchQuerySet":
        """Asked for before, and never confirmed."""
        return self.filter(state=SearchState.PENDING, asked_at__lt=older_than)

    def with_mailbox(self) -> "SavedSearchQuerySet":
        """Each with `reached`, the address it is told at, in lower case, and `held`: nothing is sent there."""
        reached = self.select_related("account").annotate(reached=Lower(Coalesce("account__email", "address")))
        return reached.annotate(held=Exists(StoppedAddress.objects.filter(address=OuterRef("reached"))))

    def in_subscriber_state(self, state: str) -> "SavedSearchQuerySet":
        """After `with_mailbox`: those that wait, run, are held back although they stand, or have left."""
        states = {SubscriberState.PENDING: SearchState.PENDING, SubscriberState.ACTIVE: SearchState.ACTIVE}
        if state == SubscriberState.STOPPED:
            return self.standing().filter(held=True)
        if state == SubscriberState.LEFT:
            return self.filter(state=SearchState.ENDED)
        return self.filter(state=states[SubscriberState(state)], held=False)
