"""The list, a case, and their addresses that survive."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.views import serve as wagtail_serve

from cases.enums import KIND_WORDS, STAGE_WORDS, Kind, Stage
from cases.models import CaseIndexPage, CasePage, CatalogueEntry, Terms
from cases.querysets.pages import kept_apart
from coalition.core.access import can, require
from coalition.core.languages import reader_language


def serve_index(request: HttpRequest, index: CaseIndexPage) -> HttpResponse:
    """The list, once the door let the reader in."""
    require(request.user, "case_index.view", index)
    return render(request, index.template, index.get_context(request))


def serve_case(request: HttpRequest, page: CasePage) -> HttpResponse:
    """A case, once the door let the reader in. What only some may read is kept by no cache."""
    require(request.user, "case.view", page)
    may_write = bool(can(request.user, "case.preview", page))
    return render(request, page.template, {**page.get_context(request), "may_write": may_write})


@require_safe
def case_index(request: HttpRequest) -> HttpResponse:
    """The list in the reader's language; under the list of another language when there is none in it."""
    lists = CaseIndexPage.objects.live().annotate(kept_apart=kept_apart()).select_related("locale").order_by("path")
    by_language = {index.language: index for index in lists}
    if not by_language:
        raise Http404
    return serve_index(request, by_language.get(reader_language()) or next(iter(by_language.values())))


@require_safe
def case(request: HttpRequest, number: int) -> HttpResponse:
    """A case by its permanent number: its address in the reader's language, or its other text read from here."""
    texts = CatalogueEntry.objects.filter(number=number).light()
    by_language: dict[str, Any] = {entry.language: entry for entry in texts}
    own = by_language.get(reader_language())
    if own is not None:
        return redirect(own.path)
    entry = next((entry for entry in by_language.values() if reader_language() in entry.shown_in), None)
    if entry is None:
        return _unlisted(request, number)
    pages = CasePage.objects.annotate(kept_apart=kept_apart()).select_related("organisation", "locale").with_parts()
    return serve_case(request, get_object_or_404(pages, pk=entry.page_id))


@require_safe
def case_page(request: HttpRequest, number: int, words: str) -> HttpResponse:
    """A case at its own address, found in one query; what is not there is left to Wagtail (moved pages, redirects)."""
    pages = CasePage.objects.live().annotate(kept_apart=kept_apart())
    pages = pages.select_related("organisation", "locale").with_parts()
    page = pages.filter(number=number, written_in=reader_language(), slug=f"{number}-{words}").first()
    if page is None:
        return wagtail_serve(request, request.path_info.removeprefix(f"/{reader_language()}/"))
    return serve_case(request, page)


@require_safe
def case_codebook(request: HttpRequest) -> HttpResponse:
    """What each value of each list means: nobody has to guess what a city meant."""
    crumbs = [
        {"label": _("Accueil"), "url": f"/{reader_language()}/"},
        {"label": _("Cas"), "url": reverse("case_index")},
        {"label": _("Lexique des champs"), "url": ""},
    ]
    plain = [
        {"title": _("Nature"), "values": [(kind.label, KIND_WORDS[kind]) for kind in Kind]},
        {"title": _("Étape"), "values": [(stage.label, STAGE_WORDS[stage]) for stage in Stage]},
    ]
    context = {"groups": Terms.load().groups(), "plain": plain, "crumbs": crumbs}
    return render(request, "cases/codebook.html", context)


def _unlisted(request: HttpRequest, number: int) -> HttpResponse:
    """A number the catalogue does not hold: a draft or a restricted case exists for those the door lets in."""
    pages = CasePage.objects.select_related("organisation", "locale").with_parts().filter(number=number)
    page = pages.filter(written_in=reader_language()).first() or pages.first()
    if page is None:
        raise Http404
    return serve_case(request, page)
