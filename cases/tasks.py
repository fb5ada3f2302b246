"""What the worker does for cases: publish what was planned, bring files in, tell saved searches, ask about old ones."""

import logging
import time

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from cases.actions import ask_due_cases, publish_due_case, tell_searches
from cases.actions.changes import drop_old_changes
from cases.actions.imports import advance_import, claim_import, fail_import, reading_of, release_import
from cases.models import CasePage
from coalition.core.errors import DomainError

log = logging.getLogger(__name__)


AT_A_TIME = 25
BUDGET = 5.0
"""Lines between two looks at the clock, and seconds one call works at most."""


@shared_task(ignore_result=True, time_limit=120)
def bring_in_cases() -> None:
    """Files of cities that wait: check or bring in their lines. Another call goes on where this one stops."""
    end = time.monotonic() + BUDGET
    while time.monotonic() < end and (job := claim_import(now=timezone.now())) is not None:
        reading = reading_of(job=job)
        if reading is None:
            fail_import(job=job, now=timezone.now())
            continue
        while advance_import(job=job, reading=reading, most=AT_A_TIME, now=timezone.now()):
            if time.monotonic() > end:
                release_import(job=job)
                break


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


@shared_task(ignore_result=True, time_limit=60)
def drop_catalogue_changes() -> None:
    """Keep the lines that note changes of the catalogue few. Safe to repeat."""
    drop_old_changes()
