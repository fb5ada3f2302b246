"""The organisers read a case and decide."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import EditConflict, comment_case, publish_case, return_case, schedule_case, unpublish_case
from cases.enums import ReviewState
from cases.forms import CommentForm, PublishForm, ReasonForm, ScheduleForm
from cases.models import CasePage
from cases.models.comments import comments_on
from coalition.core.access import WrongState, require
from coalition.core.errors import DomainError


def _find(pk: int) -> CasePage:
    return get_object_or_404(CasePage.objects.select_related("organisation", "locale", "latest_revision"), pk=pk)


def _review_page(request: HttpRequest, page: CasePage, **more: Any) -> HttpResponse:
    """The words to judge, as the public would read them, with the decisions above. `more`: what was refused."""
    words, read = page.latest_words(), {"based_on": page.latest_revision_id}
    context = {
        **words.get_context(request),
        "preview": True,
        "review": True,
        "state": page.review_state,
        "returnable": page.review_state == ReviewState.SUBMITTED,
        "pk": page.pk,
        "planned_at": page.planned_at,
        "form": ReasonForm(),
        "publish_form": PublishForm(initial=read, auto_id="publish_%s"),
        "schedule_form": ScheduleForm(initial=read, auto_id="schedule_%s"),
        "comment_form": CommentForm(auto_id="comment_%s"),
        "comments": comments_on(page),
        **more,
    }
    return render(request, words.template, context, status=422 if more else 200)


@require_safe
def case_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Read, then publish or send back."""
    page = _find(pk)
    require(request.user, "case.publish", page)
    return _review_page(request, page)


@require_POST
def case_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """« Publier »: the revision that was read becomes public."""
    page = _find(pk)
    require(request.user, "case.publish", page)
    form = PublishForm(request.POST)
    if not form.is_valid():
        raise WrongState
    try:
        live = publish_case(actor=request.user, page=page, based_on=form.cleaned_data["based_on"], now=timezone.now())
    except EditConflict as conflict:
        raise WrongState(
            _("Le texte a changé pendant que vous le lisiez. Relisez-le avant de le publier.")
        ) from conflict
    except DomainError as error:
        return _review_page(request, page, refusal=error.message)
    messages.success(request, _("Le cas est public. Ceux qui l’ont écrit en sont avertis par courriel."))
    return redirect("case", live.number)


@require_POST
def case_schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """« Publier le »: the revision that was read becomes public on a day to come."""
    page = _find(pk)
    require(request.user, "case.publish", page)
    form = ScheduleForm(request.POST, auto_id="schedule_%s")
    if not form.is_valid():
        return _review_page(request, page, schedule_form=form)
    read, at = form.cleaned_data["based_on"], form.moment()
    try:
        schedule_case(actor=request.user, page=page, at=at, based_on=read, now=timezone.now())
    except EditConflict as conflict:
        raise WrongState(
            _("Le texte a changé pendant que vous le lisiez. Relisez-le avant de le publier.")
        ) from conflict
    except DomainError as error:
        return _review_page(request, page, refusal=error.message)
    messages.success(request, _("La publication est programmée. Ceux qui l’ont écrit seront avertis ce jour-là."))
    return redirect("case_review", page.pk)


@require_POST
def case_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A remark about one part, kept beside it until it is taken into account."""
    page = _find(pk)
    require(request.user, "case.comment", page)
    form = CommentForm(request.POST, auto_id="comment_%s")
    if not form.is_valid():
        return _review_page(request, page, comment_form=form)
    said = form.cleaned_data
    comment_case(actor=request.user, page=page, about=said["about"], text=said["text"], now=timezone.now())
    messages.success(request, _("Votre remarque est notée. Renvoyez le cas pour que ses auteurs la lisent."))
    return redirect("case_review", page.pk)


@require_POST
def case_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send back with a reason."""
    page = _find(pk)
    require(request.user, "case.return", page)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _review_page(request, page, form=form)
    return_case(actor=request.user, page=page, reason=form.cleaned_data["reason"], now=timezone.now())
    messages.success(request, _("Le cas est renvoyé à ceux qui l’ont écrit, avec votre motif."))
    return redirect("case_drafts")


@require_http_methods(["GET", "POST"])
def case_unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a case away from the public, with a reason."""
    page = _find(pk)
    require(request.user, "case.unpublish", page)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unpublish_case(actor=request.user, page=page, reason=form.cleaned_data["reason"], now=timezone.now())
        messages.success(request, _("Le cas n’est plus public. Ceux qui l’ont écrit en sont avertis."))
        return redirect("case_edit", page.pk)
    return render(request, "cases/case_unpublish.html", {"form": form, "page": page})
