"""Documenting a case from the site: no training, nothing lost."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import (
    EditConflict,
    InvalidCase,
    create_case,
    delete_case,
    save_case,
    submit_case,
    take_back_case,
    translate_case,
)
from cases.enums import CONTENT_FIELDS
from cases.forms import CaseForm, initial_of
from cases.models import CasePage
from cases.querysets.pages import writable_organisations
from coalition.core.access import can, require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from members.models import Organisation

PLAIN_KEY = re.compile(r"[0-9]{1,18}")


def find_case(pk: int) -> CasePage:
    """The case with what its pages need; 404 when there is none. The caller asks the door."""
    return get_object_or_404(CasePage.objects.select_related("organisation", "locale", "latest_revision"), pk=pk)


def add_errors(form: Any, error: DomainError) -> None:
    """An action's refusal, beside the question it is about."""
    if not isinstance(error, InvalidCase):
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return
    for name, sentences in error.errors.items():
        form.add_error(name if name in form.fields else None, sentences)


def follow_up(request: HttpRequest, page: CasePage) -> HttpResponse:
    """After saving: on to the preview, to sending, or back to the text, after the button pressed."""
    target = request.POST.get("then", "")
    if target in ("case_preview", "case_submit"):
        return redirect(target, page.pk)
    messages.success(request, _("C’est enregistré. Vous seuls et les organisateurs voyez ce brouillon."))
    return redirect("case_edit", page.pk)


@require_http_methods(["GET", "POST"])
def case_new(request: HttpRequest) -> HttpResponse:
    """« Documenter un cas »: the form, empty; sent, a draft."""
    require(request.user, "case.create")
    organisations = writable_organisations(request.user)
    form = CaseForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data["organisation"]
        try:
            page = create_case(
                actor=request.user,
                organisation=organisation,
                language=reader_language(),
                content=form.content(),
                now=timezone.now(),
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            return follow_up(request, page)
    if "organisation" in form.errors:
        _require_organisation(request)
    return render(request, "cases/case_form.html", {"form": form, "page": None})


def _require_organisation(request: HttpRequest) -> None:
    """An organisation that is not among theirs was asked for: the door says no, not the form."""
    asked = request.POST.get("organisation", "")
    organisation = (
        Organisation.objects.confirmed().filter(pk=int(asked)).first() if PLAIN_KEY.fullmatch(asked) else None
    )
    if organisation is not None:
        require(request.user, "case.create", organisation)


@require_http_methods(["GET", "POST"])
def case_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as last saved; sent, a new revision, unless somebody saved meanwhile."""
    page = find_case(pk)
    require(request.user, "case.preview" if request.method == "GET" else "case.edit", page)
    words = page.latest_words()
    form = CaseForm(request.POST if request.method == "POST" else None, initial=initial_of(words))
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_case(
                actor=request.user,
                page=page,
                content=form.content(),
                based_on=form.cleaned_data["based_on"] or 0,
                now=timezone.now(),
            )
        except EditConflict as conflict:
            return _conflict(request, page, form, conflict.theirs)
        except DomainError as error:
            add_errors(form, error)
        else:
            return follow_up(request, saved)
    return render(request, "cases/case_form.html", _form_context(request, form, page, words))


def _form_context(request: HttpRequest, form: CaseForm, page: CasePage, words: CasePage) -> dict[str, Any]:
    account = request.user
    state = page.review_state
    return {
        "form": form,
        "page": page,
        "words": words,
        "state": state,
        "frozen": not can(account, "case.edit", page),
        "may_delete": bool(can(account, "case.delete", page)),
        "may_unpublish": bool(can(account, "case.unpublish", page)),
        "motive": _motive(page),
        "other_languages": _missing_languages(page),
    }


def _motive(page: CasePage) -> str:
    """Why the organisers sent it back, while that is what waits."""
    review = page.current_workflow_state
    rejected = review.task_states.filter(status="rejected").order_by("-finished_at").first() if review else None
    return rejected.comment if rejected is not None and page.review_state == "returned" else ""


def _missing_languages(page: CasePage) -> list[str]:
    there = CasePage.objects.filter(translation_key=page.translation_key).values_list("written_in", flat=True)
    return sorted({"fr", "en"} - set(there))


def _conflict(request: HttpRequest, page: CasePage, form: CaseForm, theirs: CasePage) -> HttpResponse:
    """Both texts side by side, yours in a form that saves over the other one knowingly. Nothing was written."""
    mine = form.content()
    differences = [
        {"label": form[name].label, "mine": mine[name], "theirs": getattr(theirs, name)}
        for name in CONTENT_FIELDS
        if mine[name] != getattr(theirs, name)
    ]
    again = CaseForm(initial={**mine, "based_on": theirs.latest_revision_id})
    context = {"form": again, "page": page, "words": theirs, "differences": differences}
    return render(request, "cases/case_conflict.html", context, status=409)


@require_safe
def case_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest words as the public would read them, under a banner; only for those who write the case."""
    page = find_case(pk)
    require(request.user, "case.preview", page)
    words = page.latest_words()
    context = {**words.get_context(request), "preview": True, "state": page.review_state, "pk": page.pk}
    return render(request, words.template, context)


@require_http_methods(["GET", "POST"])
def case_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be sent to the organisers, then sending it."""
    page = find_case(pk)
    require(request.user, "case.submit", page)
    words = page.latest_words()
    form = CaseForm(initial=initial_of(words))
    if request.method == "POST":
        try:
            submit_case(actor=request.user, page=page, now=timezone.now())
        except DomainError as error:
            return render(request, "cases/case_submit.html", {"page": page, "words": words, "error": error}, status=422)
        messages.success(request, _("C’est envoyé. Un organisateur le lira, puis vous recevrez un courriel."))
        return redirect("case_preview", page.pk)
    return render(request, "cases/case_submit.html", {"page": page, "words": words, "form": form})


@require_POST
def case_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the review to go on writing."""
    page = find_case(pk)
    take_back_case(actor=request.user, page=page, now=timezone.now())
    messages.success(request, _("Le cas est de nouveau un brouillon : vous pouvez écrire."))
    return redirect("case_edit", page.pk)


@require_POST
def case_translate(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the text in the other language, or find the one already started."""
    page = find_case(pk)
    try:
        language = request.POST.get("language", "")
        copy = translate_case(actor=request.user, page=page, language=language, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("case_edit", page.pk)
    return redirect("case_edit", copy.pk)


@require_http_methods(["GET", "POST"])
def case_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be lost, then deleting it."""
    page = find_case(pk)
    require(request.user, "case.delete", page)
    if request.method == "POST":
        delete_case(actor=request.user, page=page, now=timezone.now())
        messages.success(request, _("Le cas est supprimé."))
        return redirect("case_drafts")
    return render(request, "cases/case_delete.html", {"page": page})


@require_safe
def case_drafts(request: HttpRequest) -> HttpResponse:
    """« Vos cas »: what an editor has on the desk, and for organisers what waits for them."""
    require(request.user, "case.create")
    context = {
        "drafts": CasePage.objects.drafts_of(request.user).with_reviews(),
        "waiting": CasePage.objects.in_review() if can(request.user, "case.review_list") else [],
        "published": CasePage.objects.written_by(request.user).filter(live=True).select_related("organisation"),
    }
    return render(request, "cases/case_drafts.html", context)
