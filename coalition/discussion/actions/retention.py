"""What discussions forget: personal comments with their account, decided reports after a year."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from coalition.core.audit import record
from coalition.core.privacy import PurgeStep, register_purge
from coalition.discussion.actions.writing import retire
from coalition.discussion.enums import CommentState, ReportOutcome
from coalition.discussion.models import Comment, Report

REPORTS_KEPT = timedelta(days=365)


def retire_personal_comments(*, account: Any, now: datetime) -> None:
    """Before an account is erased: what it said in its own name is taken back, what it said for an organisation stays.

    Rule: none of its own; it is a step of erasing the account (`register_erasure_step`), which asked the door.
    """
    own = Comment.objects.filter(account=account, organisation=None, for_team=False)
    for comment in own.exclude(state=CommentState.DELETED):
        retire(comment=comment, by=None, now=now)
        record(actor=None, action="comment.delete", obj=comment, now=now, own=True)


def forget_reports(cutoff: datetime, dry_run: bool) -> int:
    """Reports decided before `cutoff`."""
    old = Report.objects.exclude(outcome=ReportOutcome.OPEN).filter(settled_at__lt=cutoff)
    found = int(old.count())
    if found and not dry_run:
        old.delete()
    return found


def register_steps() -> None:
    """Called once, when the app is ready."""
    register_purge(PurgeStep("reports", _("Signalements décidés"), REPORTS_KEPT, forget_reports))
