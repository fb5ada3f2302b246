"""allauth's OpenID Connect client, with what it leaves to TLS checked here: signature, nonce, audience, same subject.

Source of the checks: OpenID Connect Core 1.0, 3.1.3.7 (ID token) and 5.3 (user information).
"""

from typing import Any

import jwt
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import get_request_param
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

# asymmetric only: with a shared secret, "none" or HMAC, whoever knows the client's secret could sign
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
CLOCK_SKEW = 60  # seconds
STATE_LENGTH = 32


class Unproven(OAuth2Error):
    """The provider's answer fails a check; the message is for the log."""


def nonce_of(state: str) -> str:
    """The nonce that goes with a state: one secret of the session then binds both the answer and the token."""
    return salted_hmac("members.oidc.nonce", state, algorithm="sha256").hexdigest()


class CheckedClient(OpenIDConnectOAuth2Adapter):
    """The exchange of a code for claims we may believe."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Claims of the ID token, and of the user information where the provider has any; Unproven otherwise."""
        raw = kwargs["response"].get("id_token")
        if not raw:
            raise Unproven("no ID token in the answer")
        claims = self._proven(app, raw, required=["iss", "aud", "exp", "iat", "sub"])
        state = get_request_param(request, "state") or ""
        if not constant_time_compare(str(claims.get("nonce", "")), nonce_of(state)):
            raise Unproven("the ID token was made for another request (nonce)")
        information = self._information(app, token.token)
        if information and information.get("sub") != claims["sub"]:
            raise Unproven("the user information is about somebody else (sub)")
        data = {"id_token": claims, "userinfo": information}
        return self.get_provider().sociallogin_from_response(request, data)

    def _proven(self, app: Any, token: str, *, required: list[str]) -> dict[str, Any]:
        """The claims of a signed token, after signature, issuer, audience and dates."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key(jwt.get_unverified_header(token).get("kid")),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCK_SKEW,
                options={"require": required},
            )
        except jwt.PyJWTError as error:
            raise Unproven(f"refused token: {error}") from error
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != app.client_id:
            raise Unproven("the token was made for another client (azp)")
        return claims

    def _key(self, kid: str | None) -> jwt.PyJWK:
        """The provider's signing key of this name; the only one when the token names none."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        fitting = [key for key in keys if key.public_key_use in (None, "sig") and kid in (None, key.key_id)]
        if len(fitting) != 1:
            raise Unproven(f"{len(fitting)} signing keys fit the token")
        return fitting[0]

    def _information(self, app: Any, access_token: str) -> dict[str, Any]:
        """User information as JSON or, as ProConnect gives it, as a signed token; empty without such an endpoint."""
        if "userinfo_endpoint" not in self.openid_config:
            return {}
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
            answer.raise_for_status()
        if answer.headers.get("Content-Type", "").startswith("application/jwt"):
            return self._proven(app, answer.text.strip(), required=["iss", "aud", "sub"])
        said: dict[str, Any] = answer.json()
        return said


class CheckedProvider(OpenIDConnectProvider):
    """A declared provider. Data below is what CheckedClient proved: {"id_token": claims, "userinfo": claims or {}}."""

    oauth2_adapter_class = CheckedClient
    pkce_enabled_default = True

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """To link or to sign in, and where to go next on our site; no parameter widens what the provider is asked."""
        link = request.POST.get("process") == AuthProcess.CONNECT
        return {
            "process": AuthProcess.CONNECT if link else AuthProcess.LOGIN,
            "next_url": get_next_redirect_url(request),
        }

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """To the provider, with a fresh state, its nonce, and PKCE."""
        state = get_random_string(STATE_LENGTH)
        asked = {**self.get_auth_params(), "nonce": nonce_of(state)}
        return super().redirect(request, process, next_url, data, state_id=state, auth_params=asked, **kwargs)

    def serialize(self) -> dict[str, Any]:
        """By its own id, as two providers may know us under one client id."""
        return {**super().serialize(), "id": self.sub_id}

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["id_token"]["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """The address alone, to tell linked accounts apart; no other claim is kept."""
        return {"email": str(_about_address(data).get("email") or "")[:254]}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Address and name; ProConnect calls the family name `usual_name`."""
        claims = {**data["id_token"], **data["userinfo"]}
        parts = [claims.get("given_name"), claims.get("usual_name") or claims.get("family_name")]
        name = claims.get("name") or " ".join(str(part) for part in parts if part)
        return {"email": _about_address(data).get("email"), "name": name}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """The address, verified only if the provider says so of this very address."""
        claims = _about_address(data)
        if not claims.get("email"):
            return []
        verified = claims.get("email_verified") in (True, "true")
        return [EmailAddress(email=claims["email"], verified=verified, primary=True)]


def _about_address(data: dict[str, Any]) -> dict[str, Any]:
    """The claims that speak of an address, from one source: never the address of one with the proof of the other."""
    told: dict[str, Any] = data["userinfo"] if data["userinfo"].get("email") else data["id_token"]
    return told
