"""Calling an event off, telling what came out of it, taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coalition.core.errors import DomainError
from coalition.notifications.reader_views import see_other
from coalition.pages.actions import EventConflict, cancel_event, report_event, withdraw_event
from coalition.pages.forms import CancelForm, ReportForm
from coalition.pages.views.event_page import event_context, event_crumbs, find_event


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Why it will not take place, then one button; its page stays."""
    found, now = find_event(request, slug, "event.cancel"), timezone.now()
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            cancel_event(actor=request.user, event=found, reason=form.cleaned_data["reason"], now=now)
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(request, _("Annulé. Ceux qui le suivent en reçoivent la raison par courriel."))
            return see_other(found.get_absolute_url())
    title = _("Annuler le rendez-vous")
    context = {**event_context(request, found, now), "form": form, "crumbs": event_crumbs(title, found)}
    return render(request, "events/cancel.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event_report(request: HttpRequest, slug: str) -> HttpResponse:
    """What came out of it; when somebody saved meanwhile, the other text stands beside one's own."""
    found, now = find_event(request, slug, "event.report"), timezone.now()
    posted = request.POST if request.method == "POST" else None
    form = ReportForm(posted, initial={"report": found.report, "based_on": found.version})
    theirs, status = "", 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            report_event(actor=request.user, event=found, report=said["report"], based_on=said["based_on"], now=now)
        except EventConflict as conflict:
            theirs, status = conflict.theirs.report or conflict.theirs.title, 409
            form = ReportForm(initial={"report": said["report"], "based_on": conflict.theirs.version})
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(request, _("Merci : ce qui en est sorti se lit sur sa page."))
            return see_other(found.get_absolute_url())
    title = _("Dire ce qui en est sorti")
    context = {
        **event_context(request, found, now),
        "form": form,
        "theirs": theirs,
        "crumbs": event_crumbs(title, found),
    }
    return render(request, "events/report.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Organisers take it back to a draft; its address answers nobody else until it is published again."""
    found, now = find_event(request, slug, "event.withdraw"), timezone.now()
    if request.method == "POST":
        withdraw_event(actor=request.user, event=found, now=now)
        messages.success(request, _("C’est de nouveau un brouillon : plus personne d’autre ne le lit."))
        return see_other(found.get_absolute_url())
    context = {**event_context(request, found, now), "crumbs": event_crumbs(_("Reprendre en brouillon"), found)}
    return render(request, "events/withdraw.html", context)
