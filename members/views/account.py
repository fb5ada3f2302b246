"""One's own account."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coalition.core.access import ORGANISERS, require
from coalition.core.errors import DomainError
from coalition.core.profiles import account_sections
from members.actions import change_profile
from members.enums import CosponsorshipState
from members.forms import ProfileForm
from members.models import Affiliation, Cosponsorship
from members.views.acts import next_steps
from members.views.people import own_organisations
from members.views.versions import waiting_of_account

ACTS_THAT_WAIT = (
    CosponsorshipState.DRAFT,
    CosponsorshipState.AWAITING,
    CosponsorshipState.SUBMITTED,
    CosponsorshipState.TO_RENEW,
)


@require_http_methods(["GET", "HEAD", "POST"])
def account_overview(request: HttpRequest) -> HttpResponse:
    """Profile, organisations, what waits, security. A new language is used from the next page on."""
    account: Any = request.user
    require(account, "account.own")
    kept = {"name": account.name, "language": account.language, "time_zone": account.time_zone}
    form = ProfileForm(request.POST or None, initial=kept, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            change_profile(account=account, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            with translation.override(account.language):
                messages.success(request, _("Votre profil est enregistré."))
                return HttpResponseRedirect(reverse("account_overview"), status=303)
    return render(request, "members/account.html", {"form": form, **_overview(account)})


def _overview(account: Any) -> dict[str, Any]:
    affiliations = list(
        Affiliation.objects.active().filter(account=account).select_related("organisation").order_by("started_on", "pk")
    )
    mine = [affiliation.organisation_id for affiliation in affiliations]
    acts = list(
        Cosponsorship.objects.visible_to(account)
        .filter(organisation__in=mine, state__in=ACTS_THAT_WAIT)
        .select_related("organisation", "mandate_document")
    )
    for act in acts:
        act.next_step = next_steps(act)[0]
    team = account.is_superuser or ORGANISERS in account.group_names
    return {
        **own_organisations(account),
        "affiliations": affiliations,
        "acts": acts,
        "asked": waiting_of_account(account),
        "sections": account_sections(account),
        "needs_second_factor": team and not account.has_second_factor,
    }
