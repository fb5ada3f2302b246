"""Writing an amendment together, and asking for its examination."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coalition.core.access import can, require
from coalition.core.errors import DomainError
from principles.actions import answer_coauthor, endorse_amendment, invite_coauthor, require_readable
from principles.enums import AmendmentState
from principles.forms import CoAuthorForm, EndorseForm
from principles.models import Amendment, CoAuthor
from principles.views.shared import (
    amendment_crumbs,
    amendment_legs,
    amendment_or_404,
    article_label,
    charter_crumb,
    crumbs,
    place_words,
)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_coauthors(request: HttpRequest, pk: int) -> HttpResponse:
    """Who writes a draft: its author invites, those invited read it and answer."""
    found: Amendment = get_object_or_404(Amendment.objects.visible_to(request.user).distinct().whole(), pk=pk)
    require(request.user, "amendment.view", found)
    if found.state != AmendmentState.DRAFT and request.method != "POST":
        return redirect(found)
    form = CoAuthorForm(request.POST or None, amendment=found)
    if request.method == "POST":
        require(request.user, "amendment.invite", found)
        if form.is_valid():
            try:
                invite_coauthor(actor=request.user, amendment=found, now=timezone.now(), **form.cleaned_data)
            except DomainError as error:
                form.refuse(error)
            else:
                messages.success(request, _("L’invitation est partie. Vous serez prévenu de la réponse."))
                return redirect("amendment_coauthors", pk=pk)
    together = list(found.coauthors.select_related("organisation", "account"))
    context = {
        "amendment": found,
        "article_label": article_label(found.base_article),
        "legs": amendment_legs(found),
        "place": place_words(found),
        "together": together,
        "answerable": [one for one in together if can(request.user, "amendment.join", one)],
        "may_invite": bool(can(request.user, "amendment.invite", found)),
        "may_edit": bool(can(request.user, "amendment.edit", found)),
        "form": form,
        "crumbs": crumbs(charter_crumb(), last=_("Écrire ensemble")),
    }
    return render(request, "principles/amendment_coauthors.html", context)


@require_POST
def amendment_coauthor_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline an invitation."""
    invited = CoAuthor.objects.select_related("amendment", "organisation")
    readable = Amendment.objects.visible_to(request.user).values("pk")
    found: CoAuthor = get_object_or_404(invited.filter(amendment__in=readable), pk=pk)
    accepts = request.POST.get("answer") == "accept"
    answer_coauthor(actor=request.user, invitation=found, accepts=accepts, now=timezone.now())
    if not accepts:
        messages.success(
            request, _("L’invitation est déclinée. Le brouillon n’est plus visible pour votre organisation.")
        )
        return redirect("amendment_list")
    messages.success(request, _("Vous écrivez maintenant cet amendement avec son auteur."))
    return redirect("amendment_draft", pk=found.amendment_id)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_endorse(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the examination of an amendment in the name of one's organisation."""
    found = amendment_or_404(request, number)
    require_readable(actor=request.user, action="amendment.endorse", amendment=found)
    form = EndorseForm(request.POST if request.method == "POST" else None, account=request.user)
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data["organisation"]
        try:
            after = endorse_amendment(
                actor=request.user, amendment=found, organisation=organisation, now=timezone.now()
            )
        except DomainError as error:
            form.refuse(error)
        else:
            opened = after.state == AmendmentState.OPEN
            said = _("Votre soutien ouvre l’examen.") if opened else _("Votre soutien est compté.")
            messages.success(request, said)
            return redirect(found)
    context = {"amendment": found, "form": form, "crumbs": amendment_crumbs(found, _("Soutenir"))}
    return render(request, "principles/amendment_endorse.html", context)
