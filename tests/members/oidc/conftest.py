"""A real provider in a process of its own, and the walk through it."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from coalition.settings.openid import allauth_providers, form_targets, read_providers
from tests.identity.provider import IdentityProvider, identity_provider

LOGIN = "/fr/compte/oidc/agent-pass/login/"
CALLBACK = f"{LOGIN}callback/"
ENGLISH_LOGIN = "/en/account/oidc/agent-pass/login/"
ADDRESS = "awa.diop@ville.example"


@pytest.fixture(scope="session")
def running_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IdentityProvider]:
    returns = [f"http://testserver{CALLBACK}", f"http://testserver{ENGLISH_LOGIN}callback/"]
    with identity_provider(tmp_path_factory.mktemp("identity"), *returns) as provider:
        yield provider


@pytest.fixture
def declare(settings: Any, running_provider: IdentityProvider) -> Callable[..., None]:
    """Declare the provider as OIDC_PROVIDERS would, with other values for some fields."""

    def set_up(*others: dict[str, Any], **fields: Any) -> None:
        declared = read_providers(json.dumps([running_provider.declaration(**fields), *others]))
        settings.SOCIALACCOUNT_PROVIDERS = allauth_providers(declared)
        policy = settings.CONTENT_SECURITY_POLICY
        directives = {**policy["DIRECTIVES"], "form-action": ["'self'", *form_targets(declared)]}
        settings.CONTENT_SECURITY_POLICY = {**policy, "DIRECTIVES": directives}

    return set_up


@pytest.fixture
def identity(
    db: None, monkeypatch: pytest.MonkeyPatch, declare: Callable[..., None], running_provider: IdentityProvider
) -> IdentityProvider:
    """The provider, declared, with one person whose address it verified."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    declare()
    running_provider.say(email=ADDRESS, email_verified=True, name="Awa Diop")
    return running_provider


Sign = Callable[..., Any]


@pytest.fixture
def sign_in(client: Client, identity: IdentityProvider) -> Sign:
    """Press our button, accept (or not) over there, come back: our last answer, redirects not followed."""

    def walk(
        door: str = LOGIN, *, browser: Client = client, accept: bool = True, change: Any = None, **data: str
    ) -> Any:
        start = browser.post(door, data)
        assert start.status_code == 302, start.content.decode()
        address = start["Location"]
        back = urlsplit(identity.walk(change(address) if change else address, accept=accept))
        return browser.get(f"{back.path}?{back.query}")

    return walk
