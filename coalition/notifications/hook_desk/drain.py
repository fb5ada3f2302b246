"""The loop that tells programs, apart from the mail's: one that hangs delays other programs by seconds, mail never."""

import time
from collections import Counter

from django.utils import timezone

from coalition.notifications.actions import claim_deliveries, release_deliveries, send_delivery
from coalition.notifications.enums import BATCH, DRAIN_SECONDS, HOOK_REST, LEASE_SECONDS, Channel
from coalition.notifications.hook_desk.actions import note_answer
from coalition.notifications.models import Delivery
from coalition.notifications.webhooks.carrier import Carrier

HOOK_LOCKS = 0x686F6F6B  # "hook": our corner of PostgreSQL's advisory locks


def drain_hooks(
    *, seconds: float = DRAIN_SECONDS, batch: int = BATCH, lease_seconds: float = LEASE_SECONDS
) -> Counter[str]:
    """Tell programs until nothing is due or `seconds` have passed; deliveries by the state they were left in.

    What else waits for a program that has just failed is put off for HOOK_REST, without an attempt.
    """
    done: Counter[str] = Counter()
    deadline, failing = time.monotonic() + seconds, set[str]()
    with Carrier() as carrier:
        while time.monotonic() < deadline:
            claimed = claim_deliveries(limit=batch, lease_seconds=lease_seconds, channel=Channel.WEBHOOK)
            if not claimed:
                break
            for number, delivery in enumerate(claimed):
                if time.monotonic() >= deadline:
                    release_deliveries(deliveries=claimed[number:])
                    break
                _tell(delivery, carrier, failing, lease_seconds, done)
    return done


def _tell(delivery: Delivery, carrier: Carrier, failing: set[str], lease_seconds: float, done: Counter[str]) -> None:
    if delivery.address in failing:
        release_deliveries(deliveries=[delivery], error="waits for the program to answer", delay=HOOK_REST)
        return
    carrier.outcome = None
    done[send_delivery(delivery=delivery, transport=carrier, lease_seconds=lease_seconds)] += 1
    if carrier.outcome is None:
        return
    if not carrier.outcome.accepted:
        failing.add(delivery.address)
    note_answer(outcome=carrier.outcome, now=timezone.now())
