"""What the word of a mail would stop."""

from typing import Any

from django.contrib.auth import get_user_model

from coalition.notifications.enums import Category
from coalition.notifications.heading.words import Leave, Way
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Event
from coalition.notifications.preferences import rhythms_of


def leaver(leave: Leave) -> Any:
    """The account the word was made for; None once it is gone."""
    return get_user_model()._default_manager.filter(pk=leave.account_id).first()


def categories_of(leave: Leave, account: Any) -> list[Category]:
    """The categories whose mails this stops; none where it leaves what is followed."""
    if leave.way is Way.CATEGORY:
        return [Category(leave.what)] if leave.what in Category.values else []
    if leave.way is Way.DIGEST:
        return [Category(category) for category, rhythm in rhythms_of(account).items() if rhythm == leave.what]
    return []


def followed_by(leave: Leave) -> list[tuple[str, str]]:
    """The followed things the mail was about, while its event can still say so."""
    event = Event.objects.filter(pk=int(leave.what)).first() if leave.what.isdecimal() else None
    if leave.way is not Way.FOLLOWED or event is None:
        return []
    if event.content_type_id is not None and event.subject is None:
        return []
    try:
        return list(get_kind(event.kind).targets(event))
    except LookupError:
        return []
