"""The page of an organisation, the request for a new one, its edition, and the organisers' answer."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalition.core.access import can, require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.core.profiles import ProfileSection, profile_sections
from members.actions import (
    OrganisationExists,
    confirm_organisation,
    edit_organisation,
    refuse_organisation,
    request_organisation,
)
from members.enums import CosponsorshipState, Kind, OrganisationState
from members.forms import DecisionForm, OrganisationEditForm, OrganisationRequestForm
from members.models import Organisation

SCHEMA_TYPES = {
    Kind.AUTHORITY: "GovernmentOrganization",
    Kind.COMPANY: "Corporation",
    Kind.TELECOM: "Corporation",
    Kind.DIGITAL_SME: "Corporation",
    Kind.NGO: "NGO",
    Kind.UNIVERSITY: "CollegeOrUniversity",
}


def find_organisation(request: HttpRequest, slug: str) -> Organisation:
    """The organisation if this reader may know of it, else 404; never held back from its members and organisers."""
    visible = Organisation.objects.visible_to(request.user)
    organisation: Organisation = get_object_or_404(visible, slug=slug)
    require(request.user, "organisation.view", organisation)
    return organisation


def schema_org(organisation: Organisation) -> dict[str, object]:
    """The organisation in schema.org's words."""
    address = {"@type": "PostalAddress", "addressCountry": str(organisation.country)}
    if organisation.city:
        address["addressLocality"] = organisation.city
    return {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(Kind(organisation.kind), "Organization"),
        "name": organisation.name,
        "url": organisation.website or f"{settings.BASE_URL}{organisation.get_absolute_url()}",
        "address": address,
    }


def _people(organisation: Organisation, acts: list[Any], account: Any) -> dict[str, Any]:
    """Who speaks for it: everybody and how to reach them for its representatives, consented names for the public."""
    running = organisation.affiliations.active().select_related("account").order_by("started_on", "pk")
    if can(account, "organisation.view_members", organisation):
        return {"members": list(running)}
    public = {
        act.affiliation_id: act for act in acts if act.state == CosponsorshipState.OFFICIAL and act.name_is_public
    }
    representatives = list(running.representatives())
    named = [
        {
            "name": public[line.pk].signatory_name,
            "function": public[line.pk].signatory_function,
            "since": line.started_on,
        }
        for line in representatives
        if line.pk in public
    ]
    return {"named": named, "unnamed": len(representatives) - len(named)}


def _facts(sections: list[ProfileSection]) -> list[Any]:
    return [fact for section in sections for fact in section.facts]


def _profile(request: HttpRequest, organisation: Organisation, status: int = 200, **extra: Any) -> HttpResponse:
    acts = list(
        organisation.cosponsorships.visible_to(request.user)
        .select_related("coalition", "affiliation")
        .order_by("-signed_at")
    )
    sections = profile_sections(organisation, request.user)
    live = [act for act in acts if act.state not in (CosponsorshipState.DECLINED, CosponsorshipState.WITHDRAWN)]
    may_decide = bool(can(request.user, "organisation.decide", organisation))
    context = {
        "organisation": organisation,
        "acts": acts,
        "official": next((act for act in acts if act.state == CosponsorshipState.OFFICIAL), None),
        "sections": sections,
        "facts": _facts(sections),
        "may_edit": bool(can(request.user, "organisation.edit", organisation)),
        "may_sign": not live and bool(can(request.user, "cosponsorship.sign", organisation)),
        "decision_form": DecisionForm() if may_decide else None,
        "schema_org": schema_org(organisation),
        **_people(organisation, acts, request.user),
        **extra,
    }
    return render(request, "members/organisation.html", context, status=status)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Profile: what it is, what it signed, what it has done, who speaks for it."""
    return _profile(request, find_organisation(request, slug))


@require_POST
def organisation_decide(request: HttpRequest, slug: str) -> HttpResponse:
    """An organiser confirms or refuses; a refusal without motive comes back with the form."""
    organisation = find_organisation(request, slug)
    require(request.user, "organisation.decide", organisation)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _profile(request, organisation, decision_form=form, form=form)
    now = timezone.now()
    if form.cleaned_data["decision"] == DecisionForm.YES:
        confirm_organisation(organisation=organisation, actor=request.user, now=now)
        messages.success(request, _("Organisation confirmée. La personne qui l’a demandée reçoit un courriel."))
    else:
        refuse_organisation(organisation=organisation, actor=request.user, motive=form.cleaned_data["motive"], now=now)
        messages.success(request, _("Demande refusée. Le motif part par courriel."))
    return HttpResponseRedirect(organisation.get_absolute_url(), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Ask for an organisation to be added."""
    account: Any = request.user
    require(account, "organisation.request")
    form = OrganisationRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data[f"summary_{reader_language()}"] = data.pop("summary")
        try:
            asked = request_organisation(actor=account, now=timezone.now(), **data)
        except OrganisationExists as error:
            form.add_error(error.field, _exists(error, account))
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(
                request, _("Demande enregistrée. L’équipe d’organisation la lit et vous répond par courriel.")
            )
            return HttpResponseRedirect(asked.get_absolute_url(), status=303)
    return render(request, "members/organisation_new.html", {"form": form})


def _exists(error: OrganisationExists, account: Any) -> str:
    """The refusal, with the way to the organisation when the reader may see it."""
    if not can(account, "organisation.view", error.organisation):
        return _("Une demande pour cette organisation est déjà en attente.")
    return format_html(
        '{} <a href="{}">{}</a>', error.message, error.organisation.get_absolute_url(), error.organisation.name
    )


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The representatives keep the profile."""
    organisation = find_organisation(request, slug)
    require(request.user, "organisation.edit", organisation)
    form = OrganisationEditForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        edit_organisation(organisation=organisation, actor=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("La page de votre organisation est à jour."))
        return redirect(organisation.get_absolute_url())
    context = {"form": form, "organisation": organisation, "pending": organisation.state == OrganisationState.PENDING}
    return render(request, "members/organisation_edit.html", context)
