"""Reading the inbox."""

from datetime import datetime
from typing import Any

from django.db import models

from coalition.contact.enums import WAITING


class MessageQuerySet(models.QuerySet[Any]):
    """Messages."""

    def waiting(self) -> "MessageQuerySet":
        """Those nobody answered or closed, the oldest first."""
        return self.filter(state__in=WAITING).order_by("created_at", "pk")

    def settled(self) -> "MessageQuerySet":
        """Answered or closed, the latest first."""
        return self.exclude(state__in=WAITING).order_by("-created_at", "-pk")

    def past(self, cutoff: datetime) -> "MessageQuerySet":
        """Sent before `cutoff`."""
        return self.filter(created_at__lt=cutoff)
