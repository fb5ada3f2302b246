"""« Nous l’avons refait » : linking a case to the one it redoes, and taking a link away."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions import link_reproduction, remove_reproduction, start_reproduction
from cases.enums import Depth
from cases.forms import ReasonForm
from cases.forms.reproductions import NEW, RedoForm
from cases.models import CasePage, CatalogueEntry, Reproduction
from cases.querysets.pages import writable_organisations
from coalition.core.access import Hidden, require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language

MOST_OFFERED = 200
PLAIN_KEY = re.compile(r"[0-9]{1,18}")


def _original(number: int) -> CasePage:
    """The public case of that number, in the reader's language where it has a text in it; else 404."""
    shown = CatalogueEntry.objects.shown_in(reader_language()).light().filter(number=number).first()
    if shown is None:
        raise Hidden
    pages = CasePage.objects.select_related("organisation", "locale")
    return get_object_or_404(pages, pk=shown.page_id)


def _own_cases(account: Any, number: int) -> Any:
    """The cases this account may link, latest first; not the one being read."""
    mine = CasePage.objects.filter(organisation__in=writable_organisations(account)).exclude(number=number)
    return mine.order_by("-latest_revision_created_at", "-pk")[:MOST_OFFERED]


@require_http_methods(["GET", "POST"])
def case_redo(request: HttpRequest, number: int) -> HttpResponse:
    """The form; sent, the link, and for a new case its five-minute form already begun."""
    original = _original(number)
    require(request.user, "case.create")
    _require_own(request)
    cases, organisations = _own_cases(request.user, number), writable_organisations(request.user)
    form = RedoForm(request.POST or None, cases=cases, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            return _linked(request, original, form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
    context = {"form": form, "original": original}
    return render(request, "cases/case_redo.html", context, status=422 if form.is_bound else 200)


def _require_own(request: HttpRequest) -> None:
    """A case that is not theirs was asked for: the door says no, not the form."""
    asked = request.POST.get("redo", "")
    page = (
        CasePage.objects.select_related("organisation").filter(pk=int(asked)).first()
        if (PLAIN_KEY.fullmatch(asked))
        else None
    )
    if page is not None:
        require(request.user, "reproduction.link", page)


def _linked(request: HttpRequest, original: CasePage, data: dict[str, Any]) -> HttpResponse:
    now, fresh = timezone.now(), data["redo"] == NEW
    if fresh:
        redo = start_reproduction(
            actor=request.user,
            original=original,
            organisation=data["organisation"],
            language=reader_language(),
            now=now,
        )
    else:
        redo = get_object_or_404(CasePage.objects.select_related("organisation", "locale"), pk=int(data["redo"]))
    words = {name: data[name] for name in ("what_changed", "what_came_out", "outcome")}
    link_reproduction(actor=request.user, original=original, redo=redo, language=reader_language(), now=now, **words)
    if fresh:
        messages.success(request, _("Votre brouillon est commencé. Le lien paraîtra quand le cas sera publié."))
        target = reverse("case_edit", args=[redo.pk]) + f"?depth={Depth.FIVE}"
    else:
        shown = _("Les deux cas sont liés.")
        later = _("Les deux cas sont liés. Le lien paraîtra quand le vôtre sera publié.")
        messages.success(request, shown if redo.live else later)
        target = reverse("case", args=[original.number])
    return HttpResponseRedirect(target, status=303)


@require_http_methods(["GET", "POST"])
def case_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """What the link says, then taking it away with a motive."""
    link = get_object_or_404(Reproduction.objects.linked(), pk=pk)
    require(request.user, "reproduction.remove", link)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remove_reproduction(actor=request.user, link=link, motive=form.cleaned_data["reason"], now=timezone.now())
        messages.success(request, _("Le lien est retiré."))
        return HttpResponseRedirect(_way_back(link), status=303)
    return render(request, "cases/case_unlink.html", {"form": form, "link": link})


def _way_back(link: Reproduction) -> str:
    """The original when it is public, else one's own cases."""
    try:
        return reverse("case", args=[_original(link.original).number])
    except (Hidden, Http404):
        return reverse("case_drafts")
