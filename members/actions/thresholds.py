"""The number of co-sponsors that makes a coalition official: setting it, and passing it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.actions import record_event
from members.enums import CoalitionState, Kind
from members.models import Coalition, KindThreshold
from members.models.progress import threshold_progress

MOST = 9999


class ThresholdUnclear(DomainError):
    """The numbers asked for contradict each other, or are none."""


def pass_threshold(*, coalition: Coalition, actor: Any, now: datetime) -> bool:
    """Make a coalition in project official if its official co-sponsors now reach its thresholds; whether it did.

    For actions only, inside their transaction, after the change that may make it pass. The coalition's row is held
    until the end: of two approvals at once, the second counts what the first committed, and one alone passes. Writes
    the audit line and the event coalition.official, once. Falling below later undoes nothing.
    """
    held = Coalition.objects.select_for_update(no_key=True).get(pk=coalition.pk)
    if held.state != CoalitionState.PROJECT or not threshold_progress(held).reached:
        return False
    held.state, held.official_since = CoalitionState.OFFICIAL, now
    held.save(update_fields=["state", "official_since"])
    coalition.state, coalition.official_since = held.state, now
    record(actor=actor, action="coalition.official", obj=held, now=now, cosponsors=held.cosponsors_needed)
    record_event(
        kind="coalition.official",
        key=f"coalition.official:{held.pk}",
        subject=held,
        payload={"needed": held.cosponsors_needed},
        now=now,
        actor=actor,
    )
    return True


@transaction.atomic
def set_threshold(
    *, coalition: Coalition, actor: Any, cosponsors_needed: int, kinds: Mapping[str, int], now: datetime
) -> Coalition:
    """Say how many official co-sponsors make the coalition official, and at least how many of some kinds.

    Rule: organisers; `actor` None is the site itself (first content). `kinds` maps values of `Kind` to a minimum, 0
    for none; together they ask for no more than `cosponsors_needed`; 0 asks for none and leaves the state to people.
    A number that is already reached makes the coalition official at once; nothing makes an official one a project
    again. Raises ThresholdUnclear. The audit line keeps what was asked before.
    """
    if actor is not None:
        require(actor, "coalition.set_threshold", coalition)
    wanted = {kind: minimum for kind, minimum in kinds.items() if minimum}
    _check(cosponsors_needed, wanted)
    held = Coalition.objects.select_for_update(no_key=True).get(pk=coalition.pk)
    rows = held.kind_thresholds
    before = {"needed": held.cosponsors_needed, "kinds": dict(rows.values_list("kind", "minimum"))}
    held.cosponsors_needed = cosponsors_needed
    held.save(update_fields=["cosponsors_needed"])
    rows.exclude(kind__in=wanted).delete()
    for kind, minimum in wanted.items():
        KindThreshold.objects.update_or_create(coalition=held, kind=kind, defaults={"minimum": minimum})
    after = {"needed": cosponsors_needed, "kinds": wanted}
    record(actor=actor, action="coalition.set_threshold", obj=held, now=now, before=before, after=after)
    pass_threshold(coalition=held, actor=actor, now=now)
    coalition.refresh_from_db()
    return coalition


def _check(needed: int, kinds: Mapping[str, int]) -> None:
    if not 0 <= needed <= MOST:
        raise ThresholdUnclear(_("Donnez un nombre de 0 à 9999."), field="cosponsors_needed")
    if not set(kinds) <= set(Kind.values) or any(not 0 < minimum <= MOST for minimum in kinds.values()):
        raise ThresholdUnclear(_("Donnez un nombre de 0 à 9999."), field="kinds")
    if sum(kinds.values()) > needed:
        raise ThresholdUnclear(
            _("Les minimums par nature dépassent le nombre total de co-porteurs : augmentez le total."),
            field="cosponsors_needed",
        )
