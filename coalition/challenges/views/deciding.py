"""What becomes of a challenge: public, concluded, open again, taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coalition.challenges.actions import close_challenge, publish_challenge, reopen_challenge, withdraw_challenge
from coalition.challenges.forms import OutcomeForm, ReasonForm, ReopenForm, deadline_answers
from coalition.challenges.models import Challenge
from coalition.challenges.views.page import challenge_words, find_challenge, trail
from coalition.challenges.views.writing import show_refusal
from coalition.core.access import WrongState, require
from coalition.core.errors import DomainError

METHODS = ["GET", "HEAD", "POST"]


def _done(request: HttpRequest, challenge: Challenge, told: str) -> HttpResponse:
    messages.success(request, told)
    return HttpResponseRedirect(challenge.get_absolute_url(), status=303)


def _page(request: HttpRequest, challenge: Challenge, template: str, title: str, form: Any) -> HttpResponse:
    context = {
        **challenge_words(challenge),
        "form": form,
        "crumbs": trail((challenge.title, challenge.get_absolute_url()), (title, "")),
    }
    return render(request, template, context, status=422 if form is not None and form.is_bound else 200)


def _asked(
    request: HttpRequest, challenge: Challenge, form: Any, act: Callable[[Any], Challenge], told: str
) -> HttpResponse | None:
    """What the act answers to a form that was sent and is whole; None where the page is to be shown (again)."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return _done(request, act(form), told)
    except DomainError as error:
        show_refusal(form, error)
        return None


@require_http_methods(METHODS)
def challenge_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """All of it once more, as everybody will read it; then public at once."""
    challenge = find_challenge(request, slug)
    require(request.user, "challenge.publish", challenge)
    refusal = ""
    if request.method == "POST":
        try:
            kept = publish_challenge(actor=request.user, challenge=challenge, now=timezone.now())
        except DomainError as error:
            refusal = str(error.message)
        else:
            return _done(request, kept, _("Votre défi est public. Ceux qui suivent votre organisation sont avertis."))
    context = {
        **challenge_words(challenge),
        "refusal": refusal,
        "edit_url": reverse("challenge_edit", args=[slug]),
        "crumbs": trail((challenge.title, challenge.get_absolute_url()), (_("Publier"), "")),
    }
    return render(request, "challenges/challenge_publish.html", context, status=422 if refusal else 200)


@require_http_methods(METHODS)
def challenge_close(request: HttpRequest, slug: str) -> HttpResponse:
    """What was decided; then nothing moves any more."""
    challenge = find_challenge(request, slug)
    require(request.user, "challenge.close", challenge)
    form = OutcomeForm(request.POST or None)

    def act(form: Any) -> Challenge:
        outcome = form.cleaned_data["outcome"]
        return close_challenge(actor=request.user, challenge=challenge, outcome=outcome, now=timezone.now())

    told = _("Le défi est conclu. Ceux qui ont répondu et ceux qui le suivent sont avertis.")
    answer = _asked(request, challenge, form, act, told)
    return answer or _page(request, challenge, "challenges/challenge_close.html", _("Conclure"), form)


@require_http_methods(METHODS)
def challenge_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """More time, once the deadline is past."""
    challenge = find_challenge(request, slug)
    require(request.user, "challenge.reopen", challenge)
    if not challenge.is_past(timezone.now()):
        raise WrongState
    start = {"time_zone": deadline_answers(challenge)["time_zone"]}
    form = ReopenForm(request.POST or None, initial=start)

    def act(form: Any) -> Challenge:
        closes_at = form.closes_at
        return reopen_challenge(actor=request.user, challenge=challenge, closes_at=closes_at, now=timezone.now())

    answer = _asked(request, challenge, form, act, _("Le défi est ouvert de nouveau."))
    return answer or _page(request, challenge, "challenges/challenge_reopen.html", _("Rouvrir"), form)


@require_http_methods(METHODS)
def challenge_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """An organiser takes it back to a draft, with a motive."""
    challenge = find_challenge(request, slug)
    require(request.user, "challenge.withdraw", challenge)
    form = ReasonForm(request.POST or None)

    def act(form: Any) -> Challenge:
        motive = form.cleaned_data["reason"]
        return withdraw_challenge(actor=request.user, challenge=challenge, motive=motive, now=timezone.now())

    answer = _asked(request, challenge, form, act, _("Le défi est retiré. Ceux qui l’ont écrit sont avertis."))
    return answer or _page(request, challenge, "challenges/challenge_withdraw.html", _("Retirer"), form)
