"""The responses an authority received: the list and its table."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coalition.challenges.enums import ResponseState
from coalition.challenges.models import Challenge
from coalition.challenges.views.page import challenge_words, excerpt, trail
from coalition.core.access import can, require
from coalition.core.languages import language_mark
from coalition.core.tables import csv_response

PAGE = 50
HEADER = (
    "organisation", "country", "state", "language", "offer", "needs", "contact_role", "may_be_named", "reason",
    "sent_at", "answered_at",
)  # fmt: skip


def _of_authority(request: HttpRequest, slug: str) -> Challenge:
    """The challenge for those who read its responses; for anybody else this address does not exist."""
    challenge: Challenge = get_object_or_404(Challenge.objects.select_related("organisation", "coalition"), slug=slug)
    require(request.user, "challenge.read_responses", challenge)
    return challenge


@never_cache
@require_safe
def challenge_responses(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for an answer first, then what was answered, then what was withdrawn."""
    challenge = _of_authority(request, slug)
    rows = challenge.responses.in_turn().select_related("organisation")
    page: Any = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for response in page.object_list:
        response.excerpt, response.text_lang = excerpt(response.offer), language_mark(response.language)
    context = {
        **challenge_words(challenge),
        "page": page,
        "waiting": challenge.responses.filter(state=ResponseState.SENT).count(),
        "may_close": bool(can(request.user, "challenge.close", challenge)),
        "crumbs": trail((challenge.title, challenge.get_absolute_url()), (_("Réponses reçues"), "")),
    }
    return render(request, "challenges/responses.html", context)


@never_cache
@require_safe
def challenge_responses_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The responses that stand, as a table, for the authority."""
    challenge = _of_authority(request, slug)
    rows = challenge.responses.live().in_turn().select_related("organisation")
    return csv_response(f"reponses-{challenge.slug}.csv", HEADER, (_line(response) for response in rows))


def _line(response: Any) -> list[Any]:
    moments = (response.sent_at, response.answered_at)
    return [
        response.organisation.name,
        response.organisation.country.code,
        response.state,
        response.language,
        response.offer,
        response.needs,
        response.contact_role,
        "1" if response.may_be_named else "0",
        response.reason,
        *(moment.isoformat(timespec="minutes") if moment else "" for moment in moments),
    ]
