"""The SMTP server, the test kind, real commits, the broker, and a board to follow."""

from tests.notifications.board import board
from tests.notifications.posted import posted
from tests.notifications.sink import smtp_sink
from tests.notifications.told import committed, told
from tests.notifications.worker import broker

__all__ = ["board", "broker", "committed", "posted", "smtp_sink", "told"]
