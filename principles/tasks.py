"""What the worker does for the charter: tell of phases that begin, rebase what a large acceptance left over."""

import logging

from celery import shared_task
from django.utils import timezone

from principles.actions import announce_phases, rebase_due, remind_of_deadlines

log = logging.getLogger(__name__)


@shared_task(ignore_result=True, acks_late=False, time_limit=300)
def follow_the_charter() -> None:
    """Late or twice does no harm: phases follow from their dates, and what is rebased is no longer behind."""
    now = timezone.now()
    begun, merged = announce_phases(now=now), rebase_due(now=now)
    if begun or merged:
        log.info("phases announced: %s, amendments rebased: %s", begun, merged)


@shared_task(ignore_result=True, acks_late=False, time_limit=300)
def tell_of_deadlines() -> None:
    """Each reminder is recorded once, whenever and however often this runs."""
    reminded = remind_of_deadlines(now=timezone.now())
    if reminded:
        log.info("deadlines told: %s", reminded)
