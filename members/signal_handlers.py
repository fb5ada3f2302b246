"""allauth says when an account and a provider are tied or untied; the log of acts keeps it."""

from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.utils import timezone

from coalition.core.audit import record


def log_link(sender: Any, sociallogin: SocialLogin, **kwargs: Any) -> None:
    """An existing account may now be entered through this provider."""
    account, provider = sociallogin.user, sociallogin.account.provider
    record(actor=account, action="account.link_provider", obj=account, now=timezone.now(), provider=provider)


def log_unlink(sender: Any, socialaccount: SocialAccount, **kwargs: Any) -> None:
    """An account may no longer be entered through this provider."""
    account, provider = socialaccount.user, socialaccount.provider
    record(actor=account, action="account.unlink_provider", obj=account, now=timezone.now(), provider=provider)


def connect() -> None:
    """Called once, when the app is ready."""
    social_account_added.connect(log_link, dispatch_uid="members.log_link")
    social_account_removed.connect(log_unlink, dispatch_uid="members.log_unlink")
