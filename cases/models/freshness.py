"""Whether a case is still true: who was asked when, and what a reader is told when nobody answered."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from cases.models.catalogue import CatalogueEntry


class CaseCheck(models.Model):
    """What is known of a case's freshness besides its publications; all its translations share it.

    `confirmed_at`: somebody who writes it said it is still true. `asked_at`: its editors were last asked, or would have
    been if there were any. `archived_at`: organisers keep it as a note of the past. The catalogue holds what follows
    from it (`actions.freshness.show_check`).
    """

    number = models.PositiveIntegerField(primary_key=True)
    confirmed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.number)


class Freshness(models.Model):
    """Columns of the catalogue. `checked_at`: last published or confirmed, in whatever language."""

    checked_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def archived(self) -> bool:
        """Kept as a note since it was last published or confirmed."""
        return self.archived_at is not None and self.archived_at >= self.checked_at

    @property
    def stale(self) -> bool:
        """Its editors were asked whether it is still true, and CASE_STALE_AFTER went by without an answer."""
        return is_stale(self.checked_at, self.asked_at, timezone.now()) and not self.archived

    @property
    def freshness_words(self) -> str:
        """What a reader is told: "" while it is fresh."""
        if self.archived:
            return _("Note d’archive : plus personne ne tient ce cas depuis %(month)s") % self._month(self.archived_at)
        if self.stale:
            return _("Personne n’a confirmé ce cas depuis %(month)s") % self._month(self.checked_at)
        return ""

    def _month(self, moment: datetime | None) -> dict[str, str]:
        return {"month": format_date(moment, "F Y") if moment else ""}


def is_stale(checked_at: datetime, asked_at: datetime | None, now: datetime) -> bool:
    """Asked since it was last known to be true, long enough ago for an answer to have come."""
    return asked_at is not None and asked_at >= checked_at and asked_at <= now - settings.CASE_STALE_AFTER


def freshness_of(entries: "Iterable[CatalogueEntry]") -> dict[str, Any]:
    """For the template of a case: the sentence its banner says, "" for none. `entries`: its rows in the catalogue."""
    entry = next(iter(entries), None)
    return {"freshness": entry.freshness_words if entry is not None else ""}
