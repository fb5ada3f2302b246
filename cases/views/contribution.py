"""Documenting a case from the site: no training, nothing lost."""

import re
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import (
    EditConflict,
    InvalidCase,
    copy_case,
    create_case,
    delete_case,
    save_case,
    settle_comment,
    submit_case,
    take_back_case,
    translate_case,
)
from cases.enums import PARTS, UNSPOKEN, Depth, FileFormat
from cases.forms import CaseForm, DraftForms, initial_of
from cases.forms.sheet import GROUPS
from cases.models import CasePage
from cases.models.comments import comments_on
from cases.models.completeness import completeness_of
from cases.models.history import heading_of, text_of
from cases.models.sharing import share_words, shared_revision
from cases.models.words import same_word, word_of
from cases.querysets.pages import writable_organisations
from coalition.core.access import Hidden, can, is_let_in, is_organiser, require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from members.enums import Role
from members.models import Organisation

GROUP_NAMES = frozenset({*(name for name, _title, _fields in GROUPS), *PARTS})
MOST_DRAFTS = 50
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


def follow_up(request: HttpRequest, page: CasePage, depth: str) -> HttpResponse:
    """After saving: on to the preview, to sending, to a picture, or back to the text, after the button pressed."""
    target = request.POST.get("then", "")
    if target in ("case_preview", "case_submit", "case_picture_add"):
        return redirect(target, page.pk)
    messages.success(request, _("C’est enregistré. Vous seuls et les organisateurs voyez ce brouillon."))
    if target in Depth.values:
        return redirect(edit_address(page, target))
    anchor = f"#{target}" if target in GROUP_NAMES else ""
    return redirect(edit_address(page, depth) + anchor)


def edit_address(page: CasePage, depth: str) -> str:
    """The form of this depth."""
    query = "" if depth == Depth.FULL else f"?depth={depth}"
    return reverse("case_edit", args=[page.pk]) + query


def asked_depth(request: HttpRequest, default: str) -> str:
    """The depth the address names."""
    asked = request.GET.get("depth", "")
    return asked if asked in Depth.values else default


@require_http_methods(["GET", "POST"])
def case_new(request: HttpRequest) -> HttpResponse:
    """« Documenter un cas »: the five-minute form, empty, or a longer one; sent, a draft."""
    require(request.user, "case.create")
    depth = asked_depth(request, Depth.FIVE)
    posted = request.POST if request.method == "POST" else None
    organisations = writable_organisations(request.user)
    draft = DraftForms(posted, depth=depth, organisations=organisations, said=_home_of(organisations))
    if posted is not None and "add" in posted:
        draft.with_another_row(posted["add"])
    elif posted is not None and draft.is_valid():
        page = _created(request, draft)
        if page is not None:
            return follow_up(request, page, depth)
    if "organisation" in draft.form.errors:
        _require_organisation(request)
    return render(request, "cases/case_form.html", {**_shown(draft), "page": None})


def _home_of(organisations: Any) -> dict[str, Any]:
    """Country and city a new case starts from: those of the only organisation its author writes for, if it is one."""
    mine = list(organisations[:2])
    if len(mine) != 1:
        return {}
    return {"country": mine[0].country.code or "", "city": mine[0].city, "geoname_id": mine[0].geoname_id}


def _created(request: HttpRequest, draft: DraftForms) -> CasePage | None:
    try:
        return create_case(
            actor=request.user,
            organisation=draft.form.cleaned_data["organisation"],
            language=reader_language(),
            content=draft.content(),
            now=timezone.now(),
        )
    except DomainError as error:
        add_errors(draft.form, error)
        return None


def _shown(draft: DraftForms) -> dict[str, Any]:
    """What the page of a form needs of it."""
    depths = [{"key": depth.value, "label": depth.label, "current": depth == draft.depth} for depth in Depth]
    return {"form": draft.form, "draft": draft, "depth": draft.depth, "depths": depths}


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
    """The text as last saved, at one of three depths; sent, a new revision, unless somebody saved meanwhile."""
    page = find_case(pk)
    require(request.user, "case.preview" if request.method == "GET" else "case.edit", page)
    words, depth = page.latest_words(), asked_depth(request, Depth.FULL)
    posted = request.POST if request.method == "POST" else None
    draft = DraftForms(posted, depth=depth, words=words)
    if posted is not None and "add" in posted:
        draft.with_another_row(posted["add"])
    elif posted is not None and draft.is_valid():
        answer = _saved(request, page, draft)
        if answer is not None:
            return answer
    return render(request, "cases/case_form.html", {**_shown(draft), **_around(request, page, words)})


def _saved(request: HttpRequest, page: CasePage, draft: DraftForms) -> HttpResponse | None:
    """Where saving leads; None when the draft was refused and shows why."""
    based_on = draft.form.cleaned_data["based_on"] or 0
    try:
        saved = save_case(actor=request.user, page=page, content=draft.content(), based_on=based_on, now=timezone.now())
    except EditConflict as conflict:
        return _conflict(request, page, draft, conflict.theirs)
    except DomainError as error:
        add_errors(draft.form, error)
        return None
    return follow_up(request, saved, draft.depth)


def _around(request: HttpRequest, page: CasePage, words: CasePage) -> dict[str, Any]:
    account = request.user
    return {
        "page": page,
        "words": words,
        "state": page.review_state,
        "planned_at": page.planned_at,
        "frozen": not can(account, "case.edit", page),
        "may_take_back": bool(can(account, "case.take_back", page)),
        "may_delete": bool(can(account, "case.delete", page)),
        "may_unpublish": bool(can(account, "case.unpublish", page)),
        "motive": _motive(page),
        "other_languages": _missing_languages(page),
        "completeness": completeness_of(words),
        "comments": comments_on(page),
        "may_use_admin": is_organiser(account) or is_let_in(account),
    }


def _motive(page: CasePage) -> str:
    """Why the organisers sent it back, while that is what waits."""
    review = page.current_workflow_state
    rejected = review.task_states.filter(status="rejected").order_by("-finished_at").first() if review else None
    return rejected.comment if rejected is not None and page.review_state == "returned" else ""


def _missing_languages(page: CasePage) -> list[str]:
    there = CasePage.objects.filter(translation_key=page.translation_key).values_list("written_in", flat=True)
    return sorted({"fr", "en"} - set(there))


def _conflict(request: HttpRequest, page: CasePage, draft: DraftForms, theirs: CasePage) -> HttpResponse:
    """Both texts side by side, yours in a form that saves over the other one knowingly. Nothing was written."""
    mine, terms = draft.content(), draft.terms
    differences = [
        {
            "label": heading_of(theirs, name),
            "mine": text_of(name, mine[name], terms),
            "theirs": text_of(name, word_of(theirs, name), terms),
        }
        for name in mine
        if name not in UNSPOKEN and not same_word(mine[name], word_of(theirs, name))
    ]
    again = DraftForms(depth=draft.depth, words=theirs, said=mine)
    address = edit_address(page, draft.depth)
    context = {**_shown(again), "page": page, "words": theirs, "differences": differences, "address": address}
    return render(request, "cases/case_conflict.html", context, status=409)


@require_safe
def case_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest words as the public would read them, under a banner; only for those who write the case."""
    page = find_case(pk)
    require(request.user, "case.preview", page)
    words = page.latest_words()
    context = {
        **words.get_context(request),
        "preview": True,
        "state": page.review_state,
        "pk": page.pk,
        "shared_url": settings.BASE_URL + reverse("case_shared", args=[share_words(page)]),
        "completeness": completeness_of(words),
    }
    return render(request, words.template, context)


@require_safe
def case_shared(request: HttpRequest, signed: str) -> HttpResponse:
    """One revision as the public would read it, for whoever was given its signed link, for thirty days.

    Those who write the case are led to its preview by a link that has expired; for others it is no address.
    """
    revision, fresh = shared_revision(signed)
    if revision is None:
        raise Hidden
    page = find_case(int(revision.object_id))
    if not fresh:
        require(request.user, "case.preview", page)
        return redirect("case_preview", page.pk)
    words = page.with_content_json(revision.content)
    context = {**words.get_context(request), "preview": True, "shared": True, "pk": page.pk}
    response = render(request, words.template, context)
    patch_cache_control(response, private=True, no_store=True)
    return response


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
def case_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Start another case from the words of this one, for the same organisation."""
    page = find_case(pk)
    copy = copy_case(actor=request.user, page=page, organisation=page.organisation, now=timezone.now())
    messages.success(request, _("La copie est un nouveau brouillon."))
    return redirect("case_edit", copy.pk)


@require_POST
def case_settle_comment(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """« C’est fait »: the remark is taken into account."""
    page = find_case(pk)
    settle_comment(actor=request.user, page=page, comment_id=comment, now=timezone.now())
    messages.success(request, _("La remarque est classée."))
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
        "drafts": [
            {"page": page, "completeness": completeness_of(page.latest_words())}
            for page in CasePage.objects.drafts_of(request.user).with_reviews()[:MOST_DRAFTS]
        ],
        "waiting": CasePage.objects.in_review() if can(request.user, "case.review_list") else [],
        "exchanges": _exchanges(request),
        "published": CasePage.objects.written_by(request.user).filter(live=True).select_related("organisation"),
    }
    return render(request, "cases/case_drafts.html", context)


def _exchanges(request: HttpRequest) -> list[dict[str, Any]]:
    """What each organisation the reader writes for may take out: its files, by format."""
    organisations = Organisation.objects.confirmed().of_account(request.user, Role.EDITOR)
    return [{"organisation": each, "files": _files_of(each)} for each in organisations]


def _files_of(organisation: Organisation) -> list[tuple[str, str]]:
    return [(kind.label, reverse("case_export", args=[organisation.slug, kind])) for kind in FileFormat]
