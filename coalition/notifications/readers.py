"""What an account follows and how it wants to be told."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Follow(models.Model):
    """An account follows a thing (`coalition.core.following`), or has silenced it: `muted` tells nothing of it.

    `automatic`: written because the account wrote, said or signed something, not because it asked.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    target_kind = models.CharField(max_length=20)
    target_key = models.CharField(max_length=130)
    muted = models.BooleanField(_("silencieux"), default=False)
    automatic = models.BooleanField(_("de lui-même"), default=False)
    created_at = models.DateTimeField(_("suivi depuis"))

    class Meta:
        verbose_name = _("suivi")
        verbose_name_plural = _("suivis")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "target_kind", "target_key"], name="follow_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["target_kind", "target_key"], name="follow_target")]

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_key}"

    @property
    def target(self) -> tuple[str, str]:
        """What is followed, as sources know it."""
        return self.target_kind, self.target_key


class Preferences(models.Model):
    """How one account is told; an account without a row has the defaults.

    Quiet hours are whole hours of the account's own time zone, and may pass midnight. The slots are the days of the
    last digests written.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="preferences"
    )
    auto_follow = models.BooleanField(_("suivre ce à quoi je prends part"), default=True)
    quiet_from = models.PositiveSmallIntegerField(_("heures calmes, à partir de"), null=True, blank=True)
    quiet_to = models.PositiveSmallIntegerField(_("heures calmes, jusqu’à"), null=True, blank=True)
    paused_until = models.DateField(_("en pause jusqu’au"), null=True, blank=True)
    daily_slot = models.DateField(null=True, editable=False)
    weekly_slot = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("préférences de courrier")
        verbose_name_plural = _("préférences de courrier")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False, quiet_from__lte=23, quiet_to__lte=23),
                name="preferences_quiet_hours_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.account_id}"
