"""Answers by mail become comments, in the name somebody speaks in when they do not choose one."""

from datetime import datetime
from typing import Any

from coalition.core.access import Hidden
from coalition.core.subjects import Subject
from coalition.discussion.actions.writing import write_comment
from coalition.discussion.models import Comment
from members.models import Organisation, User
from members.rules import speaking_organisations


def answer_comment(*, account: Any, number: int, words: str, now: datetime) -> Comment:
    """Write `words` in answer to the comment of this number, as `write_comment` does, with all it refuses.

    Hidden when the comment or its subject is gone.
    """
    parent = Comment.objects.whole().filter(pk=number).first()
    if parent is None or parent.subject is None:
        raise Hidden("comment.read")
    return answer_subject(account=account, subject=parent.subject, words=words, now=now, parent=parent)


def answer_subject(
    *, account: Any, subject: Subject | None, words: str, now: datetime, parent: Comment | None = None
) -> Comment:
    """Write `words` about the subject; Hidden when it is gone, else as `write_comment`.

    In the name the account last spoke in about this subject, if it still may; else in that of its first organisation,
    as the form proposes; else in its own, or the team's.
    """
    if subject is None:
        raise Hidden("subject.view")
    actor = User.objects.get(pk=account.pk)
    return write_comment(
        actor=actor,
        subject=subject,
        body=words,
        now=now,
        language=actor.language,
        organisation=_voice(actor, subject),
        parent=parent,
    )


def _voice(account: Any, subject: Subject) -> Organisation | None:
    voices = {one.pk: one for one in speaking_organisations(account)}
    last = Comment.objects.about(subject.kind, subject.key).filter(account=account).order_by("-pk").first()
    if last is not None and (last.organisation_id is None or last.organisation_id in voices):
        return voices.get(last.organisation_id)
    return next(iter(voices.values()), None)
