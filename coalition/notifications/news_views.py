"""One's own news: the list, what was read, everything since the last visit."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coalition.core.access import require
from coalition.notifications.models import Notice
from coalition.notifications.preferences import preferences_of
from coalition.notifications.reader_views import reader_crumbs, see_other
from coalition.notifications.reading import mark_all_read, mark_notice
from coalition.notifications.telling import lines_of

PER_PAGE = 30
SHOWS = ("all", "unread", "since")


@never_cache
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What one was told, newest first: everything, what is unread, or what came since the last visit."""
    account: Any = request.user
    require(account, "notice.list")
    show = request.GET.get("show", "all")
    show = show if show in SHOWS else "all"
    own = Notice.objects.shown().filter(account=account).select_related("event").order_by("-pk")
    if show == "unread":
        own = own.filter(read_at__isnull=True)
    elif show == "since":
        own = own.filter(pk__gt=preferences_of(account).seen_up_to)
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    context = {
        "lines": lines_of(account, rows),
        "page": page,
        "show": show,
        "up_to": rows[0].pk if rows and page.number == 1 and show == "all" else None,
        "crumbs": reader_crumbs(_("Vos nouvelles")),
    }
    return render(request, "notifications/news.html", context)


@require_POST
def news_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, read or unread."""
    notice = Notice.objects.filter(pk=pk).first()
    mark_notice(actor=request.user, notice=notice, read=request.POST.get("act") != "unread", now=timezone.now())
    return see_other(_list_shown(request))


@require_POST
def news_read(request: HttpRequest) -> HttpResponse:
    """All of them, up to the newest one the page had."""
    up_to = request.POST.get("up_to", "")
    number = int(up_to) if up_to.isdecimal() and len(up_to) < 19 else 0
    count = mark_all_read(actor=request.user, up_to=number, now=timezone.now())
    said = ngettext("%(n)s nouvelle marquée comme lue.", "%(n)s nouvelles marquées comme lues.", count)
    messages.success(request, said % {"n": count})
    return see_other(reverse("news"))


def _list_shown(request: HttpRequest) -> str:
    """The list as it was when the button was pressed."""
    show, page = request.POST.get("show", ""), request.POST.get("page", "")
    kept = [f"show={show}"] if show in SHOWS[1:] else []
    kept += [f"page={page}"] if page.isdecimal() and len(page) < 6 and page != "1" else []
    return reverse("news") + (f"?{'&'.join(kept)}" if kept else "")
