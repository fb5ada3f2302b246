"""Whom an announcement is for: query sets of accounts, never lists of people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q

from coalition.core.following import Target, readable_among
from coalition.notifications.enums import DEFAULT_RHYTHM, Audience, Category, Rhythm
from coalition.notifications.models import Announcement, Follow

MOST_TARGETS = 60
"""Things people follow that the form offers, the most followed first."""

Accounts = Callable[[], Any]
_crowds: dict[str, Accounts] = {}


def register_crowd(audience: str, accounts: Accounts) -> None:
    """Let `accounts` give the query set of those an audience holds. ValueError when another function does."""
    if _crowds.setdefault(audience, accounts) is not accounts:
        raise ValueError(f"two crowds for {audience}")


def accounts_for(announcement: Announcement) -> Any:
    """The live accounts it is for at this moment; who has silenced the thing is left in peace."""
    people: Any = get_user_model()._default_manager.filter(is_active=True)
    if announcement.audience == Audience.FOLLOWERS:
        named = {"target_kind": announcement.target_kind, "target_key": announcement.target_key}
        return people.filter(pk__in=Follow.objects.filter(muted=False, **named).values("account"))
    found = _crowds.get(announcement.audience)
    return people.filter(pk__in=found().order_by().values("pk")) if found else people.none()


@dataclass(frozen=True, slots=True)
class Reach:
    """How many accounts an announcement would reach, by what they chose; `nowhere` want none."""

    everybody: int
    by_mail: int
    in_digest: int
    on_site: int
    nowhere: int


def reach_of(announcement: Announcement) -> Reach:
    """One query, whatever their number."""
    default = DEFAULT_RHYTHM[Category.ANNOUNCEMENT]
    mine = Q(choices__category=Category.ANNOUNCEMENT)

    def chosen(*rhythms: str) -> Count:
        return Count("pk", filter=mine & Q(choices__rhythm__in=rhythms), distinct=True)

    counted = accounts_for(announcement).aggregate(
        everybody=Count("pk", distinct=True),
        by_mail=chosen(Rhythm.NOW),
        in_digest=chosen(Rhythm.DAILY, Rhythm.WEEKLY),
        on_site=chosen(Rhythm.APP),
        nowhere=chosen(Rhythm.OFF),
    )
    undecided = counted["everybody"] - sum(counted[name] for name in ("by_mail", "in_digest", "on_site", "nowhere"))
    names = {Rhythm.NOW: "by_mail", Rhythm.DAILY: "in_digest", Rhythm.WEEKLY: "in_digest", Rhythm.APP: "on_site"}
    counted[names.get(default, "nowhere")] += undecided
    return Reach(**counted)


def followed_targets(account: Any) -> Sequence[tuple[Target, int]]:
    """What people follow and the account may read, with how many follow it, the most followed first."""
    rows = (
        Follow.objects.filter(muted=False)
        .exclude(target_kind="thread")
        .values_list("target_kind", "target_key")
        .annotate(n=Count("account"))
        .order_by("-n", "target_kind", "target_key")[:MOST_TARGETS]
    )
    counts = {(kind, key): n for kind, key, n in rows}
    targets = readable_among(account, counts)
    return [(targets[name], n) for name, n in counts.items() if name in targets]
