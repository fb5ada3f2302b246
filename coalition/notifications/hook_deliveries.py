"""Programs in the table of deliveries: one row for each that hears of an event, and the parcel it gets."""

from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from coalition.notifications.enums import Channel, HookState
from coalition.notifications.models import Delivery, Event, Webhook
from coalition.notifications.webhooks.parcels import PING, Parcel, pack_parcel
from coalition.notifications.webhooks.registry import public_kinds


def add_hook_deliveries(event: Event) -> int:
    """One delivery for each running program that hears of such events; none for what is not public. Two queries."""
    kind = public_kinds().get(event.kind)
    if kind is None:
        return 0
    hooks = Webhook.objects.filter(state=HookState.ACTIVE, themes__contains=[kind.theme.value])
    rows = [hook_delivery(event, hook) for hook in hooks]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def hook_delivery(event: Event, hook: Webhook) -> Delivery:
    """The row, not saved; its address is the number of the program, which has no words of its own to store."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return Delivery(
        event=event,
        address=str(hook.pk),
        channel=Channel.WEBHOOK,
        language=settings.LANGUAGE_CODE,
        message_id=f"<webhook.{event.pk}.{hook.pk}@{domain}>",
    )


def parcel_for(delivery: Delivery) -> Parcel | None:
    """What is sent to a program now; None when it was paused, stopped or deleted, or when there is nothing to say.

    A test goes out to a program that is paused too.
    """
    hook = Webhook.objects.filter(pk=int(delivery.address)).first()
    if hook is None or (hook.state != HookState.ACTIVE and delivery.event.kind != PING):
        return None
    return pack_parcel(hook, delivery.event, timezone.now())
