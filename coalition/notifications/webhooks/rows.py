"""A program that organisers want told of public changes."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.notifications.enums import HookState, Theme


class Webhook(models.Model):
    """An address that hears of public changes of some themes.

    No secret is stored: it follows from the site's own key, the number of this row and `rotation`, which counts the
    times it was changed. `failing_since` and `failures` say how long and how often it has not answered in a row.
    """

    name = models.CharField(_("nom"), max_length=100)
    url = models.URLField(_("adresse"), max_length=500)
    themes = ArrayField(models.CharField(max_length=20, choices=Theme.choices), verbose_name=_("ce qu’il apprend"))
    state = models.CharField(_("état"), max_length=10, choices=HookState.choices, default=HookState.ACTIVE)
    rotation = models.PositiveIntegerField(default=0)
    rotated_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("inscrit le"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        verbose_name = _("logiciel averti")
        verbose_name_plural = _("logiciels avertis")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=HookState.values), name="webhook_state_known"),
            models.CheckConstraint(
                condition=Q(failures=0, failing_since=None) | Q(failures__gt=0, failing_since__isnull=False),
                name="webhook_failures_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def theme_words(self) -> list[str]:
        """What it hears of, in words."""
        return [str(Theme(theme).label) for theme in self.themes]
