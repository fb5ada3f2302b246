"""Signatures given on paper: the team's form, and the scan for those who may read it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coalition.core.access import can, require
from coalition.core.attachments import attachment_response
from coalition.core.documents import SignableDocument, adopted_documents, document_articles
from coalition.core.errors import DomainError
from members.actions import note_paper_read, record_paper_signature
from members.forms import PaperForm
from members.models import Coalition, Cosponsorship
from members.views.act_links import ActLink, act_link
from members.views.profile import find_organisation


def _version(versions: tuple[SignableDocument, ...], asked: str) -> SignableDocument | None:
    """The version asked for, else the one in force; None while none is adopted."""
    return next((one for one in versions if one.version == asked), versions[0] if versions else None)


@require_http_methods(["GET", "HEAD", "POST"])
def cosponsorship_paper_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Copy what the paper says, and join its scan. `?version=` chooses which text it bears."""
    organisation = find_organisation(request, slug)
    require(request.user, "cosponsorship.record_paper", organisation)
    coalition = Coalition.objects.looking_for_cosponsors().first()
    if coalition is None:
        raise Http404
    versions = adopted_documents(coalition)
    document = _version(versions, request.GET.get("version", ""))
    articles = document_articles(document.sha256) if document else ()
    form = PaperForm(request.POST or None, request.FILES or None, articles=articles)
    if request.method == "POST" and document is not None and form.is_valid():
        given = {"coalition": coalition, "organisation": organisation, "document_sha256": document.sha256}
        act = _record(request, form, given)
        if act is not None:
            messages.success(request, _("Signature enregistrée. Une autre personne de l’équipe y répond."))
            return HttpResponseRedirect(act.get_absolute_url(), status=303)
    context = {"organisation": organisation, "form": form, "document": document, "versions": versions}
    return render(request, "members/paper_new.html", context)


def _record(request: HttpRequest, form: PaperForm, given: dict[str, Any]) -> Cosponsorship | None:
    """The act, or None with what is wrong said in the form."""
    try:
        return record_paper_signature(actor=request.user, now=timezone.now(), **given, **form.facts())
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
        return None


@require_safe
def cosponsorship_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The scan as a download; each is written in the log."""
    visible = Cosponsorship.objects.visible_to(request.user).select_related("organisation", "paper_scan")
    act: Cosponsorship = get_object_or_404(visible, pk=pk)
    return attachment_response(note_paper_read(cosponsorship=act, actor=request.user, now=timezone.now()))


@act_link
def _scan(account: Any, act: Cosponsorship) -> ActLink | None:
    if not can(account, "cosponsorship.view_paper", act):
        return None
    return ActLink(_("Lire le papier signé"), reverse("cosponsorship_paper", args=[act.pk]))
