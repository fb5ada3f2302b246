"""The world of tests/world.py, built once for each file; its events are for the matrix, stories begin with none."""

from typing import Any

import pytest

from coalition.notifications.models import Event as Told
from coalition.pages.models import Event
from tests.access.conftest import on_paper, world

__all__ = ["on_paper", "world"]


@pytest.fixture(autouse=True)
def no_event_yet(request: Any) -> None:
    """Nothing is announced when a story begins."""
    if "on_paper" in request.fixturenames:
        request.getfixturevalue("on_paper")
        Told.objects.filter(kind__startswith="event.").delete()
        Event.objects.all().delete()


@pytest.fixture
def kept_menus(settings: Any) -> None:
    """The memory for pages and for parts of them, as in production."""
    locmem = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "front page"}
    settings.CACHES = {**settings.CACHES, "pages": locmem, "parts": {**locmem, "LOCATION": "front page parts"}}
