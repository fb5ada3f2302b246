"""Real commits, a real SMTP server, a real broker."""

from tests.notifications.sink import smtp_sink
from tests.notifications.told import committed, told
from tests.notifications.worker import broker

__all__ = ["broker", "committed", "smtp_sink", "told"]
