"""What the pages of discussions have in common."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.core.access import require
from coalition.core.languages import reader_language
from coalition.core.subjects import Subject, find_subject
from coalition.discussion.models import Comment

PER_PAGE = 50


def subject_or_404(account: Any, kind: str, key: str) -> Subject:
    """The subject, if the account may read it; Hidden otherwise."""
    subject = find_subject(kind, key)
    require(account, "subject.view", subject)
    if subject is None:
        raise LookupError(key)
    return subject


def comment_or_404(account: Any, pk: int) -> Comment:
    """The comment, if the account may read it and its subject; Http404 or Hidden otherwise."""
    comment: Comment = get_object_or_404(Comment.objects.whole(), pk=pk)
    require(account, "comment.read", comment)
    return comment


def discussion_url(subject: Subject) -> str:
    """The page of everything said of it."""
    return reverse("discussion", args=[subject.kind, subject.key])


def place_of(comment: Comment, subject: Subject) -> str:
    """The page of the discussion where the comment stands, oldest thread first, and its place on it. One query."""
    opener = comment.thread_id or comment.pk
    before = Comment.objects.about(subject.kind, subject.key).annotate(opener=Coalesce("thread_id", "id"))
    rank = before.filter(Q(opener__lt=opener) | Q(opener=opener, pk__lt=comment.pk)).count()
    page = rank // PER_PAGE + 1
    query = f"?page={page}" if page > 1 else ""
    return f"{discussion_url(subject)}{query}#{comment.anchor_id}"


def see_other(address: str) -> HttpResponseRedirect:
    """303: what was asked is done, read the result there."""
    return HttpResponseRedirect(address, status=303)


def pages_of(comments: Any, number: str | None) -> Any:
    """One page of them."""
    return Paginator(comments, PER_PAGE).get_page(number)


def crumbs(subject: Subject, last: str, *, discussion: bool = True) -> list[dict[str, str]]:
    """From home through the subject, and its discussion unless this is its page."""
    steps = [(_("Accueil"), f"/{reader_language()}/"), (subject.title, subject.url)]
    if discussion:
        steps.append((_("Discussion"), discussion_url(subject)))
    return [{"label": label, "url": url} for label, url in [*steps, (last, "")]]
