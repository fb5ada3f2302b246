"""What a reader follows, and how they want to be told."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coalition.core.access import require
from coalition.core.errors import DomainError
from coalition.core.following import kept_follows, readable_among, readable_target
from coalition.core.languages import reader_language
from coalition.notifications.following import follow_target, mute_target, unfollow_target
from coalition.notifications.forms import PreferencesForm, answers_of
from coalition.notifications.preferences import save_preferences
from coalition.notifications.readers import Follow
from coalition.notifications.stops.actions import lift_own_stop, own_stop

PER_PAGE = 50


def reader_crumbs(title: str, url: str = "") -> list[dict[str, str]]:
    """From home through the account."""
    return [
        {"label": _("Accueil"), "url": f"/{reader_language()}/"},
        {"label": _("Mon compte"), "url": reverse("account_overview")},
        {"label": title, "url": url},
    ]


def see_other(address: str) -> HttpResponseRedirect:
    """303: what was asked is done, read the result there."""
    return HttpResponseRedirect(address, status=303)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Follow, leave or silence one thing; leaving works whatever became of it, the rest asks that it may be read."""
    if request.method == "POST" and request.POST.get("act") == "unfollow":
        unfollow_target(actor=request.user, kind=kind, key=key)
        messages.success(request, _("Vous ne le suivez plus."))
        return see_other(_back(request, kind, key))
    target = readable_target(request.user, kind, key)
    require(request.user, "target.follow", target)
    if request.method == "POST":
        return _change(request, target)
    kept = Follow.objects.filter(account=request.user.pk, target_kind=kind, target_key=key).first()
    context = {"target": target, "follow": kept, "kind": kind, "crumbs": reader_crumbs(_("Suivre"))}
    return render(request, "notifications/follow.html", context)


def _change(request: HttpRequest, target: Any) -> HttpResponse:
    now, act = timezone.now(), request.POST.get("act")
    if act == "follow":
        follow_target(actor=request.user, target=target, now=now)
        messages.success(request, _("Vous le suivez : ce qui s’y passe vous sera dit."))
    elif act == "mute":
        mute_target(actor=request.user, target=target, now=now)
        messages.success(request, _("C’est silencieux : plus rien ne vous en sera dit."))
    else:
        return HttpResponseBadRequest(_("Choisissez ce que vous voulez en faire."))
    return see_other(_back(request, target.kind, target.key))


def _back(request: HttpRequest, kind: str, key: str) -> str:
    """The page of the thing; the list for who came from there, or may not read the thing any more."""
    target = None if request.POST.get("from") == "list" else readable_target(request.user, kind, key)
    return target.url if target else reverse("follows")


@never_cache
@require_safe
def follows(request: HttpRequest) -> HttpResponse:
    """Everything one follows and may still read, newest first; what became hidden is not told of."""
    require(request.user, "target.unfollow")
    mine = Follow.objects.filter(account=request.user.pk).order_by("-created_at", "-pk")
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    shown = readable_among(request.user, [one.target for one in page])
    rows = [(one, shown[one.target]) for one in page if one.target in shown]
    elsewhere = kept_follows(request.user) if page.number == 1 else []
    context = {"rows": rows, "elsewhere": elsewhere, "page": page, "crumbs": reader_crumbs(_("Ce que vous suivez"))}
    return render(request, "notifications/follows.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """One page: how each subject is told, in which language, at which hours, and a pause."""
    require(request.user, "preferences.edit")
    account: Any = request.user
    posted = request.method == "POST"
    if posted and request.POST.get("act") == "lift":
        return _lift(request)
    form = PreferencesForm(request.POST if posted else None, initial=answers_of(account))
    if posted and form.is_valid():
        try:
            save_preferences(actor=account, wishes=form.wishes())
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(request, _("C’est noté : cela vaut pour tout ce qui arrivera maintenant."))
            return see_other(reverse("preferences"))
    crumbs = reader_crumbs(_("Comment vous êtes averti"))
    context = {"form": form, "stop": own_stop(account=account), "crumbs": crumbs}
    return render(request, "notifications/preferences.html", context, status=422 if posted else 200)


def _lift(request: HttpRequest) -> HttpResponse:
    if lift_own_stop(actor=request.user, now=timezone.now()):
        messages.success(request, _("Votre adresse reçoit de nouveau nos courriels."))
    return see_other(reverse("preferences"))
