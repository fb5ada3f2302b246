"""Views that belong to no app."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.http import require_safe

from coalition.core.gazetteer import name_key
from coalition.core.middleware import is_api, plain_refusal, too_large
from coalition.core.place_fields import KEEP, Answer, options_for, propose_places

A_DAY = 24 * 3600


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: say what to do; the browser's back button still holds what was typed."""
    sentence = _("Cette page était ouverte depuis trop longtemps. Revenez en arrière, rechargez-la, puis recommencez.")
    return render(request, "403.html", {"sentence": sentence, "reason": reason}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400: what Django itself cannot read, before any view runs (the form token is read from the body)."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return plain_refusal(request, 413, too_large())
    return plain_refusal(request, 400, _("La demande est illisible."))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: the page that says so, or a problem document under /api/."""
    if is_api(request):
        return plain_refusal(request, 404, _("Introuvable."))
    return defaults.page_not_found(request, exception)


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Towns for `?country=FR&city=ren`, as a piece of a form, while a person writes (htmx sends the field's own name).

    The same for everybody, from the gazetteer alone: no query, no session, kept for a day by browsers and proxies.
    """
    country, text = request.GET.get("country", "").upper(), request.GET.get("city", "")
    shown = {
        "options": options_for(propose_places(country, text), text),
        "kept_value": Answer(KEEP, name_key(text)),
    }
    answer = HttpResponse(render_to_string("components/places_found.html", shown))
    answer["Cache-Control"] = f"public, max-age={A_DAY}"
    answer["X-Robots-Tag"] = "noindex"
    return answer
