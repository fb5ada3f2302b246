"""Views that belong to no app."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

from coalition.core.middleware import is_api, plain_refusal, too_large


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
