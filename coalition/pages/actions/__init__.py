"""Everything that changes an event."""

from coalition.pages.actions.near import tell_of_near_events
from coalition.pages.actions.publication import cancel_event, publish_event, report_event, withdraw_event
from coalition.pages.actions.writing import EventConflict, create_event, edit_event

__all__ = [
    "EventConflict",
    "cancel_event",
    "create_event",
    "edit_event",
    "publish_event",
    "report_event",
    "tell_of_near_events",
    "withdraw_event",
]
