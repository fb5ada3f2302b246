"""Pages of announcements: the list, writing, what would leave and to whom, the second approval, stopping them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalition.core.access import can, is_organiser, require
from coalition.core.errors import DomainError
from coalition.core.following import readable_target
from coalition.core.languages import reader_language
from coalition.notifications.announcements.actions import (
    approve_announcement,
    cancel_announcement,
    left_this_week,
    propose_announcement,
    rewrite_announcement,
    write_announcement,
)
from coalition.notifications.announcements.crowds import reach_of
from coalition.notifications.announcements.forms import AnnouncementForm, words_of
from coalition.notifications.announcements.previews import preview_mail
from coalition.notifications.models import Announcement
from coalition.notifications.reader_views import see_other
from coalition.notifications.views import SANDBOX

PER_PAGE = 30
ONE_CLICK = "One-Click"


def _crumbs(title: str = "") -> list[dict[str, str]]:
    home = {"label": _("Accueil"), "url": f"/{reader_language()}/"}
    every = {"label": _("Annonces"), "url": reverse("announcements") if title else ""}
    return [home, every, *([{"label": title, "url": ""}] if title else [])]


def _quota() -> dict[str, int]:
    most, left = settings.ANNOUNCEMENTS_A_WEEK, left_this_week(now=timezone.now())
    return {"most": most, "left": left, "remaining": max(most - left, 0)}


@never_cache
@require_safe
def announcements(request: HttpRequest) -> HttpResponse:
    """Every announcement, newest first, and how many may still leave this week."""
    require(request.user, "announcement.write")
    rows = Announcement.objects.select_related("written_by", "approved_by").order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "quota": _quota(), "crumbs": _crumbs()}
    return render(request, "announcements/announcements.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_new(request: HttpRequest) -> HttpResponse:
    """Write one; it stays a draft until it is proposed."""
    require(request.user, "announcement.write")
    chosen = request.GET.get("target", "")
    return _written(request, {"target": chosen} if chosen else {}, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announcement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words for one's own draft."""
    one = _one(request, pk, "announcement.edit")
    return _written(request, words_of(one), one)


def _written(request: HttpRequest, initial: dict[str, str], one: Announcement | None) -> HttpResponse:
    posted, now = request.method == "POST", timezone.now()
    form = AnnouncementForm(request.POST if posted else None, initial=initial, account=request.user)
    if posted and form.is_valid():
        try:
            if one is None:
                one = write_announcement(actor=request.user, letter=form.letter(), now=now)
            else:
                rewrite_announcement(actor=request.user, announcement=one, letter=form.letter(), now=now)
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            return see_other(one.get_absolute_url())
    title = _("Modifier l’annonce") if one else _("Écrire une annonce")
    context = {"form": form, "one": one, "heading": title, "quota": _quota(), "crumbs": _crumbs(title)}
    return render(request, "announcements/write.html", context, status=422 if posted else 200)


def _one(request: HttpRequest, pk: int, action: str) -> Announcement:
    one = get_object_or_404(Announcement.objects.select_related("written_by", "approved_by", "cancelled_by"), pk=pk)
    require(request.user, action, one)
    return one


@never_cache
@require_safe
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """For who was told: the letter. For organisers: whom it reaches, the mails as they leave, and what to do next."""
    return _page(request, _one(request, pk, "announcement.view"))


def _page(request: HttpRequest, one: Announcement, refusal: str = "") -> HttpResponse:
    title, text = one.words(reader_language())
    target = readable_target(request.user, *one.target) if one.target else None
    context: dict[str, Any] = {"one": one, "heading": title, "text": text, "target": target, "refusal": refusal}
    if not is_organiser(request.user):
        home = {"label": _("Accueil"), "url": f"/{reader_language()}/"}
        context["crumbs"] = [home, {"label": _("Vos nouvelles"), "url": reverse("news")}, {"label": title, "url": ""}]
        return render(request, "announcements/letter.html", context)
    context |= {
        "reach": reach_of(one),
        "quota": _quota(),
        "may": {name: bool(can(request.user, f"announcement.{name}", one)) for name in ("edit", "approve", "cancel")},
        "own": one.written_by_id == request.user.pk,
        "mails": [preview_mail(one, language) for language, _name in settings.LANGUAGES],
        "crumbs": _crumbs(title),
    }
    return render(request, "announcements/announcement.html", context, status=422 if refusal else 200)


@require_safe
@never_cache
@xframe_options_sameorigin
def announcement_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of the mail alone, in the language asked for, in a frame that can do nothing."""
    one = _one(request, pk, "announcement.write")
    language = request.GET.get("language", "fr")
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    response = HttpResponse(preview_mail(one, language).html.replace("<head>", '<head><base target="_blank">', 1))
    response["Content-Security-Policy"] = SANDBOX
    return response


def _act(request: HttpRequest, pk: int, rule: str, change: Callable[..., Announcement], said: str) -> HttpResponse:
    one = _one(request, pk, rule)
    try:
        change(actor=request.user, announcement=one, now=timezone.now())
    except DomainError as error:
        return _page(request, one, str(error.message))
    messages.success(request, said)
    return see_other(one.get_absolute_url())


@require_POST
def announcement_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another organiser to let it leave."""
    said = _("Proposée. Une autre personne de l’équipe d’organisation doit maintenant l’approuver.")
    return _act(request, pk, "announcement.edit", propose_announcement, said)


@require_POST
def announcement_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The second approval: it leaves."""
    said = _("Approuvée : elle part maintenant, à chacun comme il l’a choisi.")
    return _act(request, pk, "announcement.approve", approve_announcement, said)


@require_POST
def announcement_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it up before it leaves."""
    return _act(request, pk, "announcement.cancel", cancel_announcement, _("Abandonnée : elle ne partira pas."))
