"""What the worker does for events, however often it is asked."""

from datetime import timedelta

from django.conf import settings

from coalition.notifications.models import Event as Told
from coalition.pages.tasks import tell_of_near_events
from tests.pages.events import published
from tests.world import World


def test_the_worker_looks_for_near_events_by_itself_and_tells_each_once(on_paper: World) -> None:
    planned = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    assert tell_of_near_events.name in planned
    published(on_paper, begins=timedelta(days=1))
    published(on_paper, begins=timedelta(days=9))
    for _run in range(3):
        tell_of_near_events()
    assert Told.objects.filter(kind="event.near").count() == 1
