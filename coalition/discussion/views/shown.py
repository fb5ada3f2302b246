"""Comments as a page shows them: what a reader may see of each, and do with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from coalition.core.access import can, is_known
from coalition.core.languages import reader_language
from coalition.core.markdown import to_html, to_marked_html
from coalition.core.subjects import Subject, find_subject
from coalition.discussion.anchoring import position_of, split_sentences
from coalition.discussion.enums import CommentState
from coalition.discussion.models import Comment, Passage
from coalition.discussion.querysets import PLACE

HEADINGS_FROM = 5
REMARKS_BESIDE = 5
SHOWN_BELOW = 20


@dataclass
class Shown:
    """One comment. `html` is empty where the reader may not read it; `answers` is set below the second level."""

    comment: Comment
    html: str = ""
    answers: Comment | None = None
    passage: Passage | None = None
    may: dict[str, bool] = field(default_factory=dict)


@dataclass
class Thread:
    """The comment that opened it (None when it stands on a page before) and its answers on this page."""

    opener: Comment
    root: Shown | None = None
    replies: list[Shown] = field(default_factory=list)


@dataclass
class Talk:
    """What is said of a subject, for a page of that subject."""

    subject: Subject
    threads: list[Thread]
    count: int
    may_write: bool


@dataclass
class ArticleTalk:
    """What is said of one article: how many comments, and the latest remarks on its passages in this version."""

    key: str
    count: int = 0
    remark_count: int = 0
    remarks: list[Passage] = field(default_factory=list)


def _acts(account: Any, comment: Comment, now: datetime, *, may_write: bool) -> dict[str, bool]:
    if not is_known(account):
        return {}
    visible = comment.state == CommentState.VISIBLE
    own = comment.account_id == account.pk
    return {
        "reply": visible and may_write,
        "edit": bool(can(account, "comment.edit", comment)) and comment.may_still_be_corrected(now),
        "delete": bool(can(account, "comment.delete", comment)),
        "hide": bool(can(account, "comment.hide", comment)),
        "restore": bool(can(account, "comment.restore", comment)),
        "report": not own and bool(can(account, "comment.report", comment)),
    }


def show(account: Any, comment: Comment, now: datetime, *, may_write: bool) -> Shown:
    """One comment for a reader. Its subject, parent and passages are known already: no query."""
    reads = bool(can(account, "comment.read", comment))
    deeper = comment.parent_id is not None and comment.parent_id != comment.thread_id
    passages = list(comment.passages.all())
    return Shown(
        comment=comment,
        html=to_html(comment.body, HEADINGS_FROM) if reads else "",
        answers=comment.parent if deeper else None,
        passage=passages[-1] if passages else None,
        may=_acts(account, comment, now, may_write=may_write),
    )


def as_threads(account: Any, subject: Subject, comments: Iterable[Comment]) -> list[Thread]:
    """Comments in the order of their threads, two levels deep: whatever answers an answer stands on the second."""
    now, may_write = timezone.now(), bool(can(account, "comment.create", subject))
    threads: list[Thread] = []
    for comment in comments:
        comment.subject = subject
        opener = comment.thread or comment
        if not threads or threads[-1].opener.pk != opener.pk:
            threads.append(Thread(opener))
        shown = show(account, comment, now, may_write=may_write)
        if comment.thread_id is None:
            threads[-1].root = shown
        else:
            threads[-1].replies.append(shown)
    return threads


def talk_about(account: Any, kind: str, key: str, limit: int = SHOWN_BELOW) -> Talk | None:
    """The first `limit` comments on a subject; None for one the reader does not see. A fixed number of queries."""
    subject = find_subject(kind, key)
    if subject is None or not can(account, "subject.view", subject):
        return None
    said = Comment.objects.about(kind, key)
    first = list(said.in_order().whole()[: limit + 1])
    whole = len(first) <= limit
    count = sum(one.state == CommentState.VISIBLE for one in first) if whole else said.visible().count()
    threads = as_threads(account, subject, first[:limit])
    return Talk(subject, threads, count, bool(can(account, "comment.create", subject)))


def article_talks(kind: str, keys: Sequence[str], number: int) -> dict[str, ArticleTalk]:
    """By key, what is said of each text in one of its versions: one query, however many texts.

    For pages whose subjects are public; it asks nobody who reads. Remarks in the order of the text, orphans last.
    """
    talks = {key: ArticleTalk(key) for key in keys}
    for comment in Comment.objects.beside(kind, keys, number, REMARKS_BESIDE):
        talk = talks[comment.subject_key]
        talk.count, talk.remark_count = comment.total, comment.remark_total
        if comment.points:
            place = {name: getattr(comment, f"place_{name}") for name in PLACE}
            talk.remarks.append(Passage(comment=comment, **place))
    for talk in talks.values():
        talk.remarks.sort(key=lambda passage: (passage.is_orphan, passage.position))
    return talks


def marked_html(text: str, remarks: Iterable[Passage]) -> SafeString:
    """The text of a version in the reader's language with the passages remarked on highlighted in it."""
    wanted = [one for one in remarks if not one.is_orphan and one.language == reader_language()]
    sentences = split_sentences(text) if wanted else []
    marks = []
    for passage in wanted:
        rank = position_of(passage.anchor, text, sentences)
        if rank is not None:
            marks.append((sentences[rank].start, sentences[rank].end, passage.mark_id))
    return to_marked_html(text, marks)
