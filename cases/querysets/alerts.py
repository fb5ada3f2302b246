"""Reading saved searches: whose, and which are due."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from cases.enums import Frequency, SearchState

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
