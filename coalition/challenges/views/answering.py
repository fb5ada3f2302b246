"""One response: read by both sides, answered by the authority."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coalition.challenges.actions import EditConflict, answer_response
from coalition.challenges.enums import ResponseState
from coalition.challenges.forms import AnswerForm
from coalition.challenges.models import Response
from coalition.challenges.views.page import trail
from coalition.challenges.views.writing import show_refusal
from coalition.core.access import can, require
from coalition.core.errors import DomainError
from coalition.core.languages import language_mark
from coalition.core.markdown import to_html


def find_response(request: HttpRequest, pk: int) -> Response:
    """The response for those who may know of it, else 404."""
    response: Response = get_object_or_404(Response.objects.with_all(), pk=pk)
    require(request.user, "response.view", response)
    return response


def response_page(request: HttpRequest, response: Response, form: Any = None, status: int = 200) -> HttpResponse:
    """The page of a response, with what this reader may do there."""
    account, challenge = request.user, response.challenge
    may_answer = bool(can(account, "response.answer", response))
    may_read_list = bool(can(account, "challenge.read_responses", challenge))
    up = reverse("challenge_responses", args=[challenge.slug]) if may_read_list else challenge.get_absolute_url()
    visible = bool(can(account, "challenge.view", challenge))
    context = {
        "response": response,
        "challenge": challenge,
        "challenge_visible": visible,
        "text_lang": language_mark(response.language),
        "offer": to_html(response.offer),
        "needs": to_html(response.needs),
        "reason": to_html(response.reason),
        "form": form or (AnswerForm(initial={"based_on": response.version}) if may_answer else None),
        "may_answer": may_answer,
        "may_read_list": may_read_list,
        "may_edit": bool(can(account, "response.edit", response)) and not challenge.is_past(timezone.now()),
        "may_withdraw": bool(can(account, "response.withdraw", response)),
        "may_name": bool(can(account, "response.name", response)),
        "crumbs": trail((challenge.title, up), (_("Réponse"), "")),
    }
    return render(request, "challenges/response.html", context, status=status)


@never_cache
@require_safe
def challenge_response(request: HttpRequest, pk: int) -> HttpResponse:
    """What was offered, where it stands, what may be done."""
    return response_page(request, find_response(request, pk))


@never_cache
@require_POST
def challenge_response_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The authority retains or declines; what is wrong comes back with the page and what was typed."""
    response = find_response(request, pk)
    require(request.user, "response.answer", response)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return response_page(request, response, form, status=422)
    said = form.cleaned_data
    try:
        answered = answer_response(
            actor=request.user,
            response=response,
            retained=said["decision"] == ResponseState.RETAINED,
            reason=said["reason"],
            based_on=said["based_on"],
            now=timezone.now(),
        )
    except EditConflict:
        return _changed_meanwhile(request, pk)
    except DomainError as error:
        show_refusal(form, error)
        return response_page(request, response, form, status=422)
    messages.success(request, _("Votre décision est partie par courriel à l’organisation qui a répondu."))
    return HttpResponseRedirect(reverse("challenge_responses", args=[answered.challenge.slug]), status=303)


def _changed_meanwhile(request: HttpRequest, pk: int) -> HttpResponse:
    """The newer words, and the decision as it was typed, to be sent once more."""
    response = find_response(request, pk)
    data: Any = request.POST.copy()
    data["based_on"] = str(response.version)
    form = AnswerForm(data)
    form.add_error(None, _("Cette réponse a été récrite pendant que vous la lisiez : relisez-la, puis décidez."))
    return response_page(request, response, form, status=409)
