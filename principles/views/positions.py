"""Positions of organisations on an amendment: taking one, and all that were taken."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coalition.core.access import require
from coalition.core.errors import DomainError
from principles.actions import require_readable, take_position
from principles.forms import PositionForm
from principles.models import Amendment, Position, PositionEntry
from principles.views.shared import amendment_crumbs, amendment_legs, amendment_or_404, place_words
from principles.views.standing import rule_words


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_position(request: HttpRequest, number: int) -> HttpResponse:
    """Take a position in the name of one's organisation, change it or confirm it."""
    found = amendment_or_404(request, number)
    require_readable(actor=request.user, action="amendment.take_position", amendment=found)
    form = PositionForm(request.POST if request.method == "POST" else None, account=request.user)
    own = _own(found, form)
    if own is not None and not form.is_bound:
        form.initial.update(organisation=str(own.organisation_id), choice=own.choice, reason=own.reason)
    if form.is_bound and form.is_valid():
        try:
            take_position(actor=request.user, amendment=found, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(
                request, _("La position de votre organisation est publique. Elle peut changer jusqu’à la décision.")
            )
            return redirect(found)
    context = {
        "amendment": found,
        "legs": amendment_legs(found),
        "place": place_words(found),
        "rule": rule_words(found.charter),
        "own": own,
        "is_older": own is not None and own.wording < found.reworded,
        "form": form,
        "crumbs": amendment_crumbs(found, _("Prendre position")),
    }
    return render(request, "principles/amendment_position.html", context)


def _own(found: Amendment, form: PositionForm) -> Position | None:
    """The latest position of the organisations the account speaks for."""
    voices = [one.pk for one in form.voices.values() if one is not None]
    own = Position.objects.filter(amendment=found, organisation__in=voices)
    return own.select_related("organisation").first()


@require_safe
def amendment_positions(request: HttpRequest, number: int) -> HttpResponse:
    """Every position ever taken on an amendment, latest first."""
    found = amendment_or_404(request, number)
    require(request.user, "amendment.view", found)
    entries = list(PositionEntry.objects.filter(amendment=found).select_related("organisation"))
    for one in entries:
        one.is_older = one.wording < found.reworded  # type: ignore[attr-defined]
    context = {"amendment": found, "entries": entries, "crumbs": amendment_crumbs(found, _("Positions"))}
    return render(request, "principles/amendment_positions.html", context)
