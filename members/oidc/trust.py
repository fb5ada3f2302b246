"""Whom we let in on a provider's word: the rules of linking, matching and creating accounts."""

import logging
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.emailkit import valid_email_or_none
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from coalition.core.audit import record
from coalition.core.languages import reader_language
from members.models import User
from members.oidc.provider import Unproven

log = logging.getLogger(__name__)
PROVIDER = "openid_connect"


def declared() -> list[dict[str, Any]]:
    """The providers of the environment, in its order."""
    apps: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS[PROVIDER]["APPS"]
    return apps


def declared_ids() -> list[str]:
    """What their links and addresses name them by."""
    return [one["provider_id"] for one in declared()]


class TrustAdapter(DefaultSocialAccountAdapter):
    """allauth's journeys through a provider, under our rules. A provider's word gives an identity, never a role."""

    error_messages = {  # noqa: RUF012 - allauth's own name and shape
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": _("Il faut garder un moyen d’entrer : choisissez d’abord un mot de passe."),
        "no_verified_email": _("Il faut garder un moyen d’entrer : confirmez d’abord votre adresse électronique."),
    }

    def list_apps(self, request: Any, provider: str | None = None, client_id: str | None = None) -> list[SocialApp]:
        """From the environment alone, whatever the tables hold."""
        return [
            SocialApp(provider=PROVIDER, **one)
            for one in declared()
            if provider in (None, PROVIDER, one["provider_id"]) and client_id in (None, one["client_id"])
        ]

    def get_app(self, request: Any, provider: str, client_id: str | None = None) -> SocialApp:
        """A provider no longer declared keeps its id for a name, so that its links can still be seen and removed."""
        try:
            return super().get_app(request, provider, client_id)
        except SocialApp.DoesNotExist:
            return SocialApp(provider=PROVIDER, provider_id=provider, name=provider)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Name and address from the claims, language from the page."""
        account: User = sociallogin.user
        account.email = (valid_email_or_none(data.get("email")) or "").lower()
        account.name = " ".join(str(data.get("name") or "").replace("\x00", " ").split())[:150]
        account.language = reader_language()
        return account

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        return {"email": sociallogin.user.email, "name": sociallogin.user.name}

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The account of an address that both sides verified: the provider (or our trust in it), and we ourselves."""
        for address in sociallogin.email_addresses:
            if not address.verified:
                continue
            known = EmailAddress.objects.filter(email__iexact=address.email, user__email__iexact=address.email)
            if kept := known.filter(verified=True).select_related("user").first():
                return kept.user, kept.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """No token outlives the exchange; a suspended account stays out, before anything is linked to it."""
        sociallogin.token = None
        if sociallogin.is_existing and not sociallogin.user.is_active:
            raise ImmediateHttpResponse(get_account_adapter(request).respond_user_inactive(request, sociallogin.user))

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """A new account and its link, together or not at all."""
        with transaction.atomic():
            account: User = super().save_user(request, sociallogin, form)
            provider = sociallogin.account.provider
            record(actor=account, action="account.link_provider", obj=account, now=timezone.now(), provider=provider)
        return account

    def validate_disconnect(self, account: SocialAccount, accounts: Any) -> None:
        """One way in must remain; a link to a provider that is no longer declared is none."""
        others = accounts.exclude(pk=account.pk).filter(provider__in=declared_ids())
        if not (account.user.has_usable_password() or others.exists()):
            raise self.validation_error("no_password")

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Tell the page why (`reason`), and the log what happened; an answer may hold tokens and is not written."""
        if error == AuthError.CANCELLED:
            return
        reason = "refused"
        if isinstance(exception, RequestException):
            reason = "unreachable"
        elif exception is None and "state_id" in extra_context:
            reason = "expired"
        extra_context["reason"] = reason
        told = isinstance(exception, Unproven | RequestException)
        detail = f"{type(exception).__name__}: {exception}" if told else type(exception or error).__name__
        log.warning("sign-in through %s: %s, %s", provider.sub_id, reason, detail)
