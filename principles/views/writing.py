"""Writing another wording of an article: draft, look at the changes, propose."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coalition.core.access import can, require
from coalition.core.errors import DomainError
from principles.actions import draft_amendment, edit_draft, open_amendment
from principles.enums import AmendmentKind, AmendmentState
from principles.forms import TEAM, WRITTEN, AmendmentForm, said_by
from principles.models import Amendment, Charter, Version, VersionArticle
from principles.views.placing import placed_draft, proposed_words
from principles.views.room import (
    kept_words,
    late_page,
    opened_room,
    room_initial,
    save_first,
    seen_revision,
)
from principles.views.shared import article_label, article_legs, changes_in_words, charter_crumb, crumbs


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_new(request: HttpRequest, key: str) -> HttpResponse:
    """Propose another wording for an article of the version in force."""
    charter = Charter.objects.main_or_404()
    article: VersionArticle = get_object_or_404(charter.current_version.articles, key=key)
    require(request.user, "amendment.create")
    initial = {name: said_by(article, name) for name in WRITTEN}
    return _write(request, charter, article, initial)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with one's own draft, or one written together; for anybody else it does not exist."""
    found: Amendment = get_object_or_404(Amendment.objects.visible_to(request.user).distinct().whole(), pk=pk)
    require(request.user, "amendment.view", found)
    if request.method != "POST" and (elsewhere := _not_here(request, found)):
        return late_page(request, found) or redirect(elsewhere)
    if found.state == AmendmentState.DRAFT or "revision" not in request.POST:
        require(request.user, "amendment.edit", found)
    elif (late := save_first(request, found)[0]) is not None:
        return late
    if found.kind != AmendmentKind.EDIT:
        return placed_draft(request, found)
    article = found.current_article or found.base_article
    initial: dict[str, Any] = room_initial(request, found)
    initial["organisation"] = str(found.organisation_id or TEAM)
    return _write(request, found.charter, article, initial, found)


def _not_here(request: HttpRequest, found: Amendment) -> str:
    """The page of one that is no draft any more, or that the account is invited to without writing it yet; or ""."""
    if found.state != AmendmentState.DRAFT:
        return found.get_absolute_url()
    return "" if can(request.user, "amendment.edit", found) else reverse("amendment_coauthors", args=[found.pk])


def _write(
    request: HttpRequest,
    charter: Charter,
    article: VersionArticle,
    initial: dict[str, Any],
    draft: Amendment | None = None,
) -> HttpResponse:
    """The form; `do` says what to do with it: preview, save or open."""
    current = charter.in_force.number
    initial["base"] = current
    if request.method != "POST":
        form = AmendmentForm(initial=initial, account=request.user, article=article, draft=draft)
        return _page(request, charter, form, draft, shown=draft is not None)
    if request.POST.get("do") == "preview":
        form = AmendmentForm(request.POST, account=request.user, article=article, draft=draft)
        return _preview(request, charter, form, draft)
    elsewhere, answers = save_first(request, draft)
    if elsewhere is not None:
        return elsewhere
    form = AmendmentForm(answers, account=request.user, article=article, draft=draft)
    if form.is_valid():
        try:
            return _keep(request, charter, form, draft)
        except DomainError as error:
            _read_beside(form, charter, article, answers)
            form.refuse(error)
    return _page(request, charter, form, draft, shown="text_fr" in form.cleaned_data)


def _read_beside(form: AmendmentForm, charter: Charter, article: VersionArticle, data: QueryDict) -> None:
    """Show the same answers beside the version in force; an English text or a title left as it was follows."""
    renewed = data.copy()
    reads = VersionArticle.objects.filter(version__charter=charter, version__number=form.cleaned_data["base"])
    read = reads.filter(key=article.key).first()
    for name in ("text_en", "article_title_fr", "article_title_en"):
        if read is not None and form.cleaned_data[name] == said_by(read, name):
            renewed[name] = form.cleaned_data[name] = said_by(article, name)
    renewed["base"] = str(charter.in_force.number)
    form.data = renewed


def _preview(request: HttpRequest, charter: Charter, form: AmendmentForm, draft: Amendment | None) -> HttpResponse:
    """Show the changes. What is not written yet is not held against anybody; a text that cannot be kept is."""
    form.is_valid()
    if set(WRITTEN) <= form.cleaned_data.keys():
        answers = {name: form.data.get(name, "") for name in form.fields}
        form = AmendmentForm(initial=answers, account=request.user, article=form.article, draft=draft)
    return _page(request, charter, form, draft, shown=not form.is_bound)


def _drawn(charter: Charter, form: AmendmentForm) -> dict[str, Any]:
    """What the texts of the form change in the article: both languages, and the same in words."""
    written = {name: _settled(form, name) for name in WRITTEN}
    texts, titles = ({one: written[f"{what}_{one}"] for one in ("fr", "en")} for what in ("text", "article_title"))
    drawn = article_legs(form.article, texts, titles)
    said = [f"{one.label}\u00a0: {changes_in_words(one.operations)}" for one in drawn if one.changes]
    return {"charter": charter, "legs": drawn, "changed": form.changes(written), "in_words": said}


def _keep(request: HttpRequest, charter: Charter, form: AmendmentForm, draft: Amendment | None) -> HttpResponse:
    """Save the draft, and propose it when asked to."""
    now = timezone.now()
    if draft is not None and request.POST.get("do") == "open":
        require(request.user, "amendment.open", draft)
    answers = {**form.wording(), "base_version": _version(charter, form.cleaned_data["base"])}
    if draft is None:
        draft = draft_amendment(actor=request.user, charter=charter, article_key=form.article.key, now=now, **answers)
    else:
        answers["seen_revision"] = seen_revision(form.data)
        draft = edit_draft(actor=request.user, amendment=draft, now=now, **answers)
    if request.POST.get("do") != "open":
        messages.success(request, kept_words(draft))
        return redirect(draft)
    try:
        draft = open_amendment(actor=request.user, amendment=draft, now=now)
    except DomainError as error:
        messages.warning(request, str(error.message))
    else:
        messages.success(request, proposed_words(draft))
    return redirect(draft)


def _version(charter: Charter, number: int) -> Version:
    """The version of this number; for a number nobody was shown, the first one, which asks for a fresh reading."""
    found: Version | None = charter.versions.filter(number=number).first()
    return found or charter.versions.get(number=1)


def _page(
    request: HttpRequest, charter: Charter, form: AmendmentForm, draft: Amendment | None, *, shown: bool
) -> HttpResponse:
    """The page of the form; `shown` draws what its texts change."""
    article = form.article
    drawn = _drawn(charter, form)
    if request.headers.get("HX-Request") == "true" and request.POST.get("do") == "preview":
        return render(request, "principles/changes_live.html", drawn)
    title = _("Modifier votre brouillon") if draft else _("Proposer une autre rédaction")
    context = {
        **drawn,
        "article": article,
        "article_label": article_label(article),
        "form": form,
        "draft": draft,
        "shown": shown,
        "room": opened_room(request, draft, form.data),
        "together": draft is not None and draft.coauthors.accepted().exists(),
        "moved_on": draft is not None and draft.article_changed,
        "may_open": draft is None or bool(can(request.user, "amendment.open", draft)),
        "title": title,
        "crumbs": crumbs(charter_crumb(), last=title),
    }
    return render(request, "principles/amendment_form.html", context)


def _settled(form: AmendmentForm, name: str) -> str:
    """The text of a field as it would be kept."""
    if form.is_bound:
        return str(form.cleaned_data.get(name, ""))
    return str(form.fields[name].to_python(form.initial.get(name, "")))
