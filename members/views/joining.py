"""Entering an organisation on one's own, and the answer of those inside."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coalition.core.access import can, require
from coalition.core.errors import DomainError
from members.actions import (
    accept_join_request,
    decline_join_request,
    join_by_domain,
    request_to_join,
    withdraw_join_request,
)
from members.forms import JoinDecisionForm, JoinRequestForm
from members.models import JoinRequest
from members.views.people import back_to_people, decision_forms, people_page, people_url
from members.views.profile import find_organisation


@require_http_methods(["GET", "HEAD", "POST"])
def join_request(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the representatives to be let in; or, with an address of the organisation, come in at once."""
    organisation = find_organisation(request, slug)
    account: Any = request.user
    inside = bool(can(account, "organisation.people", organisation))
    if inside and request.method != "POST" and not can(account, "organisation.ask_to_join", organisation):
        return redirect(people_url(organisation))
    require(account, "organisation.ask_to_join", organisation)
    mine = JoinRequest.objects.open().filter(account=account, organisation=organisation)
    form = JoinRequestForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            request_to_join(organisation=organisation, actor=account, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            status = 429
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(request, _("Votre demande est partie. La réponse viendra par courriel."))
            return HttpResponseRedirect(reverse("account_overview"), status=303)
    context = {
        "form": form,
        "organisation": organisation,
        "waiting": mine.with_answerers().first(),
        "by_domain": bool(can(account, "organisation.join_by_domain", organisation)),
    }
    return render(request, "members/join_request.html", context, status=status)


@require_POST
def join_domain(request: HttpRequest, slug: str) -> HttpResponse:
    """Become a member at once, with a verified address of the organisation."""
    organisation = find_organisation(request, slug)
    join_by_domain(organisation=organisation, actor=request.user, now=timezone.now())
    messages.success(
        request, _("Bienvenue. Vous êtes membre ; les personnes qui représentent l’organisation le savent.")
    )
    return back_to_people(organisation)


@require_POST
def join_request_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one's own request back."""
    asked = _find(request, slug, pk)
    withdraw_join_request(request=asked, actor=request.user, now=timezone.now())
    messages.success(request, _("Votre demande est reprise."))
    return HttpResponseRedirect(reverse("account_overview"), status=303)


def _find(request: HttpRequest, slug: str, pk: int) -> JoinRequest:
    organisation = find_organisation(request, slug)
    found: JoinRequest = get_object_or_404(
        JoinRequest.objects.select_related("organisation", "account"), pk=pk, organisation=organisation
    )
    return found


@require_POST
def join_request_decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let somebody in, in the role chosen, or say why not; a refusal without motive comes back with the form."""
    organisation = find_organisation(request, slug)
    require(request.user, "organisation.view_members", organisation)
    asked = _find(request, slug, pk)
    require(request.user, "join_request.decide", asked)
    form = JoinDecisionForm(request.POST, prefix=f"r{asked.pk}")
    if not form.is_valid():
        waiting = JoinRequest.objects.open().filter(organisation=organisation).select_related("account")
        return people_page(request, organisation, decisions=decision_forms(list(waiting), form), form=form)
    now, data = timezone.now(), form.cleaned_data
    if data["decision"] == JoinDecisionForm.YES:
        accept_join_request(request=asked, actor=request.user, role=data["role"], now=now)
        messages.success(request, _("La personne est dans l’organisation. Elle reçoit un courriel."))
    else:
        decline_join_request(request=asked, actor=request.user, motive=data["motive"], now=now)
        messages.success(request, _("La demande n’est pas retenue. Le motif part par courriel."))
    return back_to_people(organisation)
