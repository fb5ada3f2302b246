"""Pages of the site that belong to no other app, and the network's events."""

from coalition.pages.models.events import Event, event_line, next_events
from coalition.pages.models.site import HomePage, StandardPage
from coalition.pages.models.words import EventWords

__all__ = ["Event", "EventWords", "HomePage", "StandardPage", "event_line", "next_events"]
