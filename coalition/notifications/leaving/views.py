"""The page behind « Ne plus recevoir ces courriels », and what mail programs post to it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from coalition.core.following import readable_among
from coalition.notifications.heading.words import Leave, read_leave
from coalition.notifications.leaving.actions import stop_everything, stop_mails
from coalition.notifications.leaving.clicks import is_one_click
from coalition.notifications.leaving.reading import categories_of, followed_by, leaver
from coalition.notifications.models import Follow


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_leave(request: HttpRequest, word: str) -> HttpResponse:
    """GET shows what would stop, POST stops it, as often as it comes; no login and no token of a form: the word is
    signed, and mail programs post here by themselves (RFC 8058). Http404 for a word we never wrote.
    """
    leave = read_leave(word)
    if leave is None:
        raise Http404
    if request.method != "POST":
        return render(request, "notifications/leave.html", {**_what(leave), "done": ""})
    now = timezone.now()
    if is_one_click(request):
        stop_mails(leave=leave, now=now)
        return HttpResponse(status=204)
    if request.POST.get("act") == "these":
        stop_mails(leave=leave, now=now)
    elif request.POST.get("act") == "all":
        stop_everything(leave=leave, now=now)
    else:
        return HttpResponseBadRequest()
    return render(request, "notifications/leave.html", {**_what(leave), "done": request.POST["act"]})


def _what(leave: Leave) -> dict[str, Any]:
    """What would stop: names of categories, and of followed things the account may read."""
    account = leaver(leave)
    if account is None:
        return {"gone": True}
    followed = Follow.objects.filter(account=account)
    things = {thing for thing in followed_by(leave) if followed.filter(target_kind=thing[0], target_key=thing[1])}
    return {
        "categories": [category.label for category in categories_of(leave, account)],
        "things": [target.title for target in readable_among(account, things).values()],
        "follows": bool(things),
    }
