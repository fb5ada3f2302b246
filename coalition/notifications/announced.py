"""A letter of the organising team to many people at once: who wrote it, who let it leave, whom it is for."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coalition.notifications.enums import AnnouncementState, Audience

LONGEST_SUBJECT = 120
LONGEST_TEXT = 6_000


class Announcement(models.Model):
    """A letter in both languages. Nobody lets their own leave; what was approved is what was proposed, word for word.

    `target_kind` and `target_key` name the thing whose followers it is for (`coalition.core.following`), and are empty
    for the representatives of member organisations.
    """

    audience = models.CharField(_("destinataires"), max_length=16, choices=Audience.choices)
    target_kind = models.CharField(max_length=20, blank=True)
    target_key = models.CharField(max_length=130, blank=True)
    subject_fr = models.CharField(_("objet en français"), max_length=LONGEST_SUBJECT)
    subject_en = models.CharField(_("objet en anglais"), max_length=LONGEST_SUBJECT)
    text_fr = models.TextField(_("texte en français"), max_length=LONGEST_TEXT)
    text_en = models.TextField(_("texte en anglais"), max_length=LONGEST_TEXT)
    state = models.CharField(
        _("état"), max_length=10, choices=AnnouncementState.choices, default=AnnouncementState.DRAFT
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(_("écrite le"))
    proposed_at = models.DateTimeField(_("proposée le"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(_("partie le"), null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    cancelled_at = models.DateTimeField(_("abandonnée le"), null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("annonce")
        verbose_name_plural = _("annonces")
        indexes: ClassVar = [models.Index(fields=["sent_at"], name="announcement_sent")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=AnnouncementState.values), name="announcement_state_known"),
            models.CheckConstraint(
                condition=Q(audience=Audience.FOLLOWERS, target_kind__gt="", target_key__gt="")
                | Q(audience=Audience.REPRESENTATIVES, target_kind="", target_key=""),
                name="announcement_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=AnnouncementState.SENT, sent_at__isnull=False)
                | (~Q(state=AnnouncementState.SENT) & Q(sent_at=None)),
                name="announcement_sent_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(written_by=None) | ~Q(approved_by=models.F("written_by")),
                name="announcement_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.subject_fr

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("announcement", args=[self.pk])

    @property
    def target(self) -> tuple[str, str] | None:
        """The thing whose followers it is for, as sources know it."""
        return (self.target_kind, self.target_key) if self.target_kind else None

    def words(self, language: str) -> tuple[str, str]:
        """Subject and text in this language."""
        return (self.subject_en, self.text_en) if language == "en" else (self.subject_fr, self.text_fr)
