"""From the bytes of a mail to what its author answered. Plain Python, nothing of the site; no bytes make it raise."""

from coalition.notifications.replies.automatic import Automatic
from coalition.notifications.replies.reading import Reply, read_reply

__all__ = ["Automatic", "Reply", "read_reply"]
