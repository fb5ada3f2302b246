"""What the worker does: it tells of a deadline once, however often it looks."""

from datetime import timedelta

from django.utils import timezone

from coalition.challenges.models import Challenge
from coalition.challenges.tasks import tell_of_closing
from coalition.notifications.models import Event
from coalition.settings.base import CELERY_BEAT_SCHEDULE
from tests.challenges.conftest import Make


def test_a_deadline_that_comes_near_is_recorded_once_whatever_the_number_of_rounds(published: Make) -> None:
    now = timezone.now()
    published(closes_at=now + timedelta(days=2))
    Challenge.objects.update(published_at=now - timedelta(days=20))
    for _round in range(3):
        tell_of_closing()
    assert Event.objects.filter(kind="challenge.closing").count() == 1


def test_the_worker_is_asked_to_look() -> None:
    assert "coalition.challenges.tasks.tell_of_closing" in {one["task"] for one in CELERY_BEAT_SCHEDULE.values()}
