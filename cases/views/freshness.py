"""« Est-ce toujours vrai ? », and what organisers do with a case nobody holds any more."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import (
    StaleCheckLink,
    archive_case,
    confirm_case,
    confirm_case_by_link,
    hand_over_case,
)
from cases.actions.freshness import writer_at
from cases.forms.freshness import NewOwnerForm
from cases.models import CasePage, CatalogueEntry
from cases.notifications.freshness import CHECK_PURPOSE
from cases.querysets.freshness import without_owner
from cases.views.contribution import find_case
from coalition.core.access import require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.core.tokens import known_token
from members.models import Organisation

PAGE = 50
FOUND = 20


def _shown(page: CasePage) -> dict[str, Any]:
    """The case as the question shows it: words, state and dates, and where to change them."""
    entry = next(iter(page.published_translations()), None)
    edit = reverse("case_edit", args=[page.pk])
    return {
        "case": page,
        "entry": entry,
        "edit_url": edit,
        "stage_url": f"{edit}?depth=five#id_stage",
        "public_url": reverse("case", args=[page.number]),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_still_true(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, for somebody signed in who writes the case: GET shows it, POST confirms."""
    page = find_case(pk)
    require(request.user, "case.confirm", page)
    if request.method == "POST":
        confirm_case(actor=request.user, page=page, now=timezone.now())
        messages.success(request, _("Merci. Les lecteurs savent que ce cas est toujours vrai."))
        return HttpResponseRedirect(reverse("case", args=[page.number]), status=303)
    return render(request, "cases/still_true.html", {"link": "live", **_shown(page)})


def _link_state(token: str) -> tuple[CasePage | None, str, int]:
    """The case behind a mailed link, what can be said of the link, and the page's status."""
    known = known_token(purpose=CHECK_PURPOSE, secret=token)
    page: Any = known.subject if known else None
    if known is None or page is None:
        return None, "forged", 404
    if known.used_at is not None:
        return page, "used", 200
    if known.expires_at <= timezone.now() or writer_at(address=known.address, page=page) is None:
        return None, "expired", 410
    return page, "live", 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_still_true_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from the mail, without login: GET shows, POST confirms, once, for the address it was sent to."""
    page, state, status = _link_state(token)
    if page is None or state == "used":
        status = 409 if request.method == "POST" and state == "used" else status
        return render(request, "cases/still_true.html", {"link": state}, status=status)
    if request.method == "POST":
        try:
            confirm_case_by_link(token=token, now=timezone.now())
        except StaleCheckLink:
            return render(request, "cases/still_true.html", {"link": "used"}, status=409)
        state = "confirmed"
    return render(request, "cases/still_true.html", {"link": state, **_shown(page)})


@require_safe
def case_orphans(request: HttpRequest) -> HttpResponse:
    """« Cas sans personne pour les tenir »: the one nobody has checked for longest first."""
    require(request.user, "case.orphan_list")
    shown = without_owner(CatalogueEntry.objects.shown_in(reader_language()).light(), timezone.now())
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    return render(request, "cases/orphans.html", {"page": page, "count": page.paginator.count})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over a case nobody holds: find an organisation, choose it; or keep the case as a note of the past."""
    page = find_case(pk)
    require(request.user, "case.hand_over", page)
    asked = request.GET.get("q", "")[:200].strip()
    others = Organisation.objects.confirmed().exclude(pk=page.organisation_id)
    found = others.matching(asked).order_by("folded_name", "pk")[:FOUND] if asked else []
    form = NewOwnerForm(request.POST or None, organisations=others)
    if request.method == "POST" and form.is_valid():
        try:
            hand_over_case(
                actor=request.user, page=page, organisation=form.cleaned_data["organisation"], now=timezone.now()
            )
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(request, _("Le cas est confié. Ceux qui agissent pour elle en sont avertis."))
            return HttpResponseRedirect(reverse("case_orphans"), status=303)
    context = {"asked": asked, "found": found, "form": form, **_shown(page)}
    return render(request, "cases/case_owner.html", context)


@require_POST
def case_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """« Garder comme note d’archive »."""
    page = find_case(pk)
    archive_case(actor=request.user, page=page, now=timezone.now())
    messages.success(request, _("Le cas reste public, comme note d’archive."))
    return HttpResponseRedirect(reverse("case_orphans"), status=303)
