"""Saying something, correcting it while it is fresh, taking it back."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, is_organiser, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.subjects import Subject, subject_wording
from coalition.discussion.actions.wording import count_on, readable
from coalition.discussion.anchoring import Anchor, anchor_at
from coalition.discussion.enums import (
    COMMENTS_AN_HOUR,
    MAX_BODY,
    TWICE,
    CommentState,
    Language,
    PassageState,
    ReportOutcome,
)
from coalition.discussion.models import Comment, Passage, Report
from coalition.notifications.actions import record_event
from members.actions import acting_for
from members.models import Organisation


class PassageGone(DomainError):
    """The sentence a remark points at does not read like that today."""


@transaction.atomic
def write_comment(
    *,
    actor: Any,
    subject: Subject,
    body: str,
    now: datetime,
    language: str = Language.FRENCH,
    organisation: Organisation | None = None,
    parent: Comment | None = None,
) -> Comment:
    """Say something of a subject, or in answer to `parent`; those who take part and its authors are told.

    Members of confirmed organisations and organisers, while the subject is open (WrongState otherwise). In the name of
    `organisation` for its members and representatives; without one an organiser speaks for the team, anybody else for
    themselves. WrongState when `parent` was hidden or taken back; UnreadableText, TooMany. The same words written twice
    within five minutes at the same place are one comment.
    """
    return _say(
        actor=actor, subject=subject, body=body, now=now, language=language, organisation=organisation, parent=parent
    )


def _say(
    *,
    actor: Any,
    subject: Subject,
    body: str,
    now: datetime,
    language: str,
    organisation: Organisation | None,
    parent: Comment | None = None,
    passage: dict[str, Any] | None = None,
) -> Comment:
    """Write a comment, with the passage it points at; the one that is there when the button was pressed twice."""
    require(actor, "comment.create", subject)
    if organisation is not None:
        require(actor, "comment.speak_for", organisation)
    text = readable(text=body, field="body", longest=MAX_BODY, shortest=2)
    opener = _open_parent(actor, subject, parent)
    count_on(account=actor, rows=Comment.objects.all(), limit=COMMENTS_AN_HOUR, within=timedelta(hours=1), now=now)
    said = {"account": actor, "organisation": organisation, "parent": parent, "body": text}
    again = _said_already(subject, said, passage, now)
    if again is not None:
        return _read(again, subject)
    comment = Comment.objects.create(
        subject_kind=subject.kind,
        subject_key=subject.key,
        thread=opener,
        for_team=organisation is None and is_organiser(actor),
        language=language if language in Language.values else Language.FRENCH,
        created_at=now,
        **said,
    )
    if passage is not None:
        Passage.objects.create(comment=comment, from_version=subject.number, state=PassageState.MADE, **passage)
    facts = acting_for(account=actor, organisation=organisation)
    record(actor=actor, action="comment.create", obj=comment, now=now, about=f"{subject.kind} {subject.key}", **facts)
    _tell(comment, now, actor)
    return _read(comment, subject)


def _said_already(
    subject: Subject, said: dict[str, Any], passage: dict[str, Any] | None, now: datetime
) -> Comment | None:
    recent = Comment.objects.about(subject.kind, subject.key).visible().filter(created_at__gt=now - TWICE, **said)
    where = {f"passages__{name}": passage[name] for name in ("language", "position", "quote")} if passage else {}
    found: Comment | None = recent.filter(**(where or {"passages": None})).first()
    return found


def _open_parent(actor: Any, subject: Subject, parent: Comment | None) -> Comment | None:
    """The comment that opens the thread `parent` is in; None for a new thread."""
    if parent is None:
        return None
    if (parent.subject_kind, parent.subject_key) != (subject.kind, subject.key):
        raise WrongState(_("Cette réponse ne va pas avec ce commentaire."))
    require(actor, "comment.read", parent)
    if parent.state != CommentState.VISIBLE:
        raise WrongState(_("Ce commentaire n’est plus visible : on ne peut plus y répondre."))
    return parent.thread or parent


def _read(comment: Comment, subject: Subject) -> Comment:
    found: Comment = Comment.objects.whole().get(pk=comment.pk)
    found.subject = subject
    return found


def _tell(comment: Comment, now: datetime, actor: Any) -> None:
    record_event(
        kind="comment.created",
        key=f"comment.created:{comment.pk}",
        subject=comment,
        payload={"thread": comment.thread_id or comment.pk},
        now=now,
        actor=actor,
    )


@transaction.atomic
def write_remark(
    *,
    actor: Any,
    subject: Subject,
    text_language: str,
    position: int,
    quote: str,
    body: str,
    now: datetime,
    language: str = Language.FRENCH,
    organisation: Organisation | None = None,
) -> Comment:
    """As `write_comment`, pointing at one sentence of the subject's text.

    `position` is the rank of the sentence in its text of today in `text_language`, `quote` its exact words as the
    author read them. PassageGone when they do not stand there (a newer version has come): the author chooses again.
    """
    require(actor, "comment.create", subject)
    anchor = _anchor(subject, text_language, position, quote)
    return _say(
        actor=actor,
        subject=subject,
        body=body,
        now=now,
        language=language,
        organisation=organisation,
        passage={**anchor._asdict(), "language": text_language},
    )


def _anchor(subject: Subject, language: str, position: int, quote: str) -> Anchor:
    gone = PassageGone(
        _("Le texte a changé depuis que vous l’avez lu : choisissez à nouveau la phrase."), field="position"
    )
    wording = subject_wording(subject, subject.number, language)
    if wording is None:
        raise gone
    try:
        anchor = anchor_at(wording.text, position)
    except LookupError:
        raise gone from None
    if anchor.quote != quote:
        raise gone
    return anchor


@transaction.atomic
def edit_comment(*, actor: Any, comment: Comment, body: str, now: datetime) -> Comment:
    """Correct one's own comment within fifteen minutes; it then says that it was. WrongState afterwards."""
    require(actor, "comment.edit", comment)
    if not comment.may_still_be_corrected(now):
        raise WrongState(_("Passé quinze minutes, un commentaire ne se corrige plus : répondez-y, ou retirez-le."))
    text = readable(text=body, field="body", longest=MAX_BODY, shortest=2)
    mine = Comment.objects.filter(pk=comment.pk, account=actor, state=CommentState.VISIBLE)
    if not mine.update(body=text, edited_at=now):
        raise WrongState(_("Ce commentaire n’est plus visible."))
    record(actor=actor, action="comment.edit", obj=comment, now=now)
    comment.refresh_from_db()
    return comment


@transaction.atomic
def delete_comment(*, actor: Any, comment: Comment, now: datetime) -> Comment:
    """Take a comment back: its words are erased, its place and the answers stay. Its author, or an organiser.

    Reports of it are settled by that. WrongState when it was taken back already.
    """
    require(actor, "comment.delete", comment)
    retire(comment=comment, by=actor, now=now)
    record(actor=actor, action="comment.delete", obj=comment, now=now, own=comment.account_id == actor.pk)
    comment.refresh_from_db()
    return comment


def retire(*, comment: Comment, by: Any, now: datetime) -> None:
    """Empty the comment and close its reports, whoever decided it; WrongState when that is done already."""
    standing = Comment.objects.filter(pk=comment.pk).exclude(state=CommentState.DELETED)
    emptied = {"body": "", "hidden_reason": "", "ended_at": now, "ended_by": by}
    if not standing.update(state=CommentState.DELETED, **emptied):
        raise WrongState(_("Ce commentaire est déjà retiré."))
    Report.objects.filter(comment=comment, outcome=ReportOutcome.OPEN).update(
        outcome=ReportOutcome.DELETED, settled_at=now, settled_by=by
    )
