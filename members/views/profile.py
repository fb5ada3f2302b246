"""The page of an organisation, the request for a new one, its edition, and the organisers' answer."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalition.core.access import can, require
from coalition.core.errors import DomainError
from coalition.core.profiles import ProfileFact, ProfileSection, profile_sections
from members.actions import LogoChange, confirm_organisation, edit_organisation, refuse_organisation
from members.actions.duplicates import find_lookalikes, told_apart_at_request
from members.actions.logos import with_logos
from members.actions.organisations import PROFILE
from members.enums import PUBLIC, CosponsorshipState, Kind, OrganisationState, Resource, Role
from members.forms import DecisionForm, OrganisationEditForm, VerifiedDomainForm
from members.merge import scripts
from members.models import Affiliation, Organisation, Support

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
    running = Affiliation.objects.active().representatives().filter(organisation=OuterRef("pk")).order_by()
    counted = running.values("organisation").annotate(n=Count("pk")).values("n")
    visible = Organisation.objects.visible_to(request.user).select_related("logo", "merged_into")
    visible = with_logos(visible).annotate(
        representative_count=Coalesce(Subquery(counted), 0),
        has_supported=Exists(Support.objects.of_organisations().filter(organisation=OuterRef("pk"))),
    )
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
    if can(account, "organisation.view_members", organisation):
        running = organisation.affiliations.active().select_related("account").order_by("started_on", "pk")
        return {"members": list(running)}
    public = [act for act in acts if act.state in PUBLIC and act.name_is_public and act.affiliation]
    lines = {act.affiliation_id: act for act in public if _represents(act.affiliation, organisation)}
    named = [
        {"name": act.signatory_name, "function": act.signatory_function, "since": act.affiliation.started_on}
        for act in sorted(lines.values(), key=lambda act: (act.affiliation.started_on, act.affiliation_id))
    ]
    running_now: int = organisation.representative_count  # type: ignore[attr-defined]
    return {"named": named, "unnamed": max(running_now - len(named), 0)}


def _represents(line: Affiliation, organisation: Organisation) -> bool:
    """Whether this mandate still runs, and is one to represent."""
    running = line.ended_on is None and line.role == Role.REPRESENTATIVE
    return running and line.organisation_id == organisation.pk


def _facts(sections: list[ProfileSection], official: Any) -> list[Any]:
    """The figures of its head: since when it is in the coalition, which version it signed, then what sections count."""
    facts = [fact for section in sections for fact in section.facts]
    if official is None or official.decided_at is None:
        return facts
    since = date_format(official.decided_at, "F Y")
    note = _("Charte signée, version %(version)s") % {"version": official.document_version}
    url = official.get_absolute_url()
    return [ProfileFact(_("Dans la coalition depuis"), since, url=url, note=note, big=False), *facts]


def organisation_page(
    request: HttpRequest, organisation: Organisation, status: int = 200, **extra: Any
) -> HttpResponse:
    """The page of an organisation, with what this reader may do there."""
    acts = list(
        organisation.cosponsorships.visible_to(request.user)
        .select_related("coalition", "affiliation")
        .prefetch_related("reservations", "signed_versions")
        .order_by("-signed_at")
    )
    organisation.acts_shown = acts  # type: ignore[attr-defined]  # for the sections, which would read them again
    sections = profile_sections(organisation, request.user)
    official = next((act for act in acts if act.state in PUBLIC), None)
    live = [act for act in acts if act.state not in (CosponsorshipState.DECLINED, CosponsorshipState.WITHDRAWN)]
    may_decide = bool(can(request.user, "organisation.decide", organisation))
    context = {
        "organisation": organisation,
        "acts": acts,
        "official": official,
        "sections": sections,
        "facts": _facts(sections, official),
        "may_edit": bool(can(request.user, "organisation.edit", organisation)),
        "may_join_by_domain": bool(can(request.user, "organisation.join_by_domain", organisation)),
        "may_hand_out_mail": bool(can(request.user, "organisation.hand_out_mail", organisation)),
        "may_manage_tokens": bool(can(request.user, "organisation_token.manage", organisation)),
        "may_sign": not live and bool(can(request.user, "cosponsorship.sign", organisation)),
        "decision_form": DecisionForm() if may_decide else None,
        **_for_organisers(request.user, organisation, may_decide),
        "schema_org": schema_org(organisation),
        "offers": [Resource(value).label for value in organisation.offers],
        "seeks": [Resource(value).label for value in organisation.seeks],
        **_people(organisation, acts, request.user),
        **extra,
    }
    return render(request, "members/organisation.html", context, status=status)


def _for_organisers(account: Any, organisation: Organisation, may_decide: bool) -> dict[str, Any]:
    """What helps an organiser to decide, and the domains of the organisation for those who may read them."""
    may_change = bool(can(account, "organisation.change_domains", organisation))
    inside = bool(can(account, "organisation.view_members", organisation))
    found: dict[str, Any] = {
        "may_remove": bool(can(account, "organisation.remove", organisation)),
        "may_merge": bool(can(account, "organisation.merge", organisation)),
        "may_change_domains": may_change,
        "domains": list(organisation.verified_domains.all()) if inside or may_change else [],
        "domain_form": VerifiedDomainForm() if may_change else None,
    }
    if may_decide:
        told = told_apart_at_request(organisation)
        found["lookalikes"] = [
            (lookalike, lookalike.organisation.pk in told) for lookalike in find_lookalikes(keys=organisation.keys)
        ]
        found["writings"] = scripts(organisation.name)
    return found


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Profile: what it is, what it signed, what it has done, who speaks for it. One united with another leads to it."""
    try:
        organisation = find_organisation(request, slug)
    except Http404:
        organisation = get_object_or_404(Organisation.objects.select_related("merged_into"), slug=slug)
        if organisation.merged_into is None or not can(request.user, "organisation.view", organisation.merged_into):
            raise
    if organisation.merged_into is not None:
        return redirect(organisation.merged_into, permanent=True)
    return organisation_page(request, organisation)


@require_POST
def organisation_decide(request: HttpRequest, slug: str) -> HttpResponse:
    """An organiser confirms or refuses; a refusal without motive comes back with the form."""
    organisation = find_organisation(request, slug)
    require(request.user, "organisation.decide", organisation)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return organisation_page(request, organisation, decision_form=form, form=form)
    now = timezone.now()
    if form.cleaned_data["decision"] == DecisionForm.YES:
        confirm_organisation(organisation=organisation, actor=request.user, now=now)
        messages.success(request, _("Organisation confirmée. La personne qui l’a demandée reçoit un courriel."))
    else:
        refuse_organisation(organisation=organisation, actor=request.user, motive=form.cleaned_data["motive"], now=now)
        messages.success(request, _("Demande refusée. Le motif part par courriel."))
    return HttpResponseRedirect(organisation.get_absolute_url(), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The representatives keep the profile."""
    organisation = find_organisation(request, slug)
    require(request.user, "organisation.edit", organisation)
    form = OrganisationEditForm(
        request.POST or None, request.FILES or None, organisation=organisation, initial=_kept_profile(organisation)
    )
    if request.method == "POST" and form.is_valid():
        try:
            edit_organisation(organisation=organisation, actor=request.user, now=timezone.now(), **_changes(form))
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        else:
            messages.success(request, _("La page de votre organisation est à jour."))
            return redirect(organisation.get_absolute_url())
    context = {"form": form, "organisation": organisation, "pending": organisation.state == OrganisationState.PENDING}
    return render(request, "members/organisation_edit.html", context)


def _kept_profile(organisation: Organisation) -> dict[str, Any]:
    """What the form shows before anything is changed."""
    kept = {name: getattr(organisation, name) for name in PROFILE}
    logo: Any = organisation.logo
    return {**kept, "logo_alternative": logo.alternative if logo else ""}


def _changes(form: OrganisationEditForm) -> dict[str, Any]:
    """The answers, as the action wants them."""
    answers = {name: form.cleaned_data[name] for name in PROFILE}
    logo = LogoChange(
        upload=form.logo_upload,
        alternative=form.cleaned_data["logo_alternative"],
        remove=form.cleaned_data.get("logo_remove", False),
    )
    return {**answers, "logo": logo}
