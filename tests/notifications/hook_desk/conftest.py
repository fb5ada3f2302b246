"""A program on this machine, a public kind of event, and the world."""

from tests.access.conftest import on_paper, world
from tests.notifications.receiver import receiver
from tests.notifications.webhooks.public import shelf

__all__ = ["on_paper", "receiver", "shelf", "world"]
