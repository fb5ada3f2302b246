"""What came back of a mail: marked on its delivery, and the address stopped where that is what it means."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min

from coalition.notifications.enums import (
    SOFT_IN_A_ROW,
    SOFT_SPAN,
    DeliveryState,
    Return,
    StopReason,
    StopSource,
)
from coalition.notifications.models import Delivery
from coalition.notifications.rendering import is_address
from coalition.notifications.stops.actions import stop_address
from coalition.notifications.stops.listing import normal
from coalition.notifications.stops.reports import Report

REASONS = {Return.HARD: StopReason.HARD, Return.COMPLAINT: StopReason.COMPLAINT}


@transaction.atomic
def note_return(*, delivery: Delivery, came_back: Return, source: StopSource, detail: str, now: datetime) -> bool:
    """Mark what came back of a delivery; is its address stopped now because of it?

    At once when it does not exist or its owner complained; after SOFT_IN_A_ROW mails that came back with none between
    that did not, the first of them SOFT_SPAN ago. NONE marks nothing.
    """
    if came_back is Return.NONE:
        return False
    Delivery.objects.filter(pk=delivery.pk).update(returned=came_back, returned_at=now)
    reason = REASONS.get(came_back) or (StopReason.SOFT if _is_lasting(delivery, now) else None)
    if reason is None:
        return False
    stop_address(address=delivery.address, reason=reason, source=source, now=now, detail=detail)
    return True


def _is_lasting(delivery: Delivery, now: datetime) -> bool:
    """Did everything up to this one come back, since the last that did not?"""
    earlier = Delivery.objects.filter(address=delivery.address, pk__lte=delivery.pk)
    good = earlier.filter(state=DeliveryState.SENT, returned=Return.NONE).order_by("-pk").values_list("pk", flat=True)
    run = earlier.filter(returned=Return.SOFT, pk__gt=good.first() or 0)
    found = run.aggregate(count=Count("pk"), first=Min("returned_at"))
    return found["count"] >= SOFT_IN_A_ROW and now - found["first"] >= SOFT_SPAN


def note_report(*, report: Report, now: datetime) -> bool:
    """What a mail that came back to us says; is an address stopped because of it?

    Anybody may send such a mail: it counts only when it names the Message-ID of a mail of ours, which nobody can guess,
    and only for the address that mail went to. When the address that failed is another (it was forwarded), it counts as
    a mail that could not be handed over.
    """
    delivery = Delivery.objects.filter(message_id=report.message_id).first() if report.message_id else None
    if delivery is None:
        return False
    came_back = report.came_back
    if came_back is Return.HARD and report.recipients and delivery.address not in report.recipients:
        came_back = Return.SOFT
    return note_return(delivery=delivery, came_back=came_back, source=StopSource.REPORT, detail=report.status, now=now)


@transaction.atomic
def note_hook_event(*, came_back: Return, address: str, message_id: str, detail: str, now: datetime) -> bool:
    """What the sender of our mail says about one; is an address stopped because of it?

    Found by Message-ID, else the last mail to that address. An address we never wrote to is stopped all the same when
    it does not exist or complained.
    """
    address = normal(address)
    sent = Delivery.objects.filter(address=address).exclude(state=DeliveryState.PENDING) if address else None
    delivery = Delivery.objects.filter(message_id=message_id).first() if message_id else None
    if delivery is None and sent is not None:
        delivery = sent.order_by("-pk").first()
    if delivery is not None:
        return note_return(delivery=delivery, came_back=came_back, source=StopSource.HOOK, detail=detail, now=now)
    if came_back not in REASONS or not is_address(address):
        return False
    stop_address(address=address, reason=REASONS[came_back], source=StopSource.HOOK, now=now, detail=detail)
    return True
