"""Django's way to send mail, turned into deliveries: no request talks to a mail server."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from coalition.notifications.actions import record_composed_mail


class OutboxBackend(BaseEmailBackend):
    """EMAIL_BACKEND: whatever allauth, Wagtail or Django sends becomes an event and its deliveries.

    They are written in the caller's transaction: a mail about something that is rolled back never leaves.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put each message away. A header with a line break raises BadHeaderError, unless asked to fail silently."""
        written = 0
        for message in email_messages:
            try:
                event = record_composed_mail(message=message, now=timezone.now())
            except Exception:
                if not self.fail_silently:
                    raise
            else:
                written += event is not None
        return written
