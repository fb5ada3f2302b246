"""Event: a fact, written in the transaction that made it. Delivery: one person to tell, on one channel."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from coalition.notifications.addressees import DomainPace, StoppedAddress
from coalition.notifications.announced import Announcement
from coalition.notifications.enums import Channel, DeliveryState, IncomingReason, IncomingState, Return
from coalition.notifications.kinds import Recipient
from coalition.notifications.querysets import DeliveryQuerySet, EventQuerySet, IncomingMailQuerySet
from coalition.notifications.readers import AgendaAddress, Choice, Follow, Notice, Preferences
from coalition.notifications.webhooks.rows import Webhook

__all__ = [
    "AgendaAddress",
    "Announcement",
    "Choice",
    "Delivery",
    "DomainPace",
    "Event",
    "Follow",
    "IncomingMail",
    "Notice",
    "Preferences",
    "StoppedAddress",
    "Webhook",
]


class Event(models.Model):
    """Something happened that people may want to know. `key` makes telling it twice impossible."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=80)
    content_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    object_id = models.CharField(max_length=64, blank=True)
    subject = GenericForeignKey("content_type", "object_id")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    payload = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    fanned_out_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(db_default=Now())
    last_error = models.TextField(blank=True)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("événement")
        verbose_name_plural = _("événements")
        indexes: ClassVar = [
            models.Index(fields=["not_before", "id"], name="event_due", condition=Q(fanned_out_at__isnull=True)),
            models.Index(fields=["content_type", "object_id"], name="event_subject"),
        ]

    def __str__(self) -> str:
        return self.key


class Delivery(models.Model):
    """One address that must be told of one event on one channel.

    The words are rendered when it is sent and never stored, except `raw`: a mail composed elsewhere (account mails),
    kept only while it waits. `message_id` is fixed before the first attempt, so that a double can be recognised.
    `as_follower`: told because the account follows what the event is about. `returned`: what came back of it, from
    the server at once or in a mail days later.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    for_account = models.BooleanField(default=False)
    address = models.CharField(max_length=320)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    message_id = models.CharField(max_length=300, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(db_default=Now())
    leased_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    raw = models.TextField(null=True, blank=True)
    as_follower = models.BooleanField(default=False, db_default=False)
    returned = models.CharField(max_length=10, choices=Return.choices, blank=True, default="", db_default="")
    returned_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("envoi")
        verbose_name_plural = _("envois")
        indexes: ClassVar = [
            models.Index(fields=["not_before", "id"], name="delivery_due", condition=Q(state=DeliveryState.PENDING)),
            models.Index(fields=["id"], name="delivery_failed", condition=Q(state=DeliveryState.FAILED)),
            models.Index(fields=["address"], name="delivery_address"),
            models.Index(fields=["sent_at"], name="delivery_sent_at", condition=Q(state=DeliveryState.SENT)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "address", "channel"], name="delivery_once"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="delivery_channel_known"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True)),
                name="delivery_sent_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(leased_until__isnull=True, lease_token__isnull=True)
                | Q(leased_until__isnull=False, lease_token__isnull=False, state=DeliveryState.PENDING),
                name="delivery_lease_whole",
            ),
            models.CheckConstraint(
                condition=Q(raw__isnull=True) | Q(state=DeliveryState.PENDING), name="delivery_raw_wiped"
            ),
            models.CheckConstraint(
                condition=Q(for_account=True) | Q(account__isnull=True), name="delivery_account_declared"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.address} ({self.state})"

    @property
    def audit_label(self) -> str:
        """In the log without the address."""
        return f"#{self.pk}"

    @property
    def recipient(self) -> Recipient:
        """The person as the kind's functions know them."""
        return Recipient(address=self.address, language=self.language, name=self.name, account_id=self.account_id)


class IncomingMail(models.Model):
    """A mail somebody answered us with, stored as it came before anything is made of it.

    `raw` is the mail without the signed part of our address, emptied once a comment was made of it; `purpose`,
    `number` and `expires_at` say what that part said. `identity` makes the same mail handed over twice one.
    """

    identity = models.CharField(max_length=64)
    message_id = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField(_("reçu le"))
    sender = models.CharField(_("expéditeur"), max_length=320, blank=True)
    envelope_sender = models.CharField(max_length=320, null=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    purpose = models.CharField(max_length=1, blank=True)
    number = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField()
    raw = models.BinaryField()
    state = models.CharField(_("état"), max_length=10, choices=IncomingState.choices, default=IncomingState.WAITING)
    reason = models.CharField(_("raison"), max_length=10, choices=IncomingReason.choices, blank=True)
    said = models.TextField(_("ce qui a été répondu"), blank=True)
    files = models.PositiveSmallIntegerField(_("pièces jointes écartées"), default=0)
    notified = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    objects: ClassVar[IncomingMailQuerySet] = IncomingMailQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("réponse reçue par courriel")
        verbose_name_plural = _("réponses reçues par courriel")
        indexes: ClassVar = [
            models.Index(fields=["not_before", "id"], name="incoming_due", condition=Q(state=IncomingState.WAITING)),
            models.Index(fields=["sender", "received_at"], name="incoming_sender"),
            models.Index(fields=["received_at"], name="incoming_received"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identity"], name="incoming_once", condition=~Q(reason=IncomingReason.DUPLICATE)
            ),
            models.CheckConstraint(condition=Q(state__in=IncomingState.values), name="incoming_state_known"),
            models.CheckConstraint(
                condition=Q(state=IncomingState.WAITING, settled_at=None)
                | (~Q(state=IncomingState.WAITING) & Q(settled_at__isnull=False)),
                name="incoming_end_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender} ({self.state})"

    @property
    def audit_label(self) -> str:
        """In the log without the address."""
        return f"#{self.pk}"
