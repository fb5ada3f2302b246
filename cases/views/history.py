"""What a case was before: every revision for its writers, the published ones for everybody."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Revision

from cases.actions import EditConflict, restore_case
from cases.forms import RestoreForm
from cases.models import CasePage, CatalogueEntry, Terms
from cases.models.history import MOST_REVISIONS, changes_between, public_revisions
from cases.views.contribution import find_case
from coalition.core.access import WrongState, require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language


@require_safe
def case_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every revision, newest first: who, when, what changed since the one before, and going back to it."""
    page = find_case(pk)
    require(request.user, "case.history", page)
    revisions = list(page.revisions.select_related("user").order_by("-pk")[: MOST_REVISIONS + 1])
    public = {revision.pk for revision in public_revisions(page)}
    rows = [
        {"revision": revision, "before": before, "public": revision.pk in public}
        for revision, before in zip(revisions, [*revisions[1:], None], strict=True)
    ][:MOST_REVISIONS]
    form = RestoreForm(initial={"based_on": page.latest_revision_id}, auto_id=False)
    return render(request, "cases/case_history.html", {"page": page, "rows": rows, "form": form})


def _revision(page: CasePage, key: int) -> Revision:
    revision: Revision = get_object_or_404(page.revisions, pk=key)
    return revision


def _compared(request: HttpRequest, page: CasePage, old: Revision, new: Revision, **more: Any) -> HttpResponse:
    changes = changes_between(page.with_content_json(old.content), page.with_content_json(new.content), Terms.load())
    context = {"page": page, "old": old, "new": new, "changes": changes, **more}
    return render(request, "cases/case_compare.html", context)


@require_safe
def case_compare(request: HttpRequest, pk: int, old: int, new: int) -> HttpResponse:
    """What changed between two revisions, public or not, word by word."""
    page = find_case(pk)
    require(request.user, "case.preview", page)
    back = {"label": _("Historique"), "url": reverse("case_history", args=[page.pk])}
    return _compared(request, page, _revision(page, old), _revision(page, new), back=back)


@require_POST
def case_restore(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """The words of an older revision become the newest draft."""
    page = find_case(pk)
    require(request.user, "case.edit", page)
    form = RestoreForm(request.POST)
    if not form.is_valid():
        raise WrongState
    based_on = form.cleaned_data["based_on"]
    try:
        restore_case(actor=request.user, page=page, revision_id=revision, based_on=based_on, now=timezone.now())
    except EditConflict as conflict:
        raise WrongState(_("Quelqu’un a enregistré ce cas entre-temps. Relisez l’historique.")) from conflict
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("case_history", page.pk)
    messages.success(request, _("Cette version est redevenue le brouillon. Les autres restent dans l’historique."))
    return redirect("case_edit", page.pk)


def _public_case(request: HttpRequest, number: int) -> CasePage:
    """The published text readers of this language see; 404 when there is none."""
    entries = CatalogueEntry.objects.filter(number=number).shown_in(reader_language()).light()
    entry = get_object_or_404(entries)
    page: CasePage = CasePage.objects.select_related("organisation", "locale").get(pk=entry.page_id)
    require(request.user, "case.view", page)
    return page


@require_safe
def case_versions(request: HttpRequest, number: int) -> HttpResponse:
    """The versions readers have seen, with what changed from one to the next."""
    page = _public_case(request, number)
    revisions = public_revisions(page)
    pairs = [{"new": new, "old": old} for new, old in zip(revisions, [*revisions[1:], None], strict=True)]
    return render(request, "cases/case_versions.html", {"page": page, "pairs": pairs})


@require_safe
def case_version_changes(request: HttpRequest, number: int, old: int, new: int) -> HttpResponse:
    """What changed between two published versions."""
    page = _public_case(request, number)
    public = {revision.pk: revision for revision in public_revisions(page)}
    if old not in public or new not in public:
        raise Http404
    back = {"label": _("Versions publiées"), "url": reverse("case_versions", args=[number])}
    return _compared(request, page, public[old], public[new], back=back, published=True)
