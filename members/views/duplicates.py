"""A new organisation is asked for once: « Est-ce celle-ci ? »; and the organisers' list of those that look alike."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalition.core.access import can, require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from members.actions import LogoChange, OrganisationExists, request_organisation, tell_apart
from members.actions.duplicates import Lookalike, find_lookalikes, probable_pairs
from members.actions.logos import with_logos
from members.actions.organisations import place_facts
from members.forms import OrganisationRequestForm
from members.merge import Keys, web_domain
from members.models import Organisation
from members.rules import role_in

PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Ask for an organisation to be added; those it looks like are shown before anything is made."""
    account: Any = request.user
    require(account, "organisation.request")
    form = OrganisationRequestForm(request.POST or None, request.FILES or None)
    shown: list[Lookalike] = []
    if request.method == "POST" and form.is_valid():
        lookalikes = find_lookalikes(
            keys=_keys(form.cleaned_data), among=Organisation.objects.not_refused().visible_to(account)
        )
        shown = _still_to_show(request, form, lookalikes)
        made, told = _answer(form, lookalikes, shown, account)
        if made is not None:
            messages.success(request, told)
            return HttpResponseRedirect(made.get_absolute_url(), status=303)
    context = {"form": form, "lookalikes": [(lookalike, _way_in(lookalike, account)) for lookalike in shown]}
    return render(request, "members/organisation_new.html", context)


def _still_to_show(request: HttpRequest, form: OrganisationRequestForm, lookalikes: list[Lookalike]) -> list[Lookalike]:
    """All of them, unless « Non, c’est une autre » was said of every one."""
    told = form.cleaned_data["told_apart"] if "other" in request.POST else set()
    found = [lookalike.organisation.pk for lookalike in lookalikes]
    if set(found) <= told:
        return []
    form.remember_shown(found)
    return lookalikes


def _answer(
    form: OrganisationRequestForm, lookalikes: list[Lookalike], shown: list[Lookalike], account: Any
) -> tuple[Organisation | None, str]:
    """The organisation this account asks for, made now or before, and what to say; None while the form is shown."""
    own = _own_request(lookalikes, form.cleaned_data["name"], account)
    if own is not None:
        return own, _("Votre demande est déjà enregistrée. La voici.")
    asked = None if shown else _ask(form, account, form.cleaned_data["told_apart"])
    return asked, _("Demande enregistrée. L’équipe d’organisation la lit et vous répond par courriel.")


def _keys(data: dict[str, Any]) -> Keys:
    """What the organisation asked for is compared with others by."""
    place = place_facts(country=data["country"], city=data["city"], geoname_id=data["geoname_id"])
    domain = web_domain(data["website"])
    return Keys(0, data["name"], data["country"], acronym=data["acronym"], domain=domain, **place)


def _own_request(lookalikes: list[Lookalike], name: str, account: Any) -> Organisation | None:
    """The very organisation, when this account acts for it already: the form was sent twice."""
    folded = Keys(0, name, "").folded
    found = (lookalike.organisation for lookalike in lookalikes if lookalike.organisation.folded_name == folded)
    return next((organisation for organisation in found if role_in(account, organisation)), None)


def _way_in(lookalike: Lookalike, account: Any) -> str:
    """Where this account joins the organisation; its page when it is inside already."""
    organisation = lookalike.organisation
    if role_in(account, organisation):
        return organisation.get_absolute_url()
    return reverse("join_request", args=[organisation.slug])


def _ask(form: OrganisationRequestForm, account: Any, told: set[int]) -> Organisation | None:
    """Make the request; None when the form comes back with the reason."""
    data = form.cleaned_data
    answers = {name: data[name] for name in ("name", "acronym", "kind", "country", "city", "geoname_id", "website")}
    logo = LogoChange(upload=form.logo_upload, alternative=data["logo_alternative"])
    try:
        return request_organisation(
            actor=account,
            now=timezone.now(),
            function=data["function"],
            logo=logo,
            told_apart=sorted(told),
            **answers,
            **{f"summary_{reader_language()}": data["summary"]},
        )
    except OrganisationExists as error:
        form.add_error(error.field, _exists(error, account))
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
    return None


def _exists(error: OrganisationExists, account: Any) -> str:
    """The refusal, with the way to the organisation when the reader may see it."""
    if not can(account, "organisation.view", error.organisation):
        return _("Une demande pour cette organisation est déjà en attente.")
    return format_html(
        '{} <a href="{}">{}</a>', error.message, error.organisation.get_absolute_url(), error.organisation.name
    )


@require_safe
def organisation_duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs of confirmed organisations that may be one, the most alike first; five queries at any number."""
    require(request.user, "organisation.find_duplicates")
    page = Paginator(probable_pairs(), PAGE).get_page(request.GET.get("page"))
    wanted = {pk for pair in page for pk in (pair.first, pair.second)}
    known = with_logos(Organisation.objects.all()).in_bulk(wanted)
    pairs = [
        {
            "first": known[pair.first],
            "second": known[pair.second],
            "reasons": Lookalike(known[pair.second], pair).reasons,
        }
        for pair in page
        if pair.first in known and pair.second in known
    ]
    context = {"page": page, "pairs": pairs, "count": page.paginator.count}
    return render(request, "members/organisation_duplicates.html", context)


@require_POST
def organisation_distinct(request: HttpRequest) -> HttpResponse:
    """« Ce ne sont pas les mêmes »: the pair is not proposed again."""
    require(request.user, "organisation.find_duplicates")
    one, other = (_named(request, name) for name in ("first", "second"))
    try:
        tell_apart(one=one, other=other, actor=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("C’est noté : cette paire ne sera plus proposée."))
    return HttpResponseRedirect(reverse("organisation_duplicates"), status=303)


def _named(request: HttpRequest, name: str) -> Organisation:
    """The organisation whose slug this field holds, else 404."""
    organisation: Organisation = get_object_or_404(Organisation.objects.confirmed(), slug=request.POST.get(name, ""))
    return organisation
