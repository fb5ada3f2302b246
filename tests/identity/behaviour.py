"""What the provider says, as the test wrote it in `story.json`, and the ways it may misbehave."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
from allauth.core.internal.jwkkit import load_jwk_from_pem
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.http import HttpRequest, HttpResponse


def story() -> dict[str, Any]:
    """`claims` of the one person, and `fault`: which lie to tell, if any."""
    told: dict[str, Any] = json.loads((Path(settings.STATE) / "story.json").read_text())
    return told


class ToldClaims(DefaultOIDCAdapter):
    """The claims of the story, for the ID token and the user information alike."""

    def get_claims(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {"sub": super().get_claims(*args, **kwargs)["sub"], **story()["claims"]}


def _signed(claims: dict[str, Any], *, own_key: bool = True, algorithm: str = "RS256") -> str:
    jwk, key = load_jwk_from_pem(settings.IDP_OIDC_PRIVATE_KEY)
    if not own_key:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    if algorithm == "HS256":
        key = "the-secret-that-both-sides-know-of"
    return jwt.encode(claims, None if algorithm == "none" else key, algorithm=algorithm, headers={"kid": jwk["kid"]})


FAULTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "audience": lambda claims: _signed({**claims, "aud": "another-client"}),
    "shared audience": lambda claims: _signed({**claims, "aud": [claims["aud"], "another"], "azp": "another"}),
    "issuer": lambda claims: _signed({**claims, "iss": "https://elsewhere.example"}),
    "expired": lambda claims: _signed({**claims, "exp": claims["exp"] - 7200}),
    "signature": lambda claims: _signed(claims, own_key=False),
    "no signature": lambda claims: _signed(claims, algorithm="none"),
    "shared secret": lambda claims: _signed(claims, algorithm="HS256"),
    "no nonce": lambda claims: _signed({name: value for name, value in claims.items() if name != "nonce"}),
    "not a token": lambda _claims: "abc",
}


class MisbehaviourMiddleware:
    """Rewrites the provider's answers as the story's fault wants; the token's other claims stay true."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response, fault = self.get_response(request), story()["fault"]
        place = request.path.rpartition("/")[2]
        if place == "token" and fault in FAULTS:
            answer = json.loads(response.content)
            claims = jwt.decode(answer["id_token"], options={"verify_signature": False})
            response.content = json.dumps({**answer, "id_token": FAULTS[fault](claims)}).encode()
        if place == "userinfo" and fault == "other person":
            response.content = json.dumps({**json.loads(response.content), "sub": "another"}).encode()
        if place == "userinfo" and fault == "signed information":
            said = {**json.loads(response.content), "iss": f"http://{request.get_host()}", "aud": "coalition"}
            response.content, response["Content-Type"] = _signed(said).encode(), "application/jwt"
        if fault in (f"{place} fails", f"{place} is a page"):
            return HttpResponse("<h1>Panne</h1>", status=500 if fault.endswith("fails") else 200)
        return response
