"""What concerns cases: when the worker looks at them, and the times of their freshness."""

from datetime import timedelta

from celery.schedules import crontab

CASE_CONFIRM_EVERY = timedelta(days=183)
"""How long after its publication or confirmation the editors of a case are asked whether it is still true."""
CASE_STALE_AFTER = timedelta(days=30)
"""How long they have to answer before its readers are told that nobody confirmed it."""

CASE_SCHEDULE: dict[str, dict[str, object]] = {
    "drop old lines of the catalogue": {
        "task": "cases.tasks.drop_catalogue_changes",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "tell saved searches what is new": {
        "task": "cases.tasks.tell_new_cases",
        "schedule": crontab(hour="5-21", minute=20),
    },
    "ask whether old cases are still true": {
        "task": "cases.tasks.ask_still_true",
        "schedule": crontab(hour=6, minute=40),
    },
}
