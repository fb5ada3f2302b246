"""What concerns cases: when the worker looks at them, and the times of their freshness."""

from celery.schedules import crontab

CASE_SCHEDULE: dict[str, dict[str, object]] = {
    "tell saved searches what is new": {
        "task": "cases.tasks.tell_new_cases",
        "schedule": crontab(hour="5-21", minute=20),
    },
}
