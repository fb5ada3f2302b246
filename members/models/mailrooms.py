"""How an organisation wants its mail handed out: to which roles, and to a mailbox its people share."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.enums import MailboxMode, OrganisationMail, Role
from members.models.accounts import LANGUAGES, User
from members.models.organisations import Organisation


class MailRule(models.Model):
    """The roles that are told of one category of an organisation's mail, where it is not as usual."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mail_rules")
    category = models.CharField(_("sujet"), max_length=16, choices=OrganisationMail.choices)
    roles = ArrayField(models.CharField(max_length=16, choices=Role.choices), verbose_name=_("rôles"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "category"], name="one_mail_rule"),
            models.CheckConstraint(condition=Q(category__in=OrganisationMail.values), name="mail_rule_category_known"),
            models.CheckConstraint(condition=Q(roles__len__gt=0), name="mail_rule_for_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.category}"


class SharedMailbox(models.Model):
    """An address the people of an organisation share. It gets nothing before it has confirmed, and goes when it stops.

    It has no account and opens nothing: what it is told, a representative of the organisation may read.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="shared_mailbox")
    address = models.EmailField(_("adresse électronique"))
    language = models.CharField(_("langue"), max_length=2, choices=LANGUAGES, default="fr")
    mode = models.CharField(_("ce qu’elle reçoit"), max_length=8, choices=MailboxMode.choices, default=MailboxMode.COPY)
    categories = ArrayField(models.CharField(max_length=16, choices=OrganisationMail.choices), default=list)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(_("demandée le"))
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True)

    class Meta:
        verbose_name = _("boîte commune")
        verbose_name_plural = _("boîtes communes")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(mode__in=MailboxMode.values), name="mailbox_mode_known"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def audit_label(self) -> str:
        """What the log calls it: the organisation, not the address."""
        return str(self.organisation)
