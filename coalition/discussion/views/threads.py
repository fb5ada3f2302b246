"""Reading: a whole discussion, one comment, and the feed."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coalition.core.access import can
from coalition.core.languages import reader_language
from coalition.core.markdown import to_html
from coalition.core.subjects import Subject
from coalition.core.text import one_line
from coalition.discussion.forms import CommentForm
from coalition.discussion.models import Comment
from coalition.discussion.querysets import NEWEST, OLDEST
from coalition.discussion.views.shared import (
    comment_or_404,
    crumbs,
    discussion_url,
    pages_of,
    place_of,
    subject_or_404,
)
from coalition.discussion.views.shown import as_threads, show

FEED_ENTRIES = 50
REPLIES_SHOWN = 20


@require_safe
def discussion(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Everything said of a subject, thread after thread."""
    subject = subject_or_404(request.user, kind, key)
    sort = NEWEST if request.GET.get("sort") == NEWEST else OLDEST
    said = Comment.objects.about(kind, key)
    page = pages_of(said.in_order(sort).whole(), request.GET.get("page"))
    may_write = bool(can(request.user, "comment.create", subject))
    context = {
        "subject": subject,
        "page": page,
        "threads": as_threads(request.user, subject, page.object_list),
        "count": said.visible().count(),
        "sort": sort,
        "form": CommentForm(account=request.user) if may_write else None,
        "crumbs": crumbs(subject, _("Discussion"), discussion=False),
    }
    return render(request, "discussion/discussion.html", context)


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment for ever at this address, with what it answers and what answers it."""
    found = comment_or_404(request.user, pk)
    subject: Any = found.subject
    may_write = bool(can(request.user, "comment.create", subject))
    replies = list(found.replies.order_by("pk").whole()[:REPLIES_SHOWN])
    for one in [*replies, *([found.parent] if found.parent else [])]:
        one.subject = subject
    now = timezone.now()
    context = {
        "subject": subject,
        "shown": show(request.user, found, now, may_write=may_write),
        "parent": show(request.user, found.parent, now, may_write=False) if found.parent else None,
        "replies": [show(request.user, one, now, may_write=may_write) for one in replies],
        "discussion_url": discussion_url(subject),
        "place": place_of(found, subject),
        "crumbs": crumbs(subject, _("Un commentaire")),
    }
    return render(request, "discussion/comment.html", context)


@require_safe
def discussion_feed(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The latest visible comments on a subject, as Atom."""
    subject = subject_or_404(request.user, kind, key)
    base = settings.BASE_URL
    feed = Atom1Feed(
        title=subject.title,
        link=f"{base}{discussion_url(subject)}",
        description="",
        subtitle=_("Ce qui en est dit"),
        language=reader_language(),
        feed_url=f"{base}{request.path}",
        feed_guid=f"{base}{request.path}",
    )
    latest = Comment.objects.about(kind, key).visible().select_related("account", "organisation")
    for one in latest.order_by("-pk")[:FEED_ENTRIES]:
        _add(feed, one, subject)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _add(feed: Atom1Feed, one: Comment, subject: Subject) -> None:
    address = f"{settings.BASE_URL}{one.get_absolute_url()}"
    feed.add_item(
        Truncator(one_line(one.body)).chars(80),
        address,
        to_html(one.body),
        unique_id=address,
        author_name=str(one.organisation or one.account),
        pubdate=one.created_at,
        updateddate=one.edited_at or one.created_at,
    )
