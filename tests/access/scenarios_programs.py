"""Programs that are told of public changes: organisers' alone, and never told of what is hidden."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import CatalogueEntry
from coalition.notifications.actions import claim_deliveries, fan_out_event, record_event, send_delivery
from coalition.notifications.enums import Channel
from coalition.notifications.hook_desk.actions import seen_mark
from coalition.notifications.models import Delivery, Webhook
from coalition.notifications.webhooks.carrier import Carrier
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World


def _registered(_world: World, _visitor: Visitor) -> None:
    Webhook.objects.create(name="Ville", url="https://ville.example/", themes=["cases"], created_at=NOW)


@row("webhook", "any", "list and read", given=_registered)
def read(_world: World, visitor: Visitor) -> Answers:
    return [visitor.get(reverse("webhooks")), visitor.get(reverse("webhook", args=[Webhook.objects.get().pk]))]


@row("webhook", "any", "register, test, pause, change the secret, delete", acts=True, given=_registered)
def manage(_world: World, visitor: Visitor) -> Answers:
    made = visitor.post(reverse("webhooks"), {"name": "Autre", "url": "https://autre.example/", "themes": ["charter"]})
    address = reverse("webhook_act", args=[Webhook.objects.get(name="Ville").pk])
    return [made, *(visitor.post(address, {"act": act}) for act in ("ping", "pause", "resume", "rotate", "delete"))]


def _waits_and_is_hidden(world: World, visitor: Visitor) -> None:
    """A delivery about a case waits for a program that this role would like told; then the case is not public."""
    _registered(world, visitor)
    page: Any = world.cases["published"]
    event = record_event(
        kind="case.published", key=f"programme:{visitor.role}", subject=page, payload={}, now=timezone.now()
    )
    fan_out_event(event_id=event.pk, now=timezone.now())
    Delivery.objects.exclude(channel=Channel.WEBHOOK).delete()
    CatalogueEntry.objects.filter(number=page.number).delete()


class _Road(Carrier):
    """Keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.left: list[Any] = []

    def send(self, message: Any) -> None:
        self.left.append(message)


@row("webhook", "any", "change name, address, themes", acts=True, given=_registered)
def change(_world: World, visitor: Visitor) -> Answers:
    hook = Webhook.objects.get(name="Ville")
    address, given = reverse("webhook_edit", args=[hook.pk]), {"themes": ["charter"], "seen": seen_mark(webhook=hook)}
    return [
        visitor.get(address),
        visitor.post(address, {"name": "Métropole", "url": "https://neuve.example/", **given}),
    ]


@row("webhook", "waiting delivery", "is told what is hidden since", given=_waits_and_is_hidden)
def told_though_hidden(_world: World, _visitor: Visitor) -> Answers:
    road = _Road()
    with transaction.atomic():
        waiting = claim_deliveries(limit=10, channel=Channel.WEBHOOK)
        assert waiting, "nothing waits: the row would prove nothing"
        for delivery in waiting:
            send_delivery(delivery=delivery, transport=road)
        transaction.set_rollback(True)
    return bool(road.left)
