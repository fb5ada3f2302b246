"""The log of acts keeps who may enter how."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.signals import social_account_added, social_account_removed

from coalition.core.models import AuditLine

pytestmark = pytest.mark.django_db


def test_tying_and_untying_a_provider_are_logged_without_address_or_identifier(
    make_account: Callable[..., Any],
) -> None:
    account = make_account()
    tie = SocialAccount.objects.create(user=account, provider="proconnect", uid="77", extra_data={"email": "a@b.fr"})
    login = SocialLogin(user=account, account=tie)
    social_account_added.send(sender=SocialLogin, request=None, sociallogin=login)
    social_account_removed.send(sender=SocialAccount, request=None, socialaccount=tie)
    lines = AuditLine.objects.order_by("pk")
    assert [(line.action, line.actor, line.data) for line in lines] == [
        ("account.link_provider", account, {"provider": "proconnect"}),
        ("account.unlink_provider", account, {"provider": "proconnect"}),
    ]
