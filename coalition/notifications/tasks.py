"""What Celery rings for. A lost, late, expired or repeated ring does no harm: the tables say what is due."""

import logging

from celery import shared_task
from django.utils import timezone

from coalition.notifications.digests import write_due_digests
from coalition.notifications.drain import drain_outbox, drain_slot

log = logging.getLogger(__name__)


@shared_task(ignore_result=True, acks_late=False, time_limit=180)
def deliver_due() -> None:
    """Fan out and send what is due, unless enough workers are at it already."""
    with drain_slot() as free:
        if not free:
            return
        done = drain_outbox()
    if done.unreachable:
        log.warning("mail server out of reach, mail waits: %s", done.unreachable)
    if done.events or done.deliveries:
        log.info("outbox: %s events, deliveries %s", done.events, dict(done.deliveries))


@shared_task(ignore_result=True, acks_late=False, time_limit=600)
def write_digests() -> None:
    """Write the digests whose hour has come where their readers live."""
    written = write_due_digests(now=timezone.now())
    if written:
        log.info("digests written: %s", written)
