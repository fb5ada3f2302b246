"""What an account has read of its news, and since when it was here."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from coalition.core.access import require
from coalition.notifications.models import Notice, Preferences

MOST_COUNTED = 100


def unread_count(account: Any) -> int:
    """How much is unread, MOST_COUNTED for that many or more. One query on a partial index."""
    return Notice.objects.unread().filter(account=account).order_by()[:MOST_COUNTED].count()


@transaction.atomic
def mark_notice(*, actor: Any, notice: Notice | None, read: bool, now: datetime) -> None:
    """Say that one has read one piece of one's own news, or has not. Hidden for anybody else's, as for None."""
    require(actor, "notice.mark", notice)
    mine = Notice.objects.filter(pk=notice.pk if notice else 0, account=actor)
    if read:
        mine.filter(read_at__isnull=True).update(read_at=now)
    else:
        mine.update(read_at=None)


@transaction.atomic
def mark_all_read(*, actor: Any, up_to: int, now: datetime) -> int:
    """Say that one has read everything up to the notice of that number, what is no longer shown included.

    What arrived after the page was shown stays unread. How many were unread. The visit ends there too.
    """
    require(actor, "notice.list")
    read: int = Notice.objects.unread().filter(account=actor, pk__lte=up_to).update(read_at=now)
    last = Notice.objects.filter(account=actor, pk__lte=up_to).aggregate(last=Max("pk"))["last"]
    if last is not None:
        values = {"seen_up_to": last, "visit_up_to": last}
        Preferences.objects.update_or_create(account=actor, defaults=values)
    return read


@transaction.atomic
def begin_visit(*, account: Any, now: datetime) -> None:
    """Note, at a log-in, what there is: what came since the log-in before is « since my last visit »."""
    last = Notice.objects.filter(account=account).aggregate(last=Max("pk"))["last"]
    if last is None:
        return
    Preferences.objects.bulk_create([Preferences(account=account)], ignore_conflicts=True)
    Preferences.objects.filter(account=account).update(seen_up_to=F("visit_up_to"), visit_up_to=last, visited_at=now)
