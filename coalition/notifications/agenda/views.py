"""Calendars: everybody's, one's own by its signed address, and the page where that address is made and taken away."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from coalition.core.access import require
from coalition.core.agenda import personal_deadlines, public_deadlines
from coalition.core.languages import reader_language
from coalition.notifications.agenda.actions import (
    delete_agenda_address,
    make_agenda_address,
    renew_agenda_address,
)
from coalition.notifications.agenda.addresses import agenda_word, find_address
from coalition.notifications.agenda.calendar import write_calendar
from coalition.notifications.reader_views import reader_crumbs, see_other
from coalition.notifications.readers import AgendaAddress
from coalition.notifications.routing import HOME


def _file(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{_("agenda.ics")}"'
    return response


@require_safe
@conditional_page
def agenda_public(_request: HttpRequest) -> HttpResponse:
    """What is due in public."""
    name = _("%(site)s : échéances") % {"site": settings.WAGTAIL_SITE_NAME}
    deadlines = public_deadlines(timezone.now())
    return _file(write_calendar(name=name, deadlines=deadlines, zone=HOME, language=reader_language()))


@require_safe
@conditional_page
def agenda_private(_request: HttpRequest, word: str) -> HttpResponse:
    """What is due of one person, to whoever has the address: their own program, which cannot log in."""
    address = find_address(word)
    if address is None:
        raise Http404
    account: Any = address.account
    name = _("%(site)s : vos échéances") % {"site": settings.WAGTAIL_SITE_NAME}
    deadlines = personal_deadlines(account, timezone.now())
    zone = account.time_zone or HOME
    response = _file(write_calendar(name=name, deadlines=deadlines, zone=zone, language=reader_language()))
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest) -> HttpResponse:
    """One's own address: make it, renew it, delete it; what its calendar says today."""
    account: Any = request.user
    require(account, "agenda.own")
    if request.method == "POST":
        _act(request, account)
        return see_other(reverse("agenda"))
    kept = AgendaAddress.objects.filter(account=account).first()
    private = settings.BASE_URL + reverse("agenda_private", args=[agenda_word(kept)]) if kept else ""
    context = {
        "address": kept,
        "private_url": private,
        "deadlines": sorted(personal_deadlines(account, timezone.now()), key=lambda one: str(one.when)),
        "public_url": settings.BASE_URL + reverse("agenda_public"),
        "crumbs": reader_crumbs(_("Votre agenda")),
    }
    return render(request, "notifications/agenda.html", context)


def _act(request: HttpRequest, account: Any) -> None:
    act, now = request.POST.get("act"), timezone.now()
    if act == "make":
        make_agenda_address(actor=account, now=now)
        messages.success(request, _("Votre adresse est prête : copiez-la dans votre agenda."))
    elif act == "renew":
        renew_agenda_address(actor=account, now=now)
        messages.success(request, _("Votre nouvelle adresse est prête ; l’ancienne ne mène plus nulle part."))
    elif act == "delete":
        delete_agenda_address(actor=account, now=now)
        messages.success(request, _("L’adresse est supprimée : plus personne ne lit votre agenda par elle."))
    else:
        raise Http404
