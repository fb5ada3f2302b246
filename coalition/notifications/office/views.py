"""The mail as organisers see it: how it is doing, what one address was sent, which addresses are stopped."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalition.core.access import require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.notifications.models import Delivery, Event, IncomingMail, StoppedAddress
from coalition.notifications.office.actions import retry_answer, retry_delivery, retry_event
from coalition.notifications.office.figures import (
    failed_answers,
    given_up_events,
    mail_figures,
    mail_rows,
    slow_domains,
    waited,
)
from coalition.notifications.office.forms import LiftForm, SearchForm, StopForm
from coalition.notifications.office.history import find_address, history_of, why_held
from coalition.notifications.stops.actions import lift_stop, stop_by_organiser

PER_PAGE = 50


def _crumbs(*pages: dict[str, str]) -> list[dict[str, str]]:
    home = {"label": _("Accueil"), "url": f"/{reader_language()}/"}
    return [home, {"label": _("Courrier du site"), "url": reverse("mail_office")}, *pages]


def _see_other(name: str, *args: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=args), status=303)


@never_cache
@require_safe
def mail_office(request: HttpRequest) -> HttpResponse:
    """How the mail is doing, and what was given up."""
    require(request.user, "delivery.list")
    now = timezone.now()
    figures = mail_figures(now)
    context = {
        "figures": figures,
        "oldest": waited(figures.oldest_seconds),
        "slow": slow_domains(now),
        "rows": mail_rows(Delivery.objects.failed().order_by("-pk")),
        "events": given_up_events(),
        "answers": failed_answers(),
        "form": SearchForm(),
        "crumbs": _crumbs(),
    }
    return render(request, "notifications/office.html", context)


@never_cache
@require_POST
def mail_search(request: HttpRequest) -> HttpResponse:
    """Whose mail: the page of the last one, or a word that there is none. Posted, so that no log holds the address."""
    require(request.user, "delivery.list")
    form = SearchForm(request.POST)
    address = find_address(form.cleaned_data["who"]) if form.is_valid() else ""
    last = Delivery.objects.filter(address=address).order_by("-pk").first() if address else None
    if last is not None:
        return _see_other("mail_history", last.pk)
    if form.is_valid() and not address:
        form.add_error("who", _("Aucun compte, ou plusieurs, portent ce nom : donnez l’adresse."))
    return _history(request, address, form)


@never_cache
@require_safe
def mail_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What the address of that mail was sent, without a word of it."""
    require(request.user, "delivery.list")
    delivery = get_object_or_404(Delivery, pk=pk)
    return _history(request, delivery.address, SearchForm())


def _history(request: HttpRequest, address: str, form: SearchForm) -> HttpResponse:
    found = history_of(address) if address else None
    context = {
        "history": found,
        "rows": [(row, why_held(row.delivery)) for row in found.rows] if found else [],
        "form": form,
        "crumbs": _crumbs({"label": _("Une personne"), "url": ""}),
    }
    return render(request, "notifications/office_history.html", context, status=422 if form.errors else 200)


RETRIES: dict[str, tuple[Any, Any, str]] = {
    "envoi": (Delivery, retry_delivery, "delivery"),
    "evenement": (Event, retry_event, "event"),
    "reponse": (IncomingMail, retry_answer, "mail"),
}


@never_cache
@require_POST
def mail_retry(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Try again a mail, an event or an answer that was given up."""
    require(request.user, "delivery.retry")
    if what not in RETRIES:
        raise Http404
    model, retry, name = RETRIES[what]
    found = get_object_or_404(model, pk=pk)
    try:
        retry(actor=request.user, now=timezone.now(), **{name: found})
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("C’est reparti : la suite se lit ici dans un instant."))
    if request.POST.get("from") == "history" and isinstance(found, Delivery):
        return _see_other("mail_history", found.pk)
    return _see_other("mail_office")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stops(request: HttpRequest) -> HttpResponse:
    """The addresses nothing is sent to, latest first, and a form to stop another."""
    require(request.user, "address.stop")
    form = StopForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            stop_by_organiser(actor=request.user, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(request, _("Cette adresse est arrêtée."))
            return _see_other("mail_stops")
    page = Paginator(StoppedAddress.objects.order_by("-since", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "crumbs": _crumbs({"label": _("Adresses arrêtées"), "url": ""})}
    return render(request, "notifications/office_stops.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to an address again, with a motive."""
    require(request.user, "address.stop")
    stop = get_object_or_404(StoppedAddress, pk=pk)
    form = LiftForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            lift_stop(actor=request.user, stop=stop, motive=form.cleaned_data["motive"], now=timezone.now())
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(request, _("Cette adresse reçoit de nouveau nos courriels."))
            return _see_other("mail_stops")
    stops = {"label": _("Adresses arrêtées"), "url": reverse("mail_stops")}
    crumbs = _crumbs(stops, {"label": _("Reprendre"), "url": ""})
    context = {"form": form, "stop": stop, "crumbs": crumbs}
    return render(request, "notifications/office_lift.html", context, status=422 if form.errors else 200)
