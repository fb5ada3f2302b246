"""Hiding the words of an amendment, and showing them again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coalition.core.access import require
from coalition.core.errors import DomainError
from principles.actions import hide_amendment, restore_amendment
from principles.forms import HidingForm
from principles.views.shared import amendment_crumbs, amendment_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_hide(request: HttpRequest, number: int) -> HttpResponse:
    """Hide an amendment's words: GET asks for the reason, POST acts."""
    found = amendment_or_404(request, number)
    require(request.user, "amendment.hide", found)
    form = HidingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            hide_amendment(actor=request.user, amendment=found, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Le texte de l’amendement est masqué ; chacun en lit la raison."))
            return redirect(found)
    context = {"amendment": found, "form": form, "crumbs": amendment_crumbs(found, _("Masquer"))}
    return render(request, "principles/amendment_hide.html", context)


@require_POST
def amendment_restore(request: HttpRequest, number: int) -> HttpResponse:
    """Show a hidden amendment again."""
    found = amendment_or_404(request, number)
    restore_amendment(actor=request.user, amendment=found, now=timezone.now())
    messages.success(request, _("L’amendement est de nouveau lisible."))
    return redirect(found)
