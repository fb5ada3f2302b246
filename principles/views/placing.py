"""Proposing an article more, an article less, or another place for one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coalition.core.access import can, require
from coalition.core.errors import DomainError
from principles.actions import draft_amendment, edit_draft, open_amendment
from principles.enums import AmendmentKind, AmendmentState
from principles.forms import TEAM, PlacedForm
from principles.models import Amendment, Charter, VersionArticle
from principles.views.room import (
    kept_words,
    opened_room,
    room_initial,
    save_first,
    seen_revision,
)
from principles.views.shared import article_label, charter_crumb, crumbs


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_insert(request: HttpRequest) -> HttpResponse:
    """Propose an article more."""
    require(request.user, "amendment.create")
    charter = Charter.objects.main_or_404()
    return _write(request, charter, AmendmentKind.INSERT, None)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_remove(request: HttpRequest, key: str) -> HttpResponse:
    """Propose to take an article out."""
    return _about_article(request, key, AmendmentKind.REMOVE)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_move(request: HttpRequest, key: str) -> HttpResponse:
    """Propose another place for an article."""
    return _about_article(request, key, AmendmentKind.MOVE)


def _about_article(request: HttpRequest, key: str, kind: AmendmentKind) -> HttpResponse:
    charter = Charter.objects.main_or_404()
    article = get_object_or_404(charter.current_version.articles, key=key)
    require(request.user, "amendment.create")
    return _write(request, charter, kind, article)


def placed_draft(request: HttpRequest, draft: Amendment) -> HttpResponse:
    """Go on with such a draft; the caller asked whether the account may."""
    article = None if draft.kind == AmendmentKind.INSERT else draft.current_article or draft.base_article
    return _write(request, draft.charter, AmendmentKind(draft.kind), article, draft)


def proposed_words(amendment: Amendment) -> str:
    """What happens next, to whoever has just proposed."""
    if amendment.state == AmendmentState.SUBMITTED:
        said = _(
            "Votre amendement nº %(number)d est lu par la coalition. "
            "Il s’ouvre quand assez d’organisations le soutiennent."
        )
    else:
        said = _("Votre amendement nº %(number)d est proposé. L’équipe d’organisation est prévenue et vous répondra.")
    return said % {"number": amendment.number}


def _write(
    request: HttpRequest,
    charter: Charter,
    kind: AmendmentKind,
    article: VersionArticle | None,
    draft: Amendment | None = None,
) -> HttpResponse:
    """The form; `do` says whether to keep the draft or to propose it."""
    initial: dict[str, Any] = {"base": charter.in_force.number, "after_key": request.GET.get("after", "")}
    if draft is not None:
        initial |= room_initial(request, draft)
        initial["organisation"] = str(draft.organisation_id or TEAM)
    elsewhere, answers = save_first(request, draft)
    if elsewhere is not None:
        return elsewhere
    form = PlacedForm(
        answers or None,
        initial=initial,
        account=request.user,
        kind=kind.value,
        articles=list(charter.in_force.articles.all()),
        key=article.key if article else "",
        draft=draft,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _keep(request, charter, kind, article, form, draft)
        except DomainError as error:
            form.refuse(error)
    return _page(request, charter, kind, article, form, draft)


def _page(
    request: HttpRequest,
    charter: Charter,
    kind: AmendmentKind,
    article: VersionArticle | None,
    form: PlacedForm,
    draft: Amendment | None,
) -> HttpResponse:
    title = {
        AmendmentKind.INSERT: _("Proposer un article de plus"),
        AmendmentKind.REMOVE: _("Proposer de retirer un article"),
        AmendmentKind.MOVE: _("Proposer une autre place"),
    }[kind]
    context = {
        "charter": charter,
        "kind": kind.value,
        "article": article,
        "article_label": article_label(article) if article else "",
        "form": form,
        "draft": draft,
        "room": opened_room(request, draft, form.data),
        "may_open": draft is None or bool(can(request.user, "amendment.open", draft)),
        "title": title,
        "crumbs": crumbs(charter_crumb(), last=title),
    }
    return render(request, "principles/amendment_place.html", context)


def _keep(
    request: HttpRequest,
    charter: Charter,
    kind: AmendmentKind,
    article: VersionArticle | None,
    form: PlacedForm,
    draft: Amendment | None,
) -> HttpResponse:
    """Save the draft, and propose it when asked to."""
    now = timezone.now()
    if draft is not None and request.POST.get("do") == "open":
        require(request.user, "amendment.open", draft)
    read = charter.versions.filter(number=form.cleaned_data["base"]).first() or charter.versions.get(number=1)
    answers = {"organisation": None, **form.content(), "base_version": read}
    if draft is None:
        key = article.key if article else ""
        made: dict[str, Any] = {"charter": charter, "kind": kind, "article_key": key}
        draft = draft_amendment(actor=request.user, now=now, **made, **answers)
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
