"""An organisation's official commitment, every version of the text it held, its reservations and their changes."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.enums import LIVE, Binding, ChangeState, Commitment, CosponsorshipState
from members.models.accounts import User
from members.models.coalitions import Coalition
from members.models.mandates import Affiliation
from members.models.organisations import Organisation
from members.querysets import CosponsorshipQuerySet


class Cosponsorship(models.Model):
    """An organisation's official commitment: what it will do, the exact text it signs, who signed under which mandate.

    Signatory, mandate and text are kept as they were when it was signed: a later change of function, name or charter
    does not rewrite an act. At most one is live for an organisation and a coalition.
    """

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="cosponsorships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cosponsorships")
    affiliation = models.ForeignKey(Affiliation, null=True, on_delete=models.PROTECT, related_name="cosponsorships")
    state = models.CharField(max_length=12, choices=CosponsorshipState.choices, default=CosponsorshipState.AWAITING)
    commitments = ArrayField(models.CharField(max_length=30, choices=Commitment.choices), default=list)
    sentences = models.JSONField(_("une phrase par engagement"), default=dict)
    statement = models.TextField(_("ce que vous ferez"), max_length=1000, blank=True)
    signatory_name = models.CharField(max_length=150, blank=True)
    signatory_function = models.CharField(max_length=150, blank=True)
    mandate_reference = models.CharField(max_length=200, blank=True)
    mandate_date = models.DateField(null=True)
    name_is_public = models.BooleanField(default=False)
    mandate_document = models.ForeignKey("core.Attachment", null=True, on_delete=models.PROTECT, related_name="+")
    is_paper = models.BooleanField(_("signée sur papier"), default=False)
    paper_scan = models.ForeignKey("core.Attachment", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    document_title = models.CharField(max_length=200, blank=True)
    document_version = models.CharField(max_length=20, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    drafted_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    asked_for = models.TextField(_("pièce demandée"), blank=True)
    confirmed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decision_motive = models.TextField(blank=True)
    renew_on = models.DateField(_("à renouveler le"), null=True)
    renewal_asked_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True)

    objects = CosponsorshipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["signed_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["coalition", "organisation"],
                condition=models.Q(state__in=LIVE),
                name="one_live_cosponsorship",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=CosponsorshipState.values), name="cosponsorship_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(document_sha256__regex=r"^[0-9a-f]{64}$", signed_at__isnull=False),
                name="signed_act_names_its_text",
            ),
            models.CheckConstraint(
                condition=models.Q(is_paper=True, paper_scan__isnull=False)
                | models.Q(is_paper=False, affiliation__isnull=False),
                name="act_has_a_signatory_or_a_scan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} / {self.coalition_id}"

    def get_absolute_url(self) -> str:
        return reverse("cosponsorship", args=[self.pk])

    @property
    def commitment_labels(self) -> list[Any]:
        """The commitments in the reader's words, in the order of the coalition's document."""
        return [Commitment(value).label for value in Commitment.values if value in self.commitments]

    @property
    def promises(self) -> list[dict[str, Any]]:
        """Each commitment with its sentence, {term, text}; acts signed before sentences were asked have none."""
        return [
            {"term": Commitment(value).label, "text": self.sentences.get(value, "")}
            for value in Commitment.values
            if value in self.commitments
        ]

    @property
    def standing_reservations(self) -> list[Any]:
        """The reservations that hold today, oldest first; reads what was prefetched."""
        return [reservation for reservation in self.reservations.all() if reservation.lifted_at is None]


class SignedVersion(models.Model):
    """One version of the text that the act held, by whom and when. A line is added, none is ever changed."""

    cosponsorship = models.ForeignKey(Cosponsorship, on_delete=models.PROTECT, related_name="signed_versions")
    document_title = models.CharField(max_length=200)
    document_version = models.CharField(max_length=20)
    document_sha256 = models.CharField(max_length=64)
    how = models.CharField(max_length=10, choices=Binding.choices, default=Binding.SIGNED)
    bound_at = models.DateTimeField()
    affiliation = models.ForeignKey(Affiliation, null=True, on_delete=models.PROTECT, related_name="+")
    signatory_name = models.CharField(max_length=150, blank=True)
    signatory_function = models.CharField(max_length=150, blank=True)
    mandate_reference = models.CharField(max_length=200, blank=True)
    mandate_date = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["bound_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cosponsorship", "document_sha256"], name="a_version_is_held_once")
        ]

    def __str__(self) -> str:
        return f"{self.cosponsorship_id}, {self.document_version}"


class Reservation(models.Model):
    """What an organisation does not take on of one article, in the version named; public with the act."""

    cosponsorship = models.ForeignKey(Cosponsorship, on_delete=models.PROTECT, related_name="reservations")
    article_key = models.SlugField(max_length=60)
    article_title = models.CharField(max_length=200)
    document_version = models.CharField(max_length=20)
    document_sha256 = models.CharField(max_length=64)
    text = models.TextField(_("réserve"), max_length=1000)
    made_at = models.DateTimeField()
    affiliation = models.ForeignKey(Affiliation, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        verbose_name = _("réserve")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cosponsorship", "article_key"],
                condition=models.Q(lifted_at=None),
                name="one_reservation_an_article",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cosponsorship_id}, {self.article_key}"


class CosponsorshipChange(models.Model):
    """New words for an official act, which stays public as it was until an organiser has accepted them."""

    cosponsorship = models.ForeignKey(Cosponsorship, on_delete=models.PROTECT, related_name="changes")
    commitments = ArrayField(models.CharField(max_length=30, choices=Commitment.choices))
    sentences = models.JSONField(default=dict)
    statement = models.TextField(max_length=1000, blank=True)
    name_is_public = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.OPEN)
    proposed_at = models.DateTimeField()
    affiliation = models.ForeignKey(Affiliation, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    motive = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar = ["proposed_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cosponsorship"], condition=models.Q(state="open"), name="one_open_change_an_act"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cosponsorship_id} {self.state}"
