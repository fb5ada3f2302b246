"""Notices in words: what each says today, to somebody who may read what it is about today."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from coalition.core.following import Target, readable_among, readable_target
from coalition.notifications.kinds import Recipient, get_kind
from coalition.notifications.models import Event, Notice


@dataclass(frozen=True, slots=True)
class Line:
    """One notice: what happened, and to what."""

    notice: Notice
    title: str
    target: Target


def lines_of(account: Any, notices: Iterable[Notice]) -> list[Line]:
    """Those about what the account may read now, in the same order; a round of queries for each kind of target.

    The notices come with their event. Kinds that no app registers any more say nothing.
    """
    rows = list(notices)
    targets = readable_among(account, {row.target for row in rows})
    found = [(row, headline(row), targets.get(row.target)) for row in rows]
    return [Line(row, title, target) for row, title, target in found if title and target]


def headline(notice: Notice) -> str:
    """What happened, in a few words; "" for a kind nobody registers any more."""
    try:
        kind = get_kind(notice.event.kind)
    except LookupError:
        return ""
    return str(kind.news or kind.label) if notice.as_follower else str(kind.label)


def account_of(pk: int | None) -> Any:
    """The account, or None for one that is gone or suspended."""
    return get_user_model().objects.filter(pk=pk, is_active=True).first()


def followed_target(event: Event, recipient: Recipient) -> Target | None:
    """What the recipient was told of as a follower, while they may read it; found once for one reading of the event,
    which is read anew for each mail.
    """
    found: dict[int | None, Target | None] = event.__dict__.setdefault("followed_targets", {})
    if recipient.account_id not in found:
        account = account_of(recipient.account_id)
        notice = Notice.objects.filter(event=event, account=recipient.account_id).first()
        found[recipient.account_id] = readable_target(account, *notice.target) if account and notice else None
    return found[recipient.account_id]


def followed_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    """What the mail to a follower shows."""
    kind = get_kind(event.kind)
    return {"news": str(kind.news or kind.label), "target": followed_target(event, recipient)}


def digest_people(event: Event) -> list[Recipient]:
    """The one account a digest is for."""
    account = account_of(event.payload["account"])
    if account is None:
        return []
    return [Recipient(address=account.email, language=account.language, name=str(account), account_id=account.pk)]


def digest_lines(event: Event, recipient: Recipient) -> list[Line]:
    """What the digest tells, looked at again now: by the thing, and by what each kind says of its own event."""
    account = account_of(recipient.account_id)
    notices = Notice.objects.filter(digest=event, account=recipient.account_id).select_related("event").order_by("pk")
    return [line for line in lines_of(account, notices) if _still_said(line.notice.event, recipient)]


def _still_said(event: Event, recipient: Recipient) -> bool:
    if event.content_type_id is not None and event.subject is None:
        return False
    return get_kind(event.kind).visible(event, recipient)


def digest_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    """What the mail of a digest shows."""
    return {"lines": digest_lines(event, recipient)}
