"""What the worker does for cases: publish what was planned for now."""

import logging

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from cases.actions import publish_due_case
from cases.actions.changes import drop_old_changes
from cases.models import CasePage
from coalition.core.errors import DomainError

log = logging.getLogger(__name__)


@shared_task(ignore_result=True, time_limit=180)
def publish_scheduled() -> None:
    """Cases by our own act, which tells their writers; then other pages by Wagtail's command. Safe to repeat."""
    now = timezone.now()
    for page in CasePage.objects.due(now):
        try:
            publish_due_case(page=page, now=now)
        except DomainError as error:
            log.warning("case %s is not published as planned: %s", page.number, error.message)
    call_command("publish_scheduled")


@shared_task(ignore_result=True, time_limit=60)
def drop_catalogue_changes() -> None:
    """Keep the lines that note changes of the catalogue few. Safe to repeat."""
    drop_old_changes()
