"""Writing an amendment: draft, look at the changes, propose."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coalition.core.access import require
from coalition.core.errors import DomainError
from principles.actions import draft_amendment, edit_draft, open_amendment
from principles.enums import AmendmentState
from principles.forms import TEAM, AmendmentForm
from principles.models import Amendment, Charter, Version, VersionArticle
from principles.views.shared import article_label, charter_crumb, crumbs, legs


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_new(request: HttpRequest, key: str) -> HttpResponse:
    """Propose another wording for an article of the version in force."""
    charter = Charter.objects.main_or_404()
    article: VersionArticle = get_object_or_404(charter.current_version.articles, key=key)
    require(request.user, "amendment.create")
    initial = {"text_fr": article.text_fr, "text_en": article.text_en}
    return _write(request, charter, article, initial)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with one's own draft; for anybody else it does not exist."""
    found: Amendment = get_object_or_404(Amendment.objects.visible_to(request.user).whole(), pk=pk)
    require(request.user, "amendment.view", found)
    if found.state != AmendmentState.DRAFT and request.method != "POST":
        return redirect(found)
    require(request.user, "amendment.edit", found)
    article = found.current_article or found.base_article
    names = ("title", "text_fr", "text_en", "motive")
    initial = {name: getattr(found, name) for name in names}
    initial["text_en"] = found.text_en or article.text_en
    initial["organisation"] = str(found.organisation_id or TEAM)
    return _write(request, found.charter, article, initial, found)


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
        form = AmendmentForm(initial=initial, account=request.user, article=article)
        return _page(request, charter, form, draft, shown=draft is not None)
    form = AmendmentForm(request.POST, account=request.user, article=article)
    if request.POST.get("do") == "preview":
        return _preview(request, charter, form, draft)
    if form.is_valid():
        try:
            return _keep(request, charter, form, draft)
        except DomainError as error:
            _read_beside(form, charter, article, request.POST)
            form.refuse(error)
    return _page(request, charter, form, draft, shown="text_fr" in form.cleaned_data)


def _read_beside(form: AmendmentForm, charter: Charter, article: VersionArticle, data: QueryDict) -> None:
    """Show the same answers beside the version in force; an English text left as it was follows the article."""
    renewed = data.copy()
    read = VersionArticle.objects.filter(version__charter=charter, version__number=form.cleaned_data["base"])
    if read.filter(key=article.key, text_en=form.cleaned_data["text_en"]).exists():
        renewed["text_en"] = form.cleaned_data["text_en"] = article.text_en
    renewed["base"] = str(charter.in_force.number)
    form.data = renewed


def _preview(request: HttpRequest, charter: Charter, form: AmendmentForm, draft: Amendment | None) -> HttpResponse:
    """Show the changes. What is not written yet is not held against anybody; a text that cannot be kept is."""
    form.is_valid()
    if {"text_fr", "text_en"} <= form.cleaned_data.keys():
        answers = {name: form.data.get(name, "") for name in form.fields}
        form = AmendmentForm(initial=answers, account=request.user, article=form.article)
    return _page(request, charter, form, draft, shown=not form.is_bound)


def _keep(request: HttpRequest, charter: Charter, form: AmendmentForm, draft: Amendment | None) -> HttpResponse:
    """Save the draft, and propose it when asked to."""
    now = timezone.now()
    answers = {**form.wording(), "base_version": _version(charter, form.cleaned_data["base"])}
    if draft is None:
        draft = draft_amendment(actor=request.user, charter=charter, article_key=form.article.key, now=now, **answers)
    else:
        draft = edit_draft(actor=request.user, amendment=draft, now=now, **answers)
    if request.POST.get("do") != "open":
        messages.success(request, _("Le brouillon est gardé. Vous seul le voyez, jusqu’à ce que vous le proposiez."))
        return redirect(draft)
    try:
        draft = open_amendment(actor=request.user, amendment=draft, now=now)
    except DomainError as error:
        messages.warning(request, str(error.message))
    else:
        said = _("Votre amendement nº %(number)d est proposé. L’équipe d’organisation est prévenue et vous répondra.")
        messages.success(request, said % {"number": draft.number})
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
    text_fr, text_en = (_settled(form, name) for name in ("text_fr", "text_en"))
    title = _("Modifier votre brouillon") if draft else _("Proposer une autre rédaction")
    context = {
        "charter": charter,
        "article": article,
        "article_label": article_label(article),
        "form": form,
        "draft": draft,
        "shown": shown,
        "changed": form.changes(text_fr, text_en),
        "moved_on": draft is not None and draft.conflicts,
        "legs": legs(
            before_fr=article.text_fr, after_fr=text_fr, before_en=article.text_en, after_en=text_en or article.text_en
        )
        if shown
        else (),
        "title": title,
        "crumbs": crumbs(charter_crumb(), last=title),
    }
    return render(request, "principles/amendment_form.html", context)


def _settled(form: AmendmentForm, name: str) -> str:
    """The text of a field as it would be kept."""
    if form.is_bound:
        return str(form.cleaned_data.get(name, ""))
    return str(form.fields[name].to_python(form.initial.get(name, "")))
