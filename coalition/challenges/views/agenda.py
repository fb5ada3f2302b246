"""What is due of challenges: the deadlines of all open ones, and for a person those they follow or must conclude."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from coalition.challenges.models import Challenge
from coalition.challenges.querysets import written_for
from coalition.core.agenda import Deadline
from coalition.notifications.models import Follow

MOST = 200


def _deadlines(rows: Any) -> Iterator[Deadline]:
    for challenge in rows.exclude(closes_at=None).order_by("closes_at", "pk")[:MOST]:
        yield Deadline(
            f"challenge.{challenge.pk}",
            challenge.closes_at,
            _("Dernier moment pour répondre : %(title)s") % {"title": challenge.title},
            challenge.get_absolute_url(),
            challenge.updated_at,
        )


def public_deadlines(now: datetime) -> Iterator[Deadline]:
    """The deadlines of open challenges, soonest first, MOST at most. One query."""
    yield from _deadlines(Challenge.objects.open(now))


def personal_deadlines(account: Any, now: datetime) -> Iterator[Deadline]:
    """Those of the open challenges the account follows, and of the organisations it writes for. Two queries."""
    follows = Follow.objects.filter(account=account, target_kind="challenge", muted=False).values("target_key")
    mine = Q(slug__in=follows) | Q(organisation__in=written_for(account))
    yield from _deadlines(Challenge.objects.open(now).filter(mine))
