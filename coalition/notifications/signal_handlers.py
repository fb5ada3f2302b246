"""A log-in begins a visit."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.utils import timezone

from coalition.notifications.reading import begin_visit


def note_visit(sender: Any, user: Any, **kwargs: Any) -> None:
    """Called by Django in the request that logs in."""
    begin_visit(account=user, now=timezone.now())


def connect() -> None:
    """Called once, when the app is ready."""
    user_logged_in.connect(note_visit, dispatch_uid="coalition.notifications.visit")
