"""Remarks of organisers about one part of a case, kept where Wagtail's editor shows them too."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Comment

from cases.actions.writing import lock_case, pass_door
from cases.enums import WORDS
from cases.models import CasePage
from coalition.core.access import Hidden
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.actions import record_event


class EmptyComment(DomainError):
    """A remark says something, about a part that exists."""


@transaction.atomic
def comment_case(*, actor: Any, page: CasePage, about: str, text: str, now: datetime) -> Comment:
    """An organiser's remark about `about`, the name of one of the case's words. Its writers read it beside their text.

    Raises EmptyComment, or the door's refusals.
    """
    current = lock_case(page=page)
    pass_door(actor=actor, action="case.comment", obj=current)
    if about not in WORDS or not text.strip():
        raise EmptyComment(_("Dites votre remarque, et à propos de quoi."), field="text")
    comment = Comment.objects.create(
        page=current.page_ptr,
        user=actor,
        text=text.strip(),
        contentpath=about,
        revision_created_id=current.latest_revision_id,
    )
    record(actor=actor, action="case.comment", obj=current, now=now, about=about)
    _tell("case.commented", current, comment, actor, now)
    return comment


@transaction.atomic
def settle_comment(*, actor: Any, page: CasePage, comment_id: int, now: datetime) -> Comment:
    """Say that a remark is taken into account: the writers of the case, or an organiser. Twice is once.

    Hidden when the remark is not one about this case.
    """
    current = lock_case(page=page)
    pass_door(actor=actor, action="case.preview", obj=current)
    comment = Comment.objects.filter(page=current.page_ptr, pk=comment_id).first()
    if comment is None:
        raise Hidden
    if comment.resolved_at is None:
        Comment.objects.filter(pk=comment.pk, resolved_at=None).update(resolved_at=now, resolved_by=actor)
        record(actor=actor, action="case.settle_comment", obj=current, now=now, about=comment.contentpath)
        comment.refresh_from_db()
        _tell("case.remark_settled", current, comment, actor, now)
    return comment


def _tell(kind: str, page: CasePage, comment: Comment, actor: Any, now: datetime) -> None:
    """Once in the life of a remark; its words stay with Wagtail and are read when the mail is made."""
    payload = {"comment": comment.pk}
    record_event(kind=kind, key=f"{kind}:{comment.pk}", subject=page, payload=payload, now=now, actor=actor)
