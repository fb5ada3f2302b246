"""The lighter form of commitment: a person or an organisation says it supports the coalition."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from members.enums import SupporterKind, SupportState
from members.models.accounts import LANGUAGES, User
from members.models.coalitions import Coalition
from members.models.organisations import Organisation
from members.querysets import SupportQuerySet


class Support(models.Model):
    """A supporter: a person, once the mailbox has confirmed it, or an organisation, by one of its representatives."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="supports")
    kind = models.CharField(max_length=12, choices=SupporterKind.choices)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="supports")
    account = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="supports")
    name = models.CharField(_("nom"), max_length=150, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)
    city = models.CharField(_("ville"), max_length=120, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="fr")
    message = models.TextField(_("en une phrase"), max_length=300, blank=True)
    name_is_public = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=SupportState.choices, default=SupportState.AWAITING)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = SupportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["confirmed_at", "pk"]
        verbose_name = _("soutien")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "coalition",
                Lower("email"),
                condition=models.Q(kind="person", state__in=["awaiting", "active"]),
                name="one_support_a_person",
            ),
            models.UniqueConstraint(
                fields=["coalition", "organisation"],
                condition=models.Q(kind="organisation", state="active"),
                name="one_support_an_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="person", organisation=None)
                | models.Q(kind="organisation", organisation__isnull=False),
                name="supporter_is_a_person_or_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
