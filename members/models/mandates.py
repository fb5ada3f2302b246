"""Who acts for an organisation: running and past mandates, invitations, requests to join."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from members.enums import InvitationState, JoinRequestState, Origin, Role
from members.models.accounts import LANGUAGES, User
from members.models.organisations import Organisation
from members.querysets import AffiliationQuerySet, InvitationQuerySet, JoinRequestQuerySet


class Affiliation(models.Model):
    """An account acts for an organisation, in a role, under a mandate, from a day to a day. Ends, never deleted."""

    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliations")
    role = models.CharField(_("rôle"), max_length=16, choices=Role.choices)
    function = models.CharField(_("fonction"), max_length=150, blank=True)
    mandate_reference = models.CharField(_("délibération ou mandat"), max_length=200, blank=True)
    mandate_date = models.DateField(_("date du mandat"), null=True, blank=True)
    mandate_document = models.ForeignKey(
        "core.Attachment", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    mandate_until = models.DateField(_("fin prévue du mandat"), null=True, blank=True)
    origin = models.CharField(_("entrée"), max_length=12, choices=Origin.choices, default=Origin.SITE)
    started_on = models.DateField(_("depuis"))
    ended_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandat")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "organisation"],
                condition=models.Q(ended_on=None),
                name="one_running_affiliation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}, {self.organisation}"

    @property
    def audit_label(self) -> str:
        """What the log calls it: the organisation, not the person."""
        return str(self.organisation)


class Invitation(models.Model):
    """A place in an organisation kept for whoever owns an address, for some days. Its secret is in the mail only."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("adresse électronique"))
    name = models.CharField(_("nom"), max_length=150, blank=True)
    language = models.CharField(_("langue"), max_length=2, choices=LANGUAGES, default="fr")
    role = models.CharField(_("rôle"), max_length=16, choices=Role.choices)
    function = models.CharField(_("fonction"), max_length=150, blank=True)
    message = models.TextField(_("message"), max_length=1000, blank=True)
    state = models.CharField(max_length=12, choices=InvitationState.choices, default=InvitationState.OPEN)
    hands_over = models.ForeignKey(Affiliation, null=True, on_delete=models.PROTECT, related_name="hand_overs")
    stays_member = models.BooleanField(default=False)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("invitation")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "organisation", Lower("email"), condition=models.Q(state="open"), name="one_open_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.organisation}"

    @property
    def audit_label(self) -> str:
        """What the log calls it: the organisation, not the address."""
        return str(self.organisation)


class JoinRequest(models.Model):
    """An account asks the representatives of an organisation to let it act there."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="join_requests")
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="join_requests")
    role = models.CharField(_("rôle"), max_length=16, choices=Role.choices, default=Role.MEMBER)
    function = models.CharField(_("fonction"), max_length=150, blank=True)
    message = models.TextField(_("message"), max_length=1000, blank=True)
    state = models.CharField(max_length=12, choices=JoinRequestState.choices, default=JoinRequestState.OPEN)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    motive = models.TextField(_("motif"), max_length=1000, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        verbose_name = _("demande d’entrée")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "account"], condition=models.Q(state="open"), name="one_open_join_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}, {self.organisation}"

    @property
    def audit_label(self) -> str:
        """What the log calls it: the organisation, not the person."""
        return str(self.organisation)
