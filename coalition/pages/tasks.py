"""What the worker does for events."""

import logging

from celery import shared_task
from django.utils import timezone

from coalition.pages import actions

log = logging.getLogger(__name__)


@shared_task(ignore_result=True, acks_late=False, time_limit=300)
def tell_of_near_events() -> None:
    """Each reminder is recorded once, whenever and however often this runs."""
    near = actions.tell_of_near_events(now=timezone.now())
    if near:
        log.info("events near: %s", near)
