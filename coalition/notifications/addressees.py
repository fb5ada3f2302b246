"""Addresses nothing is sent to any more, and how fast mail goes to each domain."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from coalition.notifications.enums import StopReason, StopSource


class StoppedAddress(models.Model):
    """An address, in lower case, that is not written to: why, since when, who said so. Lifting it deletes the row."""

    address = models.CharField(_("adresse"), max_length=320, unique=True)
    reason = models.CharField(_("raison"), max_length=10, choices=StopReason.choices)
    source = models.CharField(_("appris par"), max_length=10, choices=StopSource.choices)
    since = models.DateTimeField(_("depuis"))
    detail = models.CharField(_("détail"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("adresse arrêtée")
        verbose_name_plural = _("adresses arrêtées")
        indexes: ClassVar = [models.Index(fields=["-since"], name="stopped_since")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(reason__in=StopReason.values), name="stopped_reason_known"),
            models.CheckConstraint(condition=Q(source__in=StopSource.values), name="stopped_source_known"),
            models.CheckConstraint(condition=Q(address=Lower("address")), name="stopped_in_lower_case"),
        ]

    def __str__(self) -> str:
        return f"{self.address} ({self.reason})"

    @property
    def audit_label(self) -> str:
        """In the log without the address."""
        return f"#{self.pk}"


class DomainPace(models.Model):
    """How far the mail of one domain is ahead of its bound (`coalition.notifications.pacing`).

    `spent_until`: the moment up to which what left has used up its share. `tail_until`: when the last mail that was put
    off may leave.
    """

    domain = models.CharField(max_length=255, primary_key=True)
    spent_until = models.DateTimeField()
    tail_until = models.DateTimeField()

    class Meta:
        verbose_name = _("rythme d’un domaine")
        verbose_name_plural = _("rythmes des domaines")
        indexes: ClassVar = [models.Index(fields=["tail_until"], name="pace_tail")]

    def __str__(self) -> str:
        return self.domain
