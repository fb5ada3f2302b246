"""Who is told what about events: each module declares its kinds when it is imported."""

from coalition.pages.notifications import events, examples

__all__ = ["events", "examples"]
