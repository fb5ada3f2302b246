"""Reporting a comment, and what organisers do about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalition.core.access import require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.discussion.actions import dismiss_reports, hide_comment, report_comment, restore_comment
from coalition.discussion.forms import ReasonForm, ReportForm
from coalition.discussion.models import Comment, Report
from coalition.discussion.views.shared import comment_or_404, crumbs, pages_of, place_of, see_other
from coalition.discussion.views.shown import show

LONGEST_QUEUE = 100


def _page(request: HttpRequest, found: Comment, template: str, last: str, **more: Any) -> HttpResponse:
    subject: Any = found.subject
    shown = show(request.user, found, timezone.now(), may_write=False)
    context = {"subject": subject, "shown": shown, "crumbs": crumbs(subject, last), **more}
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a comment should not stay."""
    found = comment_or_404(request.user, pk)
    subject: Any = found.subject
    require(request.user, "comment.report", found)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            report_comment(actor=request.user, comment=found, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Merci. L’équipe d’organisation lit votre signalement et décide."))
            return see_other(place_of(found, subject))
    return _page(request, found, "discussion/report.html", _("Signaler"), form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide of a comment: `do=hide` hides it, `do=keep` settles its reports and leaves it."""
    found = comment_or_404(request.user, pk)
    subject: Any = found.subject
    require(request.user, "comment.hide", found)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _decide(request, found, form.cleaned_data["reason"])
        except DomainError as error:
            form.refuse(error)
        else:
            return see_other(place_of(found, subject))
    reports = Report.objects.filter(comment=found).select_related("account", "settled_by").order_by("created_at")
    return _page(
        request,
        found,
        "discussion/moderate.html",
        _("Modérer"),
        form=form,
        reports=reports[:LONGEST_QUEUE],
        waiting=reports.open().count(),
    )


def _decide(request: HttpRequest, found: Comment, reason: str) -> None:
    now = timezone.now()
    if request.POST.get("do") == "keep":
        dismiss_reports(actor=request.user, comment=found, motive=reason, now=now)
        messages.success(request, _("Le commentaire reste visible ; les signalements sont réglés."))
        return
    hide_comment(actor=request.user, comment=found, reason=reason, now=now)
    messages.success(request, _("Le commentaire est masqué. Son auteur reçoit la raison par courriel."))


@require_POST
def comment_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a hidden comment again."""
    found = comment_or_404(request.user, pk)
    subject: Any = found.subject
    restore_comment(actor=request.user, comment=found, now=timezone.now())
    messages.success(request, _("Le commentaire est de nouveau visible."))
    return see_other(place_of(found, subject))


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What was reported: what waits, the oldest first, then what was decided."""
    require(request.user, "report.list")
    waiting = list(Report.objects.open().whole()[:LONGEST_QUEUE])
    steps = [{"label": _("Accueil"), "url": f"/{reader_language()}/"}, {"label": _("Signalements"), "url": ""}]
    context = {
        "waiting": waiting,
        "waiting_count": Report.objects.open().count(),
        "page": pages_of(Report.objects.decided().whole(), request.GET.get("page")),
        "now": timezone.now(),
        "crumbs": steps,
    }
    return render(request, "discussion/reports.html", context)
