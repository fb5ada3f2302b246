"""Reporting, and what organisers decide: hide with a reason, leave visible, show again."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.discussion.actions.wording import count_on, readable
from coalition.discussion.enums import (
    MAX_REASON,
    MIN_REASON,
    REPORTS_A_DAY,
    CommentState,
    ReportOutcome,
    ReportReason,
)
from coalition.discussion.models import Comment, Report
from coalition.notifications.actions import record_event


class AlreadyReported(DomainError):
    """This account has reported this comment before."""


@transaction.atomic
def report_comment(*, actor: Any, comment: Comment, reason: str, now: datetime, detail: str = "") -> Report:
    """Say that a comment should not stay. Any verified account that reads it, once; the organisers are told.

    WrongState when it is no longer visible, AlreadyReported the second time, TooMany, DomainError for no reason.
    """
    require(actor, "comment.report", comment)
    if reason not in ReportReason.values:
        raise DomainError(_("Choisissez ce qui ne va pas."), field="reason")
    words = readable(text=detail, field="detail", longest=MAX_REASON)
    count_on(account=actor, rows=Report.objects.all(), limit=REPORTS_A_DAY, within=timedelta(days=1), now=now)
    if Report.objects.filter(comment=comment, account=actor).exists():
        raise AlreadyReported(_("Vous avez déjà signalé ce commentaire. L’équipe d’organisation le sait."))
    report = Report.objects.create(comment=comment, account=actor, reason=reason, detail=words, created_at=now)
    record(actor=actor, action="comment.report", obj=comment, now=now, reason=reason)
    first = Report.objects.open().filter(comment=comment).values_list("pk", flat=True)[0]
    record_event(
        kind="comment.reported",
        key=f"comment.reported:{first}",
        subject=report,
        payload={"comment": comment.pk, "reason": reason},
        now=now,
        actor=actor,
    )
    return report


@transaction.atomic
def hide_comment(*, actor: Any, comment: Comment, reason: str, now: datetime) -> Comment:
    """Take a comment out of sight, with a reason everybody may read. Organisers.

    Its author still reads it, and is told why; its reports are settled. WrongState when it is no longer visible.
    """
    require(actor, "comment.hide", comment)
    why = readable(text=reason, field="reason", longest=MAX_REASON, shortest=MIN_REASON)
    visible = Comment.objects.filter(pk=comment.pk, state=CommentState.VISIBLE)
    if not visible.update(state=CommentState.HIDDEN, hidden_reason=why, ended_at=now, ended_by=actor):
        raise WrongState(_("Ce commentaire n’est plus visible."))
    _settle(comment, ReportOutcome.HIDDEN, why, actor, now)
    record(actor=actor, action="comment.hide", obj=comment, now=now)
    comment.refresh_from_db()
    _tell("comment.hidden", comment, actor, now)
    return comment


@transaction.atomic
def restore_comment(*, actor: Any, comment: Comment, now: datetime) -> Comment:
    """Show a hidden comment again. Organisers; WrongState when it is not hidden."""
    require(actor, "comment.restore", comment)
    hidden = Comment.objects.filter(pk=comment.pk, state=CommentState.HIDDEN)
    if not hidden.update(state=CommentState.VISIBLE, hidden_reason="", ended_at=None, ended_by=None):
        raise WrongState(_("Ce commentaire n’est plus masqué."))
    record(actor=actor, action="comment.restore", obj=comment, now=now)
    comment.refresh_from_db()
    _tell("comment.restored", comment, actor, now)
    return comment


@transaction.atomic
def dismiss_reports(*, actor: Any, comment: Comment, motive: str, now: datetime) -> int:
    """Leave a reported comment visible, and say why; how many reports that settles. Organisers.

    WrongState when it has no open report, or is no longer visible.
    """
    require(actor, "comment.hide", comment)
    why = readable(text=motive, field="reason", longest=MAX_REASON, shortest=MIN_REASON)
    settled = _settle(comment, ReportOutcome.KEPT, why, actor, now)
    if not settled:
        raise WrongState(_("Aucun signalement de ce commentaire n’attend de décision."))
    record(actor=actor, action="comment.keep", obj=comment, now=now, reports=settled)
    return settled


def _settle(comment: Comment, outcome: ReportOutcome, motive: str, actor: Any, now: datetime) -> int:
    open_ones = Report.objects.filter(comment=comment, outcome=ReportOutcome.OPEN)
    reports = list(open_ones.order_by("pk").values_list("pk", flat=True))
    settled = open_ones.update(outcome=outcome, motive=motive, settled_at=now, settled_by=actor)
    if settled:
        _tell("comment.report_settled", comment, actor, now, reports=reports)
    return settled


def _tell(kind: str, comment: Comment, actor: Any, now: datetime, **facts: Any) -> None:
    """Once for each time it is done."""
    key = f"{kind}:{comment.pk}:{now.isoformat()}"
    record_event(kind=kind, key=key, subject=comment, payload=facts, now=now, actor=actor)
