"""An announcement as the mail it would be, to look at before it leaves."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from coalition.notifications.actions import mail_domain
from coalition.notifications.announcements.letters import ANNOUNCEMENT
from coalition.notifications.models import Announcement, Delivery, Event
from coalition.notifications.rendering import compose


@dataclass(frozen=True, slots=True)
class ShownMail:
    """One mail: the language it is in, its subject, its text and its HTML."""

    language: str
    subject: str
    text: str
    html: str


def preview_mail(announcement: Announcement, language: str) -> ShownMail:
    """The mail somebody who reads `language` would get; nothing is written and nothing leaves."""
    kind = ContentType.objects.get_for_model(Announcement)
    event = Event(kind=ANNOUNCEMENT.name, content_type=kind, object_id=str(announcement.pk), created_at=timezone.now())
    domain = mail_domain()
    delivery = Delivery(event=event, address=f"exemple@{domain}", language=language, message_id=f"<exemple@{domain}>")
    message: Any = compose(delivery, ANNOUNCEMENT)
    return ShownMail(language, message.subject, message.body, str(message.alternatives[0][0]))
