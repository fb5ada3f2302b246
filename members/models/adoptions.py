"""The charter as an organisation adopts it at home, with its local changes."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.enums import AdoptionState, LocalChangeKind
from members.models.coalitions import Coalition
from members.models.mandates import Affiliation
from members.models.organisations import Organisation
from members.querysets import LocalAdoptionQuerySet


class LocalAdoption(models.Model):
    """An organisation's own decision to apply a version of the charter, on a day, by a document."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="adoptions")
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="adoptions")
    affiliation = models.ForeignKey(Affiliation, null=True, on_delete=models.PROTECT, related_name="+")
    document_title = models.CharField(max_length=200)
    document_version = models.CharField(max_length=20)
    document_sha256 = models.CharField(max_length=64)
    adopted_on = models.DateField(_("adoptée le"))
    decision_reference = models.CharField(_("décision"), max_length=200)
    decision_url = models.URLField(_("adresse de la décision"), blank=True)
    decision_document = models.ForeignKey("core.Attachment", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(_("en quelques mots"), max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=AdoptionState.choices, default=AdoptionState.PUBLISHED)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(max_length=1000, blank=True)

    objects = LocalAdoptionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-adopted_on", "-pk"]
        verbose_name = _("adoption locale")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "coalition"],
                condition=models.Q(state="published"),
                name="one_published_adoption",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.document_version}"


class LocalChange(models.Model):
    """What the local text does to one article, in the organisation's words."""

    adoption = models.ForeignKey(LocalAdoption, on_delete=models.CASCADE, related_name="changes")
    article_key = models.SlugField(max_length=60, blank=True)
    article_title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=LocalChangeKind.choices)
    text = models.TextField(_("texte local"), max_length=5000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.adoption_id}, {self.article_title}"
