"""Stopping an address, and writing to it again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.enums import StopReason, StopSource
from coalition.notifications.models import StoppedAddress
from coalition.notifications.rendering import is_address
from coalition.notifications.stops.listing import normal

STRENGTH = [StopReason.SOFT, StopReason.ORGANISER, StopReason.ASKED, StopReason.COMPLAINT, StopReason.HARD]


@transaction.atomic
def stop_address(
    *, address: str, reason: StopReason, source: StopSource, now: datetime, detail: str = "", actor: Any = None
) -> StoppedAddress:
    """Put an address on the list, for whatever learnt of it; the caller has judged who may.

    One that is there already takes a stronger reason (the address does not exist > complaint > asked > organiser >
    repeated) and keeps its own otherwise. Audited without the address.
    """
    values = {"reason": reason, "source": source, "since": now, "detail": _kept(detail), "by": actor}
    stop, new = StoppedAddress.objects.select_for_update().get_or_create(address=normal(address), defaults=values)
    if not new:
        if STRENGTH.index(reason) <= STRENGTH.index(StopReason(stop.reason)):
            return stop
        for name, value in values.items():
            setattr(stop, name, value)
        stop.save()
    record(actor=actor, action="address.stopped", obj=stop, now=now, reason=reason.value, source=source.value)
    return stop


def _kept(detail: str) -> str:
    return " ".join(detail.replace("\x00", " ").split())[:300]


@transaction.atomic
def stop_by_organiser(*, actor: Any, address: str, motive: str, now: datetime) -> StoppedAddress:
    """An organiser stops an address, with a motive. DomainError for no address, no motive, or one stopped already."""
    require(actor, "address.stop")
    if not is_address(normal(address)):
        raise DomainError(_("Ce n’est pas une adresse électronique."), field="address")
    if not motive.strip():
        raise DomainError(_("Dites pourquoi : le motif reste au journal."), field="motive")
    if StoppedAddress.objects.filter(address=normal(address)).exists():
        raise DomainError(_("Cette adresse est déjà arrêtée."), field="address")
    return stop_address(
        address=address, reason=StopReason.ORGANISER, source=StopSource.SITE, now=now, detail=motive, actor=actor
    )


@transaction.atomic
def lift_stop(*, actor: Any, stop: StoppedAddress, motive: str, now: datetime) -> None:
    """An organiser lets an address be written to again, with a motive; what was held back meanwhile does not leave.

    DomainError without a motive; WrongState when somebody else lifted it first.
    """
    require(actor, "address.stop", stop)
    if not motive.strip():
        raise DomainError(_("Dites pourquoi : le motif reste au journal."), field="motive")
    _lift(actor, stop, motive, now)


@transaction.atomic
def lift_own_stop(*, actor: Any, now: datetime) -> bool:
    """An account lets its own address be written to again; False when it was not stopped.

    Whatever the reason but an organiser's: a mailbox that still refuses is stopped again by its first answer.
    """
    require(actor, "preferences.edit")
    stop = own_stop(account=actor)
    if stop is None or stop.reason == StopReason.ORGANISER:
        return False
    _lift(actor, stop, "", now)
    return True


def own_stop(*, account: Any) -> StoppedAddress | None:
    """The stop of the account's own address, if there is one."""
    return StoppedAddress.objects.filter(address=normal(account.email)).first()


def _lift(actor: Any, stop: StoppedAddress, motive: str, now: datetime) -> None:
    record(actor=actor, action="address.lifted", obj=stop, now=now, reason=stop.reason, motive=_kept(motive))
    gone, _rows = StoppedAddress.objects.filter(pk=stop.pk).delete()
    if not gone:
        raise WrongState(_("Cette adresse n’est plus arrêtée."))
