"""The list of signatories with contacts, for organisers: asked with a purpose, fetched by the session that asked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coalition.core.access import Hidden, LoginNeeded, is_signed_in, require
from coalition.core.errors import DomainError
from coalition.core.exports import export_response, find_export, live_exports, require_fresh_proof
from members.actions import CONTACTS_EXPORT, export_contacts, note_export_read
from members.forms import ContactsForm
from members.models import Coalition


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export_contacts_new(request: HttpRequest) -> HttpResponse:
    """Why, in which format; below, the files this session asked for. The password was given a moment ago."""
    require(request.user, "export.contacts")
    require_fresh_proof(request)
    coalition = Coalition.objects.looking_for_cosponsors().first()
    if coalition is None:
        raise Http404
    now, session_key = timezone.now(), request.session.session_key
    form = ContactsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"coalition": coalition, "actor": request.user, "session_key": session_key}
        try:
            export_contacts(now=now, **given, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(
                request, _("Le fichier est prêt : pour vous, dans ce navigateur, pendant vingt-quatre heures.")
            )
            return HttpResponseRedirect(reverse("export_contacts"), status=303)
    exports = live_exports(account=request.user, session_key=session_key, kind=CONTACTS_EXPORT, now=now)
    return render(request, "members/export_contacts.html", {"form": form, "exports": exports})


@never_cache
@require_safe
def export_contacts_file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The file, for the account and the session that asked for it; for anybody else there is none."""
    if not is_signed_in(request.user):
        raise LoginNeeded if request.accepts("text/html") else Hidden  # a program has no login page to be sent to
    now = timezone.now()
    export = find_export(
        account=request.user, session_key=request.session.session_key, kind=CONTACTS_EXPORT, key=key, now=now
    )
    return export_response(note_export_read(export=export, actor=request.user, now=now))
