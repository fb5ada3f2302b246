"""Mandates with a planned end meet it; those that end soon are spoken of."""

import logging

from celery import shared_task
from django.utils import timezone

from members.actions import end_due_mandates

log = logging.getLogger(__name__)


@shared_task(ignore_result=True, acks_late=False, time_limit=300)
def end_mandates() -> None:
    """End what is past its planned day, warn of what is near. Late or twice does no harm."""
    ended = end_due_mandates(now=timezone.now())
    if ended:
        log.info("mandates ended: %s", ended)
