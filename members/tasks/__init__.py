"""What the worker does by the calendar for members; each can run late, twice, or at two places at once."""

from members.tasks.mandates import end_mandates
from members.tasks.renewals import ask_and_remind

__all__ = ["ask_and_remind", "end_mandates"]
