"""The two doors of a sign-in through a provider. Whatever the provider answers, or does not, leads to a page."""

from typing import Any

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods
from requests import RequestException

from members.oidc.provider import CheckedClient
from members.oidc.trust import declared_ids

# a provider that is down, that answers something else than OpenID Connect, or a double click that came first
FAULTS = (
    RequestException,
    OAuth2Error,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ImproperlyConfigured,
    IntegrityError,
)


@require_http_methods(["GET", "POST"])
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """A page with a button, then the way to the provider."""
    return _step(request, provider_id, OAuth2LoginView)


@require_http_methods(["GET"])
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    return _step(request, provider_id, OAuth2CallbackView)


def _step(request: HttpRequest, provider_id: str, view: Any) -> HttpResponse:
    if provider_id not in declared_ids():
        raise Http404
    client = CheckedClient(request, provider_id)
    try:
        answer: HttpResponse = view.adapter_view(client)(request)
    except FAULTS as fault:
        answer = render_authentication_error(request, client.get_provider(), exception=fault)
    return answer
