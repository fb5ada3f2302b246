"""What organisers do with an organisation that is there twice, should leave, or owns an e-mail domain."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from coalition.core.access import require
from coalition.core.errors import DomainError
from members.actions import add_domain, merge_organisations, remove_domain, remove_organisation
from members.actions.duplicates import find_lookalikes
from members.actions.logos import with_logos
from members.actions.merging import MERGED_FIELDS, preview_merge
from members.enums import NAME_HOLDERS, OrganisationState, Resource
from members.forms import MergeForm, RemovalForm, VerifiedDomainForm
from members.models import Organisation, VerifiedDomain
from members.views.profile import find_organisation, organisation_page

FOUND = 20
LABELS = {
    "name": gettext_lazy("Nom"),
    "acronym": gettext_lazy("Sigle"),
    "kind": gettext_lazy("Nature"),
    "side": gettext_lazy("Du côté de"),
    "place": gettext_lazy("Lieu"),
    "website": gettext_lazy("Site web"),
    "logo": gettext_lazy("Logo"),
    "summary_fr": gettext_lazy("Présentation en français"),
    "summary_en": gettext_lazy("Présentation en anglais"),
    "offers": gettext_lazy("Elle offre"),
    "seeks": gettext_lazy("Elle cherche"),
    "exchange_fr": gettext_lazy("Ce qu’elle offre et cherche, en français"),
    "exchange_en": gettext_lazy("Ce qu’elle offre et cherche, en anglais"),
}


def _value(organisation: Organisation, name: str) -> str:
    """One part of a profile, as a reader reads it; "" when it says nothing."""
    if name == "place":
        return ", ".join(part for part in (organisation.city, str(organisation.country.name)) if part)
    if name in ("offers", "seeks"):
        return ", ".join(str(Resource(value).label) for value in getattr(organisation, name))
    if name in ("kind", "side"):
        return str(getattr(organisation, f"get_{name}_display")())
    return str(getattr(organisation, name) or "")


@require_http_methods(["GET", "HEAD"])
def organisation_merge_choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Which other organisation is the same one: those that look like it, or a search."""
    organisation = find_organisation(request, slug)
    require(request.user, "organisation.merge", organisation)
    asked = request.GET.get("q", "")[:200]
    others = Organisation.objects.filter(state__in=NAME_HOLDERS).exclude(pk=organisation.pk)
    context = {
        "organisation": organisation,
        "asked": asked,
        "found": with_logos(others.matching(asked)).order_by("folded_name", "pk")[:FOUND] if asked.strip() else [],
        "lookalikes": find_lookalikes(keys=organisation.keys),
    }
    return render(request, "members/organisation_merge_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_merge(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Both side by side: choose what is kept, read it again, unite them. `slug` stays, `other` goes."""
    kept, gone = find_organisation(request, slug), find_organisation(request, other)
    for organisation in (kept, gone):
        require(request.user, "organisation.merge", organisation)
    names = [name for name in MERGED_FIELDS if _value(kept, name) != _value(gone, name)]
    form = MergeForm(request.POST or None, fields=names)
    step = request.POST.get("step", "compare") if form.is_valid() else "compare"
    error = _unite(request, kept, gone, form) if step == "merge" else ""
    if step == "merge" and not error:
        return HttpResponseRedirect(kept.get_absolute_url(), status=303)
    context = {
        "kept": kept,
        "gone": gone,
        "error": error,
        "rows": _rows(kept, gone, form, names),
        "moving": preview_merge(gone=gone),
        "reversible": kept.state == gone.state,
        "unconfirmed": gone.state == OrganisationState.PENDING,
    }
    page = "members/organisation_merge_review.html" if step == "review" else "members/organisation_merge.html"
    return render(request, page, context)


def _unite(request: HttpRequest, kept: Organisation, gone: Organisation, form: MergeForm) -> str:
    """Unite the two and say so; the sentence of the refusal when they cannot be."""
    try:
        merge_organisations(kept=kept, gone=gone, taken=form.taken, actor=request.user, now=timezone.now())
    except DomainError as refusal:
        return str(refusal.message)
    messages.success(request, _("Les deux organisations n’en font plus qu’une. Ses représentants l’apprennent."))
    return ""


def _rows(kept: Organisation, gone: Organisation, form: MergeForm, names: list[str]) -> list[dict[str, Any]]:
    """What differs, part by part: what each says, and which is chosen (what is said, rather than nothing)."""
    fuller = [name for name in names if not (kept.city if name == "place" else _value(kept, name))]
    taken = form.taken if form.is_bound and form.is_valid() else fuller
    return [
        {
            "name": name,
            "label": LABELS[name],
            "kept": _value(kept, name),
            "gone": _value(gone, name),
            "taken": name in taken,
            "chosen": _value(gone if name in taken else kept, name),
        }
        for name in names
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an organisation out of the network, with a motive; the page says what ends."""
    organisation = find_organisation(request, slug)
    require(request.user, "organisation.remove", organisation)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_organisation(
                organisation=organisation, actor=request.user, motive=form.cleaned_data["motive"], now=timezone.now()
            )
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(request, _("Organisation retirée du réseau. Ses représentants reçoivent le motif."))
            return HttpResponseRedirect(organisation.get_absolute_url(), status=303)
    context = {"organisation": organisation, "form": form, "moving": preview_merge(gone=organisation)}
    return render(request, "members/organisation_remove.html", context)


@require_POST
def organisation_domain_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add an e-mail domain; a refusal comes back with the form."""
    organisation = find_organisation(request, slug)
    require(request.user, "organisation.change_domains", organisation)
    form = VerifiedDomainForm(request.POST)
    if form.is_valid():
        try:
            made = add_domain(
                organisation=organisation,
                domain=form.cleaned_data["domain"],
                actor=request.user,
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error("domain", str(error.message))
        else:
            messages.success(
                request, _("Les adresses @%(domain)s ouvrent cette organisation.") % {"domain": made.domain}
            )
            return HttpResponseRedirect(organisation.get_absolute_url(), status=303)
    return organisation_page(request, organisation, domain_form=form)


@require_POST
def organisation_domain_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a domain away; whoever came in by it stays."""
    organisation = find_organisation(request, slug)
    require(request.user, "organisation.change_domains", organisation)
    domain = get_object_or_404(VerifiedDomain.objects.filter(organisation=organisation), pk=pk)
    remove_domain(domain=domain, actor=request.user, now=timezone.now())
    messages.success(request, _("Ce domaine n’ouvre plus l’organisation. Qui est entré par lui reste."))
    return HttpResponseRedirect(organisation.get_absolute_url(), status=303)
