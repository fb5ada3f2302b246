"""Asking each co-sponsor, year after year, whether it still stands by its act."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from members.actions.cosponsorships import months_later
from members.actions.moves import moment_key, tell_act
from members.actions.thresholds import pass_threshold
from members.enums import CosponsorshipState
from members.models import Cosponsorship

REMINDER_DAYS = (30, 60)


@transaction.atomic
def ask_renewal(*, cosponsorship: Cosponsorship, actor: Any, now: datetime) -> Cosponsorship:
    """Ask an official co-sponsor whether it still stands by its act: it stays listed, as one to renew.

    Rule: organisers, at any time (after an election, say); `actor` None is the calendar. Until it answers, it does not
    count for the threshold. WrongState when it is not official, or when somebody asked at the same moment.
    """
    if actor is not None:
        require(actor, "cosponsorship.ask_renewal", cosponsorship)
    asked = Cosponsorship.objects.filter(pk=cosponsorship.pk, state=CosponsorshipState.OFFICIAL)
    if not asked.update(state=CosponsorshipState.TO_RENEW, renewal_asked_at=now):
        raise WrongState
    cosponsorship.refresh_from_db()
    due = cosponsorship.renew_on.isoformat() if cosponsorship.renew_on else ""
    record(actor=actor, action="cosponsorship.ask_renewal", obj=cosponsorship, now=now, renew_on=due)
    tell_act("cosponsorship.to_renew", cosponsorship, actor, now, again=_round(cosponsorship))
    return cosponsorship


def ask_due_renewals(*, now: datetime) -> int:
    """Ask every co-sponsor whose day has come, each in its own transaction; how many were asked by this run.

    Run late, it catches up; run twice, or by two workers at once, it asks nobody twice.
    """
    due = Cosponsorship.objects.filter(state=CosponsorshipState.OFFICIAL, renew_on__lte=now.date())
    asked = 0
    for act in due.order_by("renew_on", "pk"):
        try:
            ask_renewal(cosponsorship=act, actor=None, now=now)
        except WrongState:
            continue
        asked += 1
    return asked


def remind_renewals(*, now: datetime) -> int:
    """Remind the co-sponsors asked 30 days ago, then 60: one mail a step. How many acts are at a step today.

    After days without a run, only the last step due is told: two reminders never leave together.
    """
    first = now - timedelta(days=REMINDER_DAYS[0])
    waiting = Cosponsorship.objects.to_renew().filter(renewal_asked_at__lte=first)
    for act in waiting:
        step = max(days for days in REMINDER_DAYS if act.renewal_asked_at <= now - timedelta(days=days))
        tell_act("cosponsorship.renewal_reminder", act, None, now, again=f"{_round(act)}:{step}")
    return len(waiting)


@transaction.atomic
def renew_cosponsorship(*, cosponsorship: Cosponsorship, actor: Any, now: datetime) -> Cosponsorship:
    """Say that the organisation still stands by its act: official again, for as many months as the coalition asks.

    Rule: the organisation's representatives, while it is to be renewed; WrongState otherwise. The version it holds and
    its reservations stay what they are. It counts again for the threshold, which it may make the coalition pass.
    """
    require(actor, "cosponsorship.renew", cosponsorship)
    again = months_later(now.date(), cosponsorship.coalition.renewal_months)
    waiting = Cosponsorship.objects.filter(pk=cosponsorship.pk, state=CosponsorshipState.TO_RENEW)
    if not waiting.update(state=CosponsorshipState.OFFICIAL, renew_on=again, renewal_asked_at=None):
        raise WrongState
    cosponsorship.refresh_from_db()
    record(actor=actor, action="cosponsorship.renew", obj=cosponsorship, now=now, renew_on=again.isoformat())
    tell_act("cosponsorship.renewed", cosponsorship, actor, now, again=moment_key(now))
    pass_threshold(coalition=cosponsorship.coalition, actor=actor, now=now)
    return cosponsorship


def _round(act: Cosponsorship) -> str:
    """What tells one year's question from the next."""
    return moment_key(act.renewal_asked_at) if act.renewal_asked_at else ""
