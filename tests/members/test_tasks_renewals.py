"""The calendar's task can run late, twice, or at two places at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from coalition.notifications.models import Event
from members.models import Cosponsorship, Organisation, User
from members.tasks import ask_and_remind


def test_it_asks_and_reminds_once_however_often_it_rings(
    official: Callable[..., Cosponsorship], chief: User, city: Organisation
) -> None:
    act = official(chief, city)
    Cosponsorship.objects.filter(pk=act.pk).update(renew_on=timezone.now().date())
    for _ring in range(3):
        ask_and_remind()
    assert Event.objects.filter(kind="cosponsorship.to_renew").count() == 1
    Cosponsorship.objects.filter(pk=act.pk).update(renewal_asked_at=timezone.now() - timedelta(days=31))
    for _ring in range(3):
        ask_and_remind()
    assert Event.objects.filter(kind="cosponsorship.renewal_reminder").count() == 1


@pytest.mark.parametrize("name", ["members.tasks.renewals.ask_and_remind"])
def test_the_calendar_rings_a_task_that_the_worker_knows(name: str) -> None:
    rung: set[Any] = {line["task"] for line in settings.CELERY_BEAT_SCHEDULE.values()}
    assert name in rung
    assert name in current_app.tasks
