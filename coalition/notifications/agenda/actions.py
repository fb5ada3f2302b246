"""Making, renewing and deleting the address of one's own calendar."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.notifications.readers import AgendaAddress


@transaction.atomic
def make_agenda_address(*, actor: Any, now: datetime) -> AgendaAddress:
    """Give the account an address for its own calendar. Rule: every account, its own. WrongState when it has one."""
    require(actor, "agenda.own")
    row = AgendaAddress(account=actor, created_at=now)
    AgendaAddress.objects.bulk_create([row], ignore_conflicts=True)
    made = AgendaAddress.objects.filter(account=actor, created_at=now, serial=0).first()
    if made is None:
        raise WrongState
    record(actor=actor, action="agenda.make", obj=actor, now=now)
    return made


@transaction.atomic
def renew_agenda_address(*, actor: Any, now: datetime) -> AgendaAddress:
    """Give it another one: the one before is dead at once. WrongState when there is none. Rule: as above."""
    require(actor, "agenda.own")
    if not AgendaAddress.objects.filter(account=actor).update(serial=F("serial") + 1):
        raise WrongState
    record(actor=actor, action="agenda.renew", obj=actor, now=now)
    return AgendaAddress.objects.get(account=actor)


@transaction.atomic
def delete_agenda_address(*, actor: Any, now: datetime) -> None:
    """Take it away: no address of it leads anywhere any more. WrongState when there is none. Rule: as above."""
    require(actor, "agenda.own")
    gone, _rows = AgendaAddress.objects.filter(account=actor).delete()
    if not gone:
        raise WrongState
    record(actor=actor, action="agenda.delete", obj=actor, now=now)
