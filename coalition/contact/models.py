"""Message: what somebody wrote to a team or to the organisers. Reply: what was answered from the site."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coalition.contact.enums import Kind, State
from coalition.contact.querysets import MessageQuerySet
from coalition.core.models import Attachment


class Message(models.Model):
    """A message about a public object ("case:12"), or about nothing in particular (""). Kept for a year."""

    public_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    subject_key = models.CharField(max_length=80, blank=True)
    subject_label = models.CharField(_("à propos de"), max_length=255, blank=True)
    subject_url = models.CharField(max_length=600, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.QUESTION)
    name = models.CharField(_("nom"), max_length=150)
    email = models.EmailField(_("adresse électronique"))
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    body = models.TextField(_("message"))
    language = models.CharField(max_length=2)
    attachment = models.OneToOneField(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    motive = models.TextField(_("pourquoi il est classé"), blank=True)
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering: ClassVar = ["created_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["state", "created_at"], name="contact_queue")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="contact_state_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="contact_kind_known"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("contact_message", args=[self.public_id])


class Reply(models.Model):
    """What was answered, by whom; it went to the sender by mail."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    body = models.TextField(_("réponse"))
    sent_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"
