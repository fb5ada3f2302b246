"""The coalition: what it is, what its page says, how many co-sponsors make it official."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.enums import CoalitionState, Kind, WithdrawalTrace
from members.querysets import CoalitionQuerySet


class Coalition(models.Model):
    """A numbered, public project of the network."""

    number = models.PositiveIntegerField(_("numéro"), unique=True)
    slug = models.SlugField(unique=True)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    title_fr = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    tagline_fr = models.TextField(blank=True)
    tagline_en = models.TextField(blank=True)
    theme_fr = models.CharField(max_length=120, blank=True)
    theme_en = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=CoalitionState.choices, default=CoalitionState.PROJECT)
    needs_cosponsors = models.BooleanField(default=True)
    cosponsors_needed = models.PositiveSmallIntegerField(_("co-porteurs nécessaires"), default=0)
    official_since = models.DateTimeField(_("officielle depuis"), null=True, blank=True)
    renewal_months = models.PositiveSmallIntegerField(_("renouvellement, en mois"), default=12)
    withdrawal_trace = models.CharField(
        _("ce qui reste public d’un retrait"),
        max_length=8,
        choices=WithdrawalTrace.choices,
        default=WithdrawalTrace.NAME,
    )
    opened_on = models.DateField()

    objects = CoalitionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title_fr}"


class CoalitionSection(models.Model):
    """One block of the coalition's page; `is_open` marks what the coalition still has to define together."""

    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField()
    title_fr = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    body_fr = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    is_open = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["coalition", "key"], name="unique_section_key")]

    def __str__(self) -> str:
        return f"{self.coalition_id}/{self.key}"


class KindThreshold(models.Model):
    """How many official co-sponsors of one kind the coalition needs, among all those it needs, to become official."""

    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="kind_thresholds")
    kind = models.CharField(_("nature"), max_length=20, choices=Kind.choices)
    minimum = models.PositiveSmallIntegerField(_("au moins"))

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["coalition", "kind"], name="one_threshold_for_a_kind"),
            models.CheckConstraint(condition=models.Q(minimum__gt=0), name="threshold_asks_for_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.minimum}"
