"""What concerns dates people wait for: when the worker looks at events and at the deadlines of challenges."""

DATES_SCHEDULE: dict[str, dict[str, object]] = {
    "tell of near events": {"task": "coalition.pages.tasks.tell_of_near_events", "schedule": 900.0},
    "tell of deadlines of challenges": {"task": "coalition.challenges.tasks.tell_of_closing", "schedule": 900.0},
}
