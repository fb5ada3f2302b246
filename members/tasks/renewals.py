"""Yearly renewals and reminders: what is due is in the tables, a ring that is lost, late or repeated does no harm."""

import logging

from celery import shared_task
from django.utils import timezone

from members.actions import ask_due_renewals, remind_renewals, remind_versions

log = logging.getLogger(__name__)


@shared_task(ignore_result=True, acks_late=False, time_limit=300)
def ask_and_remind() -> None:
    """Ask for the renewals that are due, remind those asked before, and those who hold an older version."""
    now = timezone.now()
    asked, reminded, behind = ask_due_renewals(now=now), remind_renewals(now=now), remind_versions(now=now)
    log.info("renewals asked: %s, awaited for long: %s; versions awaited for long: %s", asked, reminded, behind)
