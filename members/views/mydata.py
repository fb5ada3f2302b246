"""One's own data: see what there is, take it away, have it erased."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coalition.core.access import Hidden, LoginNeeded, is_signed_in, require
from coalition.core.audit import record
from coalition.core.consents import consent_text
from coalition.core.errors import DomainError
from coalition.core.exports import export_response, find_export, live_exports, require_fresh_proof
from coalition.core.models import Consent
from coalition.core.privacy import declarations
from members.actions import PERSONAL_DATA, erase_account, export_own_data
from members.forms import EraseForm
from members.models import Affiliation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest) -> HttpResponse:
    """What is kept, the agreements given, the archives of this session; POST makes an archive."""
    account: Any = request.user
    require(account, "account.own")
    session = request.session.session_key
    if request.method == "POST":
        require_fresh_proof(request)
        export_own_data(account=account, session_key=session, now=timezone.now())
        messages.success(request, _("Votre archive est prête. Elle s’efface dans vingt-quatre heures."))
        return HttpResponseRedirect(reverse("my_data"), status=303)
    context = {
        "exports": live_exports(account=account, session_key=session, kind=PERSONAL_DATA, now=timezone.now()),
        "consents": [
            {"record": consent, "words": consent_text(consent.purpose, consent.language, consent.text_version)}
            for consent in Consent.objects.filter(account=account)
        ],
    }
    return render(request, "members/my_data.html", context)


@never_cache
@require_safe
def my_data_file(request: HttpRequest, key: UUID) -> FileResponse:
    """The archive, for the session that made it; each download is written down."""
    account: Any = request.user
    if not is_signed_in(account):
        raise LoginNeeded if request.accepts("text/html") else Hidden  # a program has no login page to be sent to
    now = timezone.now()
    export = find_export(account=account, session_key=request.session.session_key, kind=PERSONAL_DATA, key=key, now=now)
    if request.method == "GET":
        record(actor=account, action="account.download_data", obj=account, now=now)
    return export_response(export)


def _kept() -> list[str]:
    """Why something stays, each reason once."""
    fates = (fate for one in declarations() if one.owners or one.addresses for fate in one.fields.values())
    return list(dict.fromkeys(str(fate.reason) for fate in fates if fate.verb == "keep"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """What goes, what stays and why; POST, with the address typed again, erases at once and signs out."""
    account: Any = request.user
    require(account, "account.own")
    form = EraseForm(request.POST or None)
    if request.method == "POST":
        require_fresh_proof(request)
        if form.is_valid():
            try:
                erase_account(account=account, typed_address=form.cleaned_data["address"], now=timezone.now())
            except DomainError as error:
                form.add_error(error.field, str(error.message))
            else:
                logout(request)
                return render(request, "members/erased.html")
    context = {
        "form": form,
        "alone": [line.organisation for line in Affiliation.objects.alone(account)],
        "kept": _kept(),
    }
    return render(request, "members/erase.html", context)
