"""The proof of a mandate: joined by the organisation, read by it and by the organisers, by nobody else."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coalition.core.access import require
from coalition.core.attachments import attachment_response
from coalition.core.errors import DomainError
from members.actions import note_document_read, provide_document
from members.forms import DocumentForm
from members.views.cosponsorship import find_act


@require_http_methods(["GET", "HEAD", "POST"])
def cosponsorship_document_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Join the document asked for, or a better one."""
    act = find_act(request, pk)
    require(request.user, "cosponsorship.provide_document", act)
    account: Any = request.user
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            provide_document(cosponsorship=act, actor=account, upload=form.cleaned_data["document"], now=timezone.now())
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(request, _("La pièce est jointe. C’est maintenant à l’équipe d’organisation d’agir."))
            return HttpResponseRedirect(act.get_absolute_url(), status=303)
    return render(request, "members/cosponsorship_document.html", {"form": form, "act": act})


@never_cache
@require_safe
def cosponsorship_document(request: HttpRequest, pk: int) -> FileResponse:
    """The document as a download; who read it stands in the log."""
    act = find_act(request, pk)
    require(request.user, "cosponsorship.view_document", act)
    if act.mandate_document is None:
        raise Http404
    if request.method == "GET":
        note_document_read(cosponsorship=act, actor=request.user, now=timezone.now())
    return attachment_response(act.mandate_document)
