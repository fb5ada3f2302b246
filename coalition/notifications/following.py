"""Following a thing, silencing it, leaving it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from coalition.core.access import require
from coalition.core.following import Target
from coalition.notifications.announced import Announcement
from coalition.notifications.readers import Follow, Notice, Preferences


@transaction.atomic
def follow_target(*, actor: Any, target: Target | None, now: datetime) -> Follow:
    """Follow a thing one may read (Hidden otherwise, as for None); one that was silenced speaks again."""
    require(actor, "target.follow", target)
    return _set(actor, target, muted=False, now=now)


@transaction.atomic
def mute_target(*, actor: Any, target: Target | None, now: datetime) -> Follow:
    """Be told nothing more of a thing, even when one took part in it. Rule as for `follow_target`."""
    require(actor, "target.follow", target)
    return _set(actor, target, muted=True, now=now)


def _set(account: Any, target: Any, *, muted: bool, now: datetime) -> Follow:
    follow, _new = Follow.objects.update_or_create(
        account=account,
        target_kind=target.kind,
        target_key=target.key,
        defaults={"muted": muted, "automatic": False},
        create_defaults={"muted": muted, "created_at": now},
    )
    return follow


@transaction.atomic
def unfollow_target(*, actor: Any, kind: str, key: str) -> bool:
    """Leave one's own follow of whatever this names, readable or not; False when there was none."""
    require(actor, "target.unfollow")
    gone, _rows = Follow.objects.filter(account=actor, target_kind=kind, target_key=key).delete()
    return bool(gone)


def follow_automatically(*, account: Any, kind: str, key: str, now: datetime) -> None:
    """Follow what the account has just written, commented or signed, in the caller's transaction.

    Nothing for an account that switched this off, and nothing changes where it follows or has silenced it already.
    """
    if account is None or Preferences.objects.filter(account=account, auto_follow=False).exists():
        return
    follow = Follow(account=account, target_kind=kind, target_key=key, automatic=True, created_at=now)
    Follow.objects.bulk_create([follow], ignore_conflicts=True)


def move_follows(*, kind: str, gone: str, kept: str) -> int:
    """Hand over who follows or has silenced `gone` to `kept`, and the news told of it, in the caller's transaction.

    For two things that become one. Where somebody had both, the one of `kept` stays; a silence of either holds.
    Returns how many follows moved.
    """
    theirs = Follow.objects.filter(target_kind=kind, target_key=gone)
    both = Follow.objects.filter(target_kind=kind, target_key=kept, account__in=theirs.values("account"))
    both.filter(account__in=theirs.filter(muted=True).values("account")).update(muted=True)
    theirs.filter(account__in=list(both.values_list("account", flat=True))).delete()
    Notice.objects.filter(target_kind=kind, target_key=gone).update(target_key=kept)
    Announcement.objects.filter(target_kind=kind, target_key=gone).update(target_key=kept)
    return theirs.update(target_key=kept)
