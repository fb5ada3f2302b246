"""Somebody of a role at the doors of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from tests.world import World


class Visitor:
    """A browser of one role. `anon` has no session; `api_read` is a program: no session, no form token, wants JSON."""

    def __init__(self, world: World, role: str) -> None:
        self.world = world
        self.role = role
        self.is_program = role == "api_read"
        self.answers: dict[str, tuple[int, str, str]] = {}
        """What this visitor was told at addresses asked again and again; kept by whoever asks."""
        headers = {"accept": "application/json"} if self.is_program else {}
        self.client = Client(enforce_csrf_checks=self.is_program, raise_request_exception=False, headers=headers)
        if f"session {role}" in world.secrets:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = world.secrets[f"session {role}"]

    @property
    def side(self) -> str:
        """ "other" for the people of the other organisation, else "own"."""
        return "other" if self.role.endswith("_other") else "own"

    def get(self, address: str, data: dict[str, Any] | None = None, **options: Any) -> HttpResponse:
        """Read."""
        return self.client.get(address, data, **options)  # type: ignore[return-value]

    def post(self, address: str, data: dict[str, Any] | None = None) -> HttpResponse:
        """Act, as the button of a form does."""
        return self.client.post(address, data or {})  # type: ignore[return-value]

    def ask(self, method: str, address: str) -> HttpResponse:
        """Any method, with an empty JSON body when the method carries one."""
        if method in ("GET", "HEAD", "OPTIONS"):
            return self.client.generic(method, address)  # type: ignore[return-value]
        return self.client.generic(method, address, b"{}", content_type="application/json")  # type: ignore[return-value]
