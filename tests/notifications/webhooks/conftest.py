"""A program on this machine, and a public kind of event."""

from tests.notifications.receiver import receiver
from tests.notifications.webhooks.public import shelf

__all__ = ["receiver", "shelf"]
