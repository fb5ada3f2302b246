"""OIDC_PROVIDERS: what is declared is read whole, and a mistake stops the start with a sentence."""

import json
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from coalition.settings.openid import allauth_providers, form_targets, read_providers

GOOD: dict[str, Any] = {
    "id": "proconnect",
    "name": "ProConnect",
    "server_url": "https://identity.example/api/v2/.well-known/openid-configuration",
    "client_id": "coalition",
    "secret": "s3cret",
}


def declared(**changes: Any) -> str:
    fields = {**GOOD, **changes}
    return json.dumps([{name: value for name, value in fields.items() if value is not ...}])


@pytest.mark.parametrize("raw", ["", "  ", "[]"])
def test_nothing_declared_is_no_provider(raw: str) -> None:
    assert read_providers(raw) == []
    assert allauth_providers([])["openid_connect"]["APPS"] == []


def test_a_provider_is_not_trusted_for_addresses_unless_said_so() -> None:
    (app,) = allauth_providers(read_providers(declared()))["openid_connect"]["APPS"]
    assert (app["provider_id"], app["name"]) == ("proconnect", "ProConnect")
    assert app["settings"]["verified_email"] is False
    assert app["settings"]["scope"] == ["openid", "email", "profile"]


def test_scopes_trust_and_further_origins_are_read() -> None:
    fields = {"trusted_email": True, "scopes": ["openid", "email", "usual_name"], "origins": ["https://login.example"]}
    providers = read_providers(declared(**fields))
    (app,) = allauth_providers(providers)["openid_connect"]["APPS"]
    assert app["settings"]["verified_email"] is True
    assert app["settings"]["scope"] == ["openid", "email", "usual_name"]
    assert form_targets(providers) == ["https://identity.example", "https://login.example"]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("{", "not JSON"),
        ("{}", "a JSON list"),
        ('["x"]', "an object with id"),
        (declared(name=...), '"name" is missing'),
        (declared(secret=""), '"secret" is missing'),
        (declared(client_id=7), '"client_id" is missing or is not a text'),
        (declared(id="Pro Connect"), '"id" holds small letters'),
        (declared(server_url="http://identity.example"), "https:// address"),
        (declared(server_url="https://identity.example/; script-src *"), "https:// address"),
        (declared(server_url="https://[x"), "https:// address"),
        (declared(trusted_email="yes"), "true or false"),
        (declared(trusted_mail=True), "unknown field trusted_mail"),
        (declared(scopes="openid"), '"scopes" is a list'),
        (declared(scopes=[]), '"scopes" is a list'),
        (declared(scopes=["email"]), "openid among them"),
        (declared(origins=["https://login.example/path"]), "without a path"),
        (declared(origins=["*"]), "without a path"),
        (json.dumps([GOOD, GOOD]), "the same id twice: proconnect"),
    ],
)
def test_a_mistake_is_named(raw: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^OIDC_PROVIDERS") as refusal:
        read_providers(raw)
    assert sentence in str(refusal.value)


def test_no_secret_is_repeated_in_a_refusal() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        read_providers(declared(id="?"))
    assert "s3cret" not in str(refusal.value)


def test_this_machine_may_be_a_provider_without_tls() -> None:
    assert form_targets(read_providers(declared(server_url="http://127.0.0.1:9000/realm"))) == ["http://127.0.0.1:9000"]
