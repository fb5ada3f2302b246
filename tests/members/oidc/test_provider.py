"""What we believe of a provider's answer: nothing that fails a check signs anybody in."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from members.models import User
from members.oidc.provider import nonce_of
from tests.identity.provider import IdentityProvider
from tests.members.oidc.conftest import ADDRESS, CALLBACK, LOGIN, Sign

pytestmark = pytest.mark.django_db


def nobody_came_in(client: Client) -> bool:
    return "_auth_user_id" not in client.session and not User.objects.exists() and not SocialAccount.objects.exists()


def test_what_we_ask_of_the_provider_is_a_code_under_pkce_state_and_nonce(
    client: Client, identity: IdentityProvider
) -> None:
    address = client.post(f"{LOGIN}?scope=admin&auth_params=prompt%3Dnone")["Location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{identity.url}/identity/o/authorize?")
    assert asked["response_type"] == "code"
    assert set(asked["scope"].split()) == {"openid", "email", "profile"}
    assert asked["code_challenge_method"] == "S256"
    assert asked["nonce"] == nonce_of(asked["state"])
    assert asked["redirect_uri"] == f"http://testserver{CALLBACK}"
    assert "prompt" not in asked


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("audience", "Audience doesn't match"),
        ("shared audience", "made for another client (azp)"),
        ("issuer", "Invalid issuer"),
        ("expired", "Signature has expired"),
        ("signature", "Signature verification failed"),
        ("no signature", "The specified alg value is not allowed"),
        ("shared secret", "The specified alg value is not allowed"),
        ("no nonce", "made for another request (nonce)"),
        ("not a token", "Not enough segments"),
        ("other person", "about somebody else (sub)"),
    ],
)
def test_a_token_that_fails_a_check_signs_nobody_in(
    client: Client,
    identity: IdentityProvider,
    sign_in: Sign,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    reason: str,
) -> None:
    identity.say(fault, email=ADDRESS, email_verified=True)
    answer = sign_in()
    assert answer.status_code == 401
    assert "n’a pas pu être vérifiée" in answer.content.decode()
    assert reason in caplog.text
    assert nobody_came_in(client)


def test_a_token_made_for_another_request_is_refused(client: Client, sign_in: Sign) -> None:
    """The provider signs faithfully whatever nonce it is asked for; this one is not ours."""
    answer = sign_in(change=lambda address: re.sub(r"nonce=\w+", "nonce=" + "0" * 64, address))
    assert answer.status_code == 401
    assert nobody_came_in(client)


def test_a_code_without_our_pkce_secret_is_worth_nothing(client: Client, sign_in: Sign) -> None:
    answer = sign_in(change=lambda address: re.sub(r"code_challenge=[\w-]+", "code_challenge=" + "A" * 43, address))
    assert answer.status_code == 401
    assert nobody_came_in(client)


def test_an_answer_with_another_state_is_refused(client: Client, sign_in: Sign) -> None:
    answer = sign_in(change=lambda address: re.sub(r"state=\w+", "state=" + "z" * 32, address))
    assert answer.status_code == 401
    assert "Recommencez depuis la page de connexion" in answer.content.decode()
    assert nobody_came_in(client)


def test_an_answer_serves_once_and_in_the_browser_that_asked_only(client: Client, identity: IdentityProvider) -> None:
    back = urlsplit(identity.walk(client.post(LOGIN)["Location"]))
    answer = f"{back.path}?{back.query}"
    assert Client().get(answer).status_code == 401
    assert client.get(answer).status_code == 302
    assert client.get(answer).status_code == 401


def test_user_information_may_come_as_a_signed_token(identity: IdentityProvider, sign_in: Sign) -> None:
    identity.say("signed information", email=ADDRESS, email_verified=True, given_name="Awa", usual_name="Diop")
    assert sign_in().status_code == 302
    account = User.objects.get()
    assert (account.email, account.name) == (ADDRESS, "Awa Diop")


def test_of_all_claims_the_address_alone_is_kept_and_no_token(
    identity: IdentityProvider, sign_in: Sign, client: Client
) -> None:
    identity.say(email=ADDRESS, email_verified=True, name="Awa Diop", birthdate="1984-05-01", siret="123")
    sign_in()
    link = SocialAccount.objects.get()
    assert link.extra_data == {"email": ADDRESS}
    assert not link.socialtoken_set.exists()
    assert "token" not in str(dict(client.session.items()))


def test_an_unproven_address_is_not_made_good_by_the_proof_of_another(
    identity: IdentityProvider, sign_in: Sign, declare: Callable[..., None]
) -> None:
    identity.say(email=ADDRESS, email_verified="false")
    sign_in()
    assert not User.objects.get().has_verified_email
