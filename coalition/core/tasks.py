"""What the worker does for the floor, every night."""

import logging

from celery import shared_task
from django.utils import timezone

from coalition.core.retention import run_purge

log = logging.getLogger(__name__)


@shared_task(ignore_result=True, time_limit=3600)
def purge_personal_data() -> None:
    """Forget what is older than its retention. A missed night is caught up by the next; a second run finds nothing."""
    erased = {run.step: run.erased for run in run_purge(now=timezone.now()) if run.erased}
    log.info("retention purge: %s", erased or "nothing to erase")
