"""The phases of a charter and the rule by which its amendments are decided."""

from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.core.access import require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.actions import record_event
from principles.actions.charter import lock_charter
from principles.enums import DecisionRule, Voters
from principles.models import Charter

LONGEST_DAYS = 365
MOST_SUPPORTERS = 100


class PhasesOutOfOrder(DomainError):
    """A phase would begin before the one it follows."""


class UnknownRule(DomainError):
    """A rule, a share or a number that cannot be."""


@transaction.atomic
def set_phases(
    *,
    actor: Any,
    charter: Charter,
    amendments_from: datetime | None,
    deliberation_from: datetime | None,
    adopted_from: datetime | None,
    now: datetime,
) -> Charter:
    """Say when amendments open, when deliberation begins, when the charter is settled; None: no such moment.

    Organisers only. They open and close by themselves. DomainError for dates that do not follow one another.
    """
    require(actor, "charter.set_rules", charter)
    dates = {
        "amendments_from": amendments_from,
        "deliberation_from": deliberation_from,
        "adopted_from": adopted_from,
    }
    given = [(name, moment) for name, moment in dates.items() if moment is not None]
    for (_before, first), (name, second) in pairwise(given):
        if second <= first:
            raise PhasesOutOfOrder(_("Une phase commence après celle qui la précède."), field=name)
    charter = lock_charter(pk=charter.pk)
    Charter.objects.filter(pk=charter.pk).update(**dates)
    facts = {name: moment.isoformat() if moment else None for name, moment in dates.items()}
    record(actor=actor, action="charter.set_phases", obj=charter, now=now, **facts)
    return Charter.objects.get(pk=charter.pk)


@transaction.atomic
def set_decision_rule(
    *,
    actor: Any,
    charter: Charter,
    decision_rule: str,
    voters: str,
    quorum_percent: int,
    decision_days: int,
    supporters_needed: int,
    now: datetime,
) -> Charter:
    """Declare how amendments are decided: rule, who has a voice, part of the voices needed, days, supports first.

    Organisers only. It holds at once, for open amendments too; a decision keeps the rule it was made under. Whatever
    waited for more supports than are asked now opens with its next support.
    """
    require(actor, "charter.set_rules", charter)
    if decision_rule not in DecisionRule.values or voters not in Voters.values:
        raise UnknownRule(_("Choisissez une règle de la liste."), field="decision_rule")
    limits = {"quorum_percent": 100, "decision_days": LONGEST_DAYS, "supporters_needed": MOST_SUPPORTERS}
    numbers = {
        "quorum_percent": quorum_percent,
        "decision_days": decision_days,
        "supporters_needed": supporters_needed,
    }
    for name, most in limits.items():
        if not 0 <= numbers[name] <= most:
            raise UnknownRule(_("De 0 à %(most)d.") % {"most": most}, field=name)
    charter = lock_charter(pk=charter.pk)
    Charter.objects.filter(pk=charter.pk).update(decision_rule=decision_rule, voters=voters, **numbers)
    record(actor=actor, action="charter.set_rule", obj=charter, now=now, rule=decision_rule, voters=voters, **numbers)
    return Charter.objects.get(pk=charter.pk)


def announce_phases(*, now: datetime) -> int:
    """Record the beginning of each phase that has begun, once for each date; how many were new. Run by the worker.

    Rule: none, nobody asks; the phases themselves follow from the dates, this only tells.
    """
    new = 0
    for charter in Charter.objects.published():
        phase = charter.phase(now)
        began = charter.phase_dates().get(phase)
        if began is None:
            continue
        event = record_event(
            kind="charter.phase",
            key=f"charter.phase:{charter.pk}:{phase.value}:{began.isoformat()}",
            subject=charter,
            payload={"phase": phase.value},
            now=now,
        )
        new += event.created_at == now
    return new
