"""Reads OIDC_PROVIDERS: the OpenID Connect providers people may sign in through. A mistake stops the start."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SCOPES = ("openid", "email", "profile")


@dataclass(frozen=True)
class Provider:
    """One provider as declared: `id` stands in our addresses, `name` on the buttons."""

    id: str
    name: str
    server_url: str
    client_id: str
    secret: str
    trusted_email: bool = False
    scopes: tuple[str, ...] = SCOPES
    origins: tuple[str, ...] = ()

    @property
    def all_origins(self) -> list[str]:
        """Where a sign-in may lead a browser: the provider's own origin first."""
        address = urlsplit(self.server_url)
        return [f"{address.scheme}://{address.netloc}", *self.origins]


def _refuse(place: str, fault: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"OIDC_PROVIDERS{place}: {fault}")


def _is_address(text: object) -> bool:
    """https, or http on this machine; nothing that could end a directive of the content policy."""
    if not isinstance(text, str) or re.search(r"[\s;,'\"@]", text):
        return False
    try:
        address = urlsplit(text)
        host = address.hostname
    except ValueError:
        return False
    return bool(host) and (address.scheme == "https" or (address.scheme == "http" and host in LOOPBACK))


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one for one in value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", value))


def _are_origins(value: object) -> bool:
    return _are_texts(value) and all(_is_address(one) and not urlsplit(one).path for one in value)  # type: ignore[attr-defined]


RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "id": (_is_id, "holds small letters, digits and hyphens (40 at most)"),
    "name": (_is_text, "is missing or is not a text"),
    "server_url": (_is_address, "is an https:// address"),
    "client_id": (_is_text, "is missing or is not a text"),
    "secret": (_is_text, "is missing or is not a text"),
    "trusted_email": (lambda value: isinstance(value, bool), "is true or false"),
    "scopes": (lambda value: _are_texts(value) and "openid" in value, "is a list of texts, openid among them"),
    "origins": (_are_origins, "is a list of https:// addresses without a path"),
}
NEEDED = ("id", "name", "server_url", "client_id", "secret")


def _provider(declared: Any, place: str) -> Provider:
    if not isinstance(declared, dict):
        raise _refuse(place, "an object with " + ", ".join(NEEDED))
    if unknown := sorted(set(declared) - set(RULES)):
        raise _refuse(place, f"unknown field {', '.join(unknown)}")
    for field, (fits, sentence) in RULES.items():
        if (field in declared or field in NEEDED) and not fits(declared.get(field)):
            raise _refuse(place, f'"{field}" {sentence}')
    lists = {field: tuple(declared[field]) for field in ("scopes", "origins") if field in declared}
    return Provider(**{**declared, **lists})


def read_providers(raw: str) -> list[Provider]:
    """The declared providers, none for an empty text; ImproperlyConfigured says which one is wrong, and how."""
    if not raw.strip():
        return []
    try:
        declared = json.loads(raw)
    except ValueError as error:
        raise _refuse("", f"not JSON ({error})") from error
    if not isinstance(declared, list):
        raise _refuse("", "a JSON list, one object per provider")
    found = [_provider(one, f"[{number}]") for number, one in enumerate(declared)]
    ids = [one.id for one in found]
    if repeated := sorted({one for one in ids if ids.count(one) > 1}):
        raise _refuse("", f"the same id twice: {', '.join(repeated)}")
    return found


def allauth_providers(providers: list[Provider]) -> dict[str, dict[str, Any]]:
    """The same, as allauth's SOCIALACCOUNT_PROVIDERS."""
    apps = [
        {
            "provider_id": one.id,
            "name": one.name,
            "client_id": one.client_id,
            "secret": one.secret,
            "settings": {
                "server_url": one.server_url,
                "verified_email": one.trusted_email,
                "scope": list(one.scopes),
            },
        }
        for one in providers
    ]
    return {
        "openid_connect": {
            "provider_class": "members.oidc.provider.CheckedProvider",
            "OAUTH_PKCE_ENABLED": True,
            "APPS": apps,
        }
    }


def form_targets(providers: list[Provider]) -> list[str]:
    """The origins the content policy lets the sign-in form lead to, each once."""
    return list(dict.fromkeys(origin for one in providers for origin in one.all_origins))
