"""What the worker does for challenges: tell of deadlines that come near."""

import logging

from celery import shared_task
from django.utils import timezone

from coalition.challenges.actions import remind_of_closing

log = logging.getLogger(__name__)


@shared_task(ignore_result=True, acks_late=False, time_limit=300)
def tell_of_closing() -> None:
    """Each deadline is told once, whenever and however often this runs."""
    told = remind_of_closing(now=timezone.now())
    if told:
        log.info("deadlines of challenges told: %s", told)
