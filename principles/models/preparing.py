"""A whole text that organisers prepare."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from principles.models.charters import Charter, Version
from principles.models.texts import MAX_MOTIVE, ArticleText, CharterText
from principles.querysets import DraftVersionQuerySet


class DraftVersion(models.Model):
    """A whole text organisers prepare, which becomes the next version when they publish it; nobody else sees it.

    `articles` are objects with the fields of ArticleText, in order; a leg may still be empty. `revision` counts its
    edits. Published, it stays as the record of why a version came without an amendment.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="drafts")
    base_version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("commencée le"))
    edited_at = models.DateTimeField(_("modifiée le"))
    revision = models.PositiveIntegerField(default=1)
    title_fr = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    preamble_fr = models.TextField(blank=True)
    preamble_en = models.TextField(blank=True)
    articles = models.JSONField(default=list)
    motive = models.TextField(_("motif"), max_length=MAX_MOTIVE, blank=True)
    version = models.OneToOneField(Version, null=True, on_delete=models.PROTECT, related_name="draft")

    objects: ClassVar[DraftVersionQuerySet] = DraftVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-edited_at", "-pk"]
        verbose_name = _("version en préparation")

    def __str__(self) -> str:
        return f"{self.title_fr or self.title_en} ({self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("version_draft", args=[self.pk])

    @property
    def is_outdated(self) -> bool:
        """Another version was adopted since it was begun: it must be taken up again on that one."""
        return self.base_version_id != self.charter.current_version_id

    def text(self) -> CharterText:
        """What it says, as a version would."""
        articles = tuple(ArticleText(**article) for article in self.articles)
        return CharterText(self.title_fr, self.title_en, self.preamble_fr, self.preamble_en, articles)
