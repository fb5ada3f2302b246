"""Organisers, people who follow a board, and a letter to them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group

from coalition.core.access import ORGANISERS
from coalition.notifications.actions import fan_out_event
from coalition.notifications.announcements.actions import (
    Letter,
    approve_announcement,
    propose_announcement,
    write_announcement,
)
from coalition.notifications.models import Announcement, Event, Follow
from members.models import User
from tests.notifications.board import KIND, make_reader
from tests.notifications.told import NOW

WORDS = {
    "subject_fr": "Réunion de mars",
    "text_fr": "Venez à Dakar.\n\nLe 3 mars.",
    "subject_en": "March meeting",
    "text_en": "Come to Dakar.\n\nOn 3 March.",
}


def make_organiser(name: str = "Olga") -> User:
    """One whose second factor is active."""
    account = make_reader(name)
    group, _made = Group.objects.get_or_create(name=ORGANISERS)
    account.groups.add(group)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    return User.objects.get(pk=account.pk)


def follow_board(accounts: Iterable[User], **fields: Any) -> None:
    """They follow board 1."""
    rows = [Follow(account=one, target_kind=KIND, target_key="1", created_at=NOW, **fields) for one in accounts]
    Follow.objects.bulk_create(rows)


def letter(target: tuple[str, str] | None = (KIND, "1"), **words: str) -> Letter:
    """To those who follow board 1."""
    return Letter(**{**WORDS, **words}, target=target)


def proposed(writer: User, now: datetime = NOW, **words: Any) -> Announcement:
    """Written and proposed."""
    draft = write_announcement(actor=writer, letter=letter(**words), now=now)
    return propose_announcement(actor=writer, announcement=draft, now=now)


def leave(one: Announcement, approver: User, now: datetime = NOW) -> Event:
    """Approved, and fanned out."""
    approve_announcement(actor=approver, announcement=one, now=now)
    event = Event.objects.get(key=f"announcement.sent:{one.pk}")
    fan_out_event(event_id=event.pk, now=now)
    event.refresh_from_db()
    assert not event.last_error
    return event
