"""Stopping a kind of mail with the word that stood in one: no login, the word is proof enough."""

from datetime import datetime
from typing import Any

from django.db import transaction

from coalition.notifications.enums import DEFAULT_RHYTHM, Category, Rhythm, StopReason, StopSource
from coalition.notifications.heading.words import Leave, Way
from coalition.notifications.leaving.reading import categories_of, followed_by, leaver
from coalition.notifications.models import Choice, Follow
from coalition.notifications.stops.actions import stop_address


@transaction.atomic
def stop_mails(*, leave: Leave, now: datetime) -> bool:
    """Do what one click asks, as often as it is asked; False once the account is gone.

    A category: its news stays on the site and no mail of it leaves any more. A digest: so for every category told at
    its rhythm. A followed thing: it is not followed any more; where it is gone, all that is followed stays on the site.
    """
    account = leaver(leave)
    if account is None:
        return False
    things = followed_by(leave)
    for kind, key in things:
        Follow.objects.filter(account=account, target_kind=kind, target_key=key).delete()
    categories = categories_of(leave, account)
    if leave.way is Way.FOLLOWED and not things:
        categories = [Category.FOLLOWING]
    for category in categories:
        _keep_on_site(account, category)
    return True


def _keep_on_site(account: Any, category: Category) -> None:
    """The category by no mail any more; what says even less than the site stays so."""
    kept = Choice.objects.select_for_update().filter(account=account, category=category).first()
    rhythm = kept.rhythm if kept else DEFAULT_RHYTHM[category]
    if rhythm not in (Rhythm.APP, Rhythm.OFF):
        Choice.objects.update_or_create(account=account, category=category, defaults={"rhythm": Rhythm.APP})


@transaction.atomic
def stop_everything(*, leave: Leave, now: datetime) -> bool:
    """Stop the account's address altogether but for what is essential; False once the account is gone."""
    account = leaver(leave)
    if account is None:
        return False
    stop_address(address=account.email, reason=StopReason.ASKED, source=StopSource.SITE, now=now, actor=account)
    return True
