"""Stating a challenge: whose, then one form, written again as often as one likes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coalition.challenges.actions import EditConflict, create_challenge, edit_challenge
from coalition.challenges.forms import ChallengeForm
from coalition.challenges.models import Challenge, ChallengeWords
from coalition.challenges.querysets import written_for
from coalition.challenges.views.page import find_challenge, trail
from coalition.core.access import require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from members.models import Organisation

COMPARED = ("title", "problem", "concerned", "brings", "sought", "themes", "instrument", "notice_url", "city")


def show_refusal(form: Any, error: DomainError) -> None:
    """The sentence of an action, beside its question where the form has it."""
    form.add_error(error.field if error.field in form.fields else None, str(error.message))


@require_safe
def challenge_new(request: HttpRequest) -> HttpResponse:
    """Who may state a challenge, and how to become one of them; straight to the form where there is one choice."""
    mine = Organisation.objects.confirmed().filter(pk__in=written_for(request.user))
    own = list(mine.order_by("folded_name"))
    if len(own) == 1:
        return redirect("challenge_write", slug=own[0].slug)
    title = _("Poser un défi")
    return render(request, "challenges/challenge_new.html", {"own": own, "crumbs": trail((title, ""))})


@require_http_methods(["GET", "HEAD", "POST"])
def challenge_write(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a new challenge; sent, a draft."""
    organisation: Organisation = get_object_or_404(Organisation, slug=slug)
    require(request.user, "challenge.create", organisation)
    account: Any = request.user
    start = {
        "language": reader_language(),
        "country": organisation.country.code,
        "city": organisation.city,
        "geoname_id": organisation.geoname_id,
        "time_zone": account.time_zone,
        "instrument": "open",
    }
    form = ChallengeForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_challenge(actor=account, organisation=organisation, words=form.words(), now=timezone.now())
        except DomainError as error:
            show_refusal(form, error)
        else:
            return _after(request, made, _("Votre brouillon est enregistré."))
    context = {"form": form, "organisation": organisation, "crumbs": trail((_("Poser un défi"), ""))}
    return render(request, "challenges/challenge_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def challenge_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a challenge that is there; when somebody wrote it meanwhile, both texts."""
    challenge = find_challenge(request, slug)
    require(request.user, "challenge.edit", challenge)
    form = ChallengeForm(request.POST or None, initial=ChallengeForm.answers_of(challenge), held=challenge)
    theirs: Challenge | None = None
    if request.method == "POST" and form.is_valid():
        try:
            based_on = form.cleaned_data["based_on"] or 0
            kept = edit_challenge(
                actor=request.user, challenge=challenge, words=form.words(), based_on=based_on, now=timezone.now()
            )
        except EditConflict as conflict:
            theirs = conflict.theirs
        except DomainError as error:
            show_refusal(form, error)
        else:
            return _after(request, kept, _("C’est enregistré."))
    context = _form_context(form, challenge, theirs)
    status = 409 if theirs else 422 if form.is_bound else 200
    return render(request, "challenges/challenge_form.html", context, status=status)


def _form_context(form: ChallengeForm, challenge: Challenge, theirs: Challenge | None) -> dict[str, Any]:
    """After a conflict the form holds what was typed and starts from what is kept now."""
    context: dict[str, Any] = {
        "form": form,
        "challenge": challenge,
        "organisation": challenge.organisation,
        "crumbs": trail((challenge.title, challenge.get_absolute_url()), (_("Modifier"), "")),
    }
    if theirs is None:
        return context
    sent: Any = form.data
    data = sent.copy()
    data["based_on"] = str(theirs.version)
    mine = form.words()
    form.data = data
    return context | {"differences": differences(mine, theirs)}


def differences(mine: ChallengeWords, theirs: Challenge) -> list[dict[str, str]]:
    """Where the two texts differ, by question."""
    found = []
    for name in COMPARED:
        own, other = _shown(getattr(mine, name)), _shown(getattr(theirs, name))
        if own != other:
            found.append({"label": str(ChallengeForm.base_fields[name].label), "mine": own, "theirs": other})
    return found


def _shown(value: Any) -> str:
    words = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return words.replace("\r\n", "\n").strip()


def _after(request: HttpRequest, challenge: Challenge, told: str) -> HttpResponse:
    """Straight to the review where that was asked, else to the challenge."""
    if challenge.is_draft and request.POST.get("then") == "publish":
        target = reverse("challenge_publish", args=[challenge.slug])
    else:
        messages.success(request, told)
        target = challenge.get_absolute_url()
    return HttpResponseRedirect(target, status=303)
