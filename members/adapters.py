"""Where allauth, the request cycle and the API meet our accounts."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.sites.requests import RequestSite
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.throttling import SimpleRateThrottle

from coalition.core.access import LoginNeeded, Refused, Verdict, can, is_signed_in
from coalition.core.devices import device_of, is_known_device, remember_device
from coalition.core.languages import reader_language
from coalition.core.middleware import refusal_page
from coalition.notifications.notifications import ACCOUNT_MAIL
from coalition.notifications.rendering import inliner
from members.actions.security import TOLD, note_first_device, tell_of_security
from members.actions.tokens import recognise_token

AUDIT = "/admin/journal/"


class AccountAdapter(DefaultAccountAdapter):
    """allauth's journeys, with our accounts' language and landing page."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_overview")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Home, in the language of the page."""
        return f"/{reader_language()}/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_overview")

    def format_email_subject(self, subject: str) -> str:
        """The subject alone: the sender already names the site."""
        return subject

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """The end of every way in: tell the owner when this browser never opened the account, and mark it."""
        response = super().post_login(request, user, **kwargs)
        now = timezone.now()
        is_first = note_first_device(account=user, now=now)
        if not is_first and not is_known_device(request, user):
            tell_of_security(account=user, kind="security.new_login", device=device_of(request), now=now)
        remember_device(request, response, user)
        return response

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """What happens to the keys of an account is told as a kind of ours, in its language, by the outbox."""
        if template_prefix not in TOLD:
            super().send_notification_mail(template_prefix, user, context, email)
            return
        kind, facts = TOLD[template_prefix]
        given = dict(facts)
        if context and "provider" in context:
            given["provider"] = str(context["provider"].name)
        if email:
            given["address"] = email
        device = device_of(self.request) if self.request is not None else ""
        tell_of_security(account=user, kind=kind, device=device, now=timezone.now(), **given)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> Any:
        """The mail in the language of the page it was asked from: our words as text, and the same words as HTML.

        It leaves by the outbox, like any other (`EMAIL_BACKEND`).
        """
        message: Any = super().render_mail(template_prefix, email, context, headers)
        html = render_to_string(
            "account/email/body.html",
            {
                "title": message.subject,
                "text": message.body,
                "language": reader_language(),
                "site_name": settings.WAGTAIL_SITE_NAME,
                "base_url": settings.BASE_URL,
                "reason": ACCOUNT_MAIL.reason,
            },
        )
        if hasattr(message, "attach_alternative"):
            message.attach_alternative(inliner.inline(html), "text/html")
        return message


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names what the authenticator application shows."""

    def get_totp_label(self, user: Any) -> str:
        return str(user.email)


class AccountPagesMiddleware:
    """allauth calls its host `site` and a tie to a provider `account` in some pages; our frame means others by both."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """Leave `site` and `account` to the context processor; the tie is called `link`."""
        given = response.context_data or {}
        if isinstance(given.get("site"), RequestSite):
            del given["site"]
        if hasattr(given.get("account"), "get_provider"):
            given["link"] = given.pop("account")
        return response


class AdminDoorMiddleware:
    """Nobody reaches /admin/ but through the one door, with a second factor: organisers, and editors they let in.

    The latter reach the cases they write, and nothing else. The admin has its own CSP.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response["Content-Security-Policy"] = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """The refusal's page before the view runs, or None to let it run."""
        if not request.path_info.startswith("/admin/") or request.path_info == "/admin/login/":
            return None
        if request.path_info.startswith(AUDIT) and not can(request.user, "audit.read"):
            raise Http404  # the log of acts does not even exist for others
        verdict = can(request.user, "admin.enter")
        if verdict or can(request.user, "admin.edit_case", request.resolver_match):
            return None
        if verdict is Verdict.LOGIN:
            return refusal_page(request, LoginNeeded())
        return refusal_page(
            request,
            Refused(
                _(
                    "L’administration demande d’être de l’équipe d’organisation "
                    "et d’avoir activé la double authentification."
                )
            ),
        )


class OrganisationTokens(BaseAuthentication):
    """`Authorization: Bearer …` with the token of an organisation; the person behind it acts, within its limits."""

    def authenticate(self, request: Any) -> tuple[Any, Any] | None:
        """(account, token); None without such a header; 401 for a token that does not work."""
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            request._request.browser = request._request.user  # whose session this is; the framework forgets it
            return None
        token = recognise_token(secret=secret.strip(), now=timezone.now())
        if token is None:
            raise AuthenticationFailed(_("Ce jeton ne sert pas : il est inconnu, retiré ou périmé."))
        return token.person(), token

    def authenticate_header(self, request: Any) -> str:
        """What a 401 asks for."""
        return 'Bearer realm="api"'


class OrganisationTokensScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """The same in the words of OpenAPI."""

    target_class = OrganisationTokens
    name = "organisationToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A bearer token, made on the page of the organisation."""
        return {"type": "http", "scheme": "bearer", "description": "A token made on the page of an organisation."}


class HoldsToken(BasePermission):
    """Only a token opens; the session of a browser does not."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """401 without token, 403 for somebody who is signed in and has none with them."""
        if request.auth is not None:
            return True
        if is_signed_in(getattr(request._request, "browser", None)):
            raise PermissionDenied(_("Cette adresse demande le jeton d’une organisation."))
        raise NotAuthenticated(_("Cette adresse demande le jeton d’une organisation."))


class TokenThrottle(SimpleRateThrottle):
    """How often one token may ask."""

    rate = "120/min"
    scope = "organisation_token"

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        """Counted by token."""
        return f"throttle-token-{request.auth.pk}" if request.auth is not None else None
