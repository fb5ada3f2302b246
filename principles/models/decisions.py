"""Positions of organisations on an amendment, what was decided on it, and the minority opinions that stay."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from principles.enums import MAKES_A_VERSION, WITH_REASON, Choice, Outcome
from principles.models.amendments import Amendment
from principles.models.charters import Version
from principles.models.texts import MAX_MOTIVE
from principles.querysets import DecisionQuerySet, MinorityQuerySet, PositionQuerySet


class Position(models.Model):
    """What one organisation says of one amendment, now: one voice each, the database keeps it so.

    `wording` is the wording it was taken on; one older than the amendment's `reworded` waits to be confirmed.
    """

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="positions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="positions")
    choice = models.CharField(_("position"), max_length=12, choices=Choice.choices)
    reason = models.TextField(_("raison"), max_length=MAX_MOTIVE, blank=True)
    wording = models.PositiveIntegerField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("prise le"))

    objects: ClassVar[PositionQuerySet] = PositionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-given_at", "-pk"]
        verbose_name = _("position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["amendment", "organisation"], name="unique_position"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="position_choice_known"),
            models.CheckConstraint(
                condition=~Q(choice__in=[str(one.value) for one in WITH_REASON]) | ~Q(reason=""),
                name="position_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.organisation_id}, {self.choice}"


class PositionEntry(models.Model):
    """Every position ever taken, in order: it only grows (a trigger refuses)."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="position_entries")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=12, choices=Choice.choices)
    reason = models.TextField(blank=True)
    wording = models.PositiveIntegerField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("prise le"))

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("ligne de l’historique des positions")

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.organisation_id}, {self.choice}"


class Decision(models.Model):
    """What was decided on an amendment, why, by whom; with the version an acceptance made.

    `standing` is what the positions said under the charter's rule that day, frozen; `departs` says that the decision
    is not what the rule gave, which its motive then explains.
    """

    amendment = models.OneToOneField(Amendment, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    motive = models.TextField(_("motif"), max_length=MAX_MOTIVE)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("décidé le"))
    version = models.OneToOneField(Version, null=True, on_delete=models.PROTECT, related_name="decision")
    departs = models.BooleanField(_("s’écarte du résultat"), default=False)
    standing: Any = models.JSONField(default=dict)

    objects: ClassVar[DecisionQuerySet] = DecisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("décision")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome__in=[str(one.value) for one in MAKES_A_VERSION], version__isnull=False)
                | Q(outcome=Outcome.REFUSED, version=None),
                name="decision_makes_a_version_when_accepted",
            )
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.outcome}"


class MinorityOpinion(models.Model):
    """An objection or a reservation as it stood when the amendment was decided: printed with the article, unchanged."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="minority")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation_name = models.CharField(max_length=200)
    choice = models.CharField(max_length=12, choices=Choice.choices)
    reason = models.TextField()
    before_revision = models.BooleanField(default=False)

    objects: ClassVar[MinorityQuerySet] = MinorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["choice", "organisation_name", "pk"]
        verbose_name = _("opinion minoritaire")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(choice__in=[str(one.value) for one in WITH_REASON]), name="minority_objects_or_reserves"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.organisation_name}"
