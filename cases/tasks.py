"""What the worker does for cases: publish what was planned, tell saved searches what is new, ask about old cases."""

import logging

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from cases.actions import ask_due_cases, publish_due_case, tell_searches
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


@shared_task(ignore_result=True, acks_late=False, time_limit=300)
def tell_new_cases() -> None:
    """Alerts of the saved searches that are due. A ring that is lost, late or repeated does no harm."""
    log.info("saved searches told of new cases: %s", tell_searches(now=timezone.now()))


@shared_task(ignore_result=True, acks_late=False, time_limit=300)
def ask_still_true() -> None:
    """« Est-ce toujours vrai ? » about the cases whose half-year is over. Safe to repeat."""
    log.info("cases asked about: %s", ask_due_cases(now=timezone.now()))
