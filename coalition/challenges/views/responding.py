"""Answering a challenge in the name of an organisation: writing, reading all again, sending; and what comes after."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coalition.challenges.actions import (
    DeadlinePassed,
    EditConflict,
    edit_response,
    name_response,
    send_response,
    withdraw_response,
)
from coalition.challenges.forms import ResponseForm
from coalition.challenges.models import Challenge, Response
from coalition.challenges.querysets import written_for
from coalition.challenges.views.answering import find_response
from coalition.challenges.views.page import challenge_words, find_challenge, trail
from coalition.challenges.views.writing import show_refusal
from coalition.core.access import Verdict, can, require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.core.markdown import to_html
from members.models import Organisation

METHODS = ["GET", "HEAD", "POST"]


def _speaking(account: Any, challenge: Challenge) -> Any:
    """The confirmed organisations the account may answer for: not the authority, none that has answered."""
    answered = challenge.responses.live().values("organisation")
    mine = Organisation.objects.confirmed().filter(pk__in=written_for(account)).exclude(pk=challenge.organisation_id)
    return mine.exclude(pk__in=answered).order_by("folded_name")


@never_cache
@require_http_methods(METHODS)
def challenge_answer(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, then all of it once more, then sent. What comes too late is shown back, and not lost."""
    challenge = find_challenge(request, slug)
    organisations = _speaking(request.user, challenge)
    if request.method == "POST" and can(request.user, "response.send", challenge) is Verdict.CONFLICT:
        return _concluded_meanwhile(request, challenge, ResponseForm(request.POST, organisations=organisations))
    require(request.user, "response.send", challenge)
    late = challenge.is_past(timezone.now())
    if request.method == "POST":
        return _stepped(request, challenge, organisations, late)
    start = {"language": reader_language(), "organisation": organisations.first()}
    form = ResponseForm(initial=start, organisations=organisations)
    return _form_page(request, challenge, form, late=late, nobody=not organisations.exists())


def _stepped(request: HttpRequest, challenge: Challenge, organisations: Any, late: bool) -> HttpResponse:
    """The page the button leads to: the review, sent, or the form again; too late, the action says so."""
    step = request.POST.get("step", "")
    form = ResponseForm(request.POST, organisations=organisations)
    if step == "edit" and not late:
        said = ResponseForm(initial=request.POST.dict(), organisations=organisations)
        return _form_page(request, challenge, said, late=late)
    if not form.is_valid():
        return _form_page(request, challenge, form, late=late)
    if step == "send" or late:
        return _sent(request, challenge, form)
    return _review(request, challenge, form)


def _concluded_meanwhile(request: HttpRequest, challenge: Challenge, form: ResponseForm) -> HttpResponse:
    """The challenge ended while somebody was writing: what they wrote is shown back."""
    form.add_error(None, _("Ce défi ne prend plus de réponses. Votre texte n’a pas été envoyé : gardez-en une copie."))
    return _form_page(request, challenge, form, late=True, status=409)


def _form_page(request: HttpRequest, challenge: Challenge, form: Any, **more: Any) -> HttpResponse:
    title = _("Répondre")
    context = {
        **challenge_words(challenge),
        "form": form,
        "crumbs": trail((challenge.title, challenge.get_absolute_url()), (title, "")),
        **more,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "challenges/response_form.html", context, status=more.get("status") or status)


def _review(request: HttpRequest, challenge: Challenge, form: ResponseForm) -> HttpResponse:
    words = form.words()
    context = {
        **challenge_words(challenge),
        "words": words,
        "organisation": form.cleaned_data["organisation"],
        "offer": to_html(words.offer),
        "needs": to_html(words.needs),
        "hidden": form.hidden(),
        "crumbs": trail((challenge.title, challenge.get_absolute_url()), (_("Relire"), "")),
    }
    return render(request, "challenges/response_review.html", context)


def _sent(request: HttpRequest, challenge: Challenge, form: ResponseForm) -> HttpResponse:
    organisation = form.cleaned_data["organisation"]
    now = timezone.now()
    try:
        response = send_response(
            actor=request.user, challenge=challenge, organisation=organisation, words=form.words(), now=now
        )
    except DomainError as error:
        show_refusal(form, error)
        return _form_page(request, challenge, form, late=isinstance(error, DeadlinePassed))
    told = _("Votre réponse est partie. L’équipe du défi la lit, et vous répond ici et par courriel.")
    messages.success(request, told)
    return HttpResponseRedirect(response.get_absolute_url(), status=303)


@never_cache
@require_http_methods(METHODS)
def challenge_response_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Writing it again before the deadline; when a colleague did meanwhile, both texts."""
    response = find_response(request, pk)
    require(request.user, "response.edit", response)
    form = ResponseForm(request.POST or None, initial=ResponseForm.answers_of(response))
    more: dict[str, Any] = {"response": response, "late": response.challenge.is_past(timezone.now())}
    if request.method == "POST" and form.is_valid():
        try:
            based_on = form.cleaned_data["based_on"] or 0
            kept = edit_response(
                actor=request.user, response=response, words=form.words(), based_on=based_on, now=timezone.now()
            )
        except EditConflict as conflict:
            more |= _both(form, conflict.theirs)
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Votre réponse est à jour. L’équipe du défi lit le nouveau texte."))
            return HttpResponseRedirect(kept.get_absolute_url(), status=303)
    return _form_page(request, response.challenge, form, **more)


def _both(form: ResponseForm, theirs: Response) -> dict[str, Any]:
    """What a colleague kept beside what was typed; sending again replaces theirs."""
    mine = form.words()
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["based_on"] = str(theirs.version)
    form.data = data
    pairs = ((name, getattr(mine, name), getattr(theirs, name)) for name in ("offer", "needs", "contact_role"))
    label = {name: str(field.label) for name, field in form.fields.items()}
    found = [{"label": label[name], "mine": own, "theirs": other} for name, own, other in pairs if own != other]
    return {"differences": found, "status": 409}


@never_cache
@require_POST
def challenge_response_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Agreeing to be named, or not any more."""
    response = find_response(request, pk)
    agreed = request.POST.get("may_be_named") == "yes"
    name_response(actor=request.user, response=response, may_be_named=agreed, now=timezone.now())
    told = _("Votre organisation pourra être nommée.") if agreed else _("Votre organisation ne sera pas nommée.")
    messages.success(request, told)
    return HttpResponseRedirect(response.get_absolute_url(), status=303)


@never_cache
@require_http_methods(METHODS)
def challenge_response_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """What withdrawing does; then withdrawn."""
    response = find_response(request, pk)
    require(request.user, "response.withdraw", response)
    if request.method == "POST":
        gone = withdraw_response(actor=request.user, response=response, now=timezone.now())
        messages.success(request, _("Votre réponse est retirée. L’équipe du défi est avertie."))
        return HttpResponseRedirect(gone.get_absolute_url(), status=303)
    context = {
        "response": response,
        "challenge": response.challenge,
        "crumbs": trail((response.challenge.title, response.get_absolute_url()), (_("Retirer"), "")),
    }
    return render(request, "challenges/response_withdraw.html", context)
