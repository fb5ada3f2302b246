"""What is asked of whoever writes an event."""

from coalition.pages.forms.events import CancelForm, EventForm, ReportForm, answers_of

__all__ = ["CancelForm", "EventForm", "ReportForm", "answers_of"]
