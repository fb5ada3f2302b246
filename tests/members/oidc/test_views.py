"""The doors of a sign-in through a provider: a button, never a link; and a page, never an error of ours."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings as site_settings
from django.db import IntegrityError
from django.test import Client

from members.models import User
from tests.identity.provider import IdentityProvider, free_port
from tests.members.oidc.conftest import ADDRESS, CALLBACK, LOGIN, Sign

pytestmark = pytest.mark.django_db
PAGES = ["/fr/compte/login/", "/fr/compte/signup/"]


@pytest.mark.parametrize("page", PAGES)
def test_the_button_is_a_form_that_posts_and_keeps_where_to_go_next(
    client: Client, identity: IdentityProvider, page: str
) -> None:
    answer = client.get(f"{page}?next=/fr/cas/")
    html = answer.content.decode()
    form = html[html.index(f'action="{LOGIN}"') :].partition("</form>")[0]
    assert "Se connecter avec AgentPass" in form
    assert 'name="next" value="/fr/cas/"' in form
    assert f"form-action 'self' {identity.url}" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_declared_leaves_no_trace(client: Client, page: str) -> None:
    answer = client.get(page)
    html = answer.content.decode()
    assert "oidc" not in html
    assert "que vous avez déjà</h2>" not in html
    assert "form-action 'self';" in answer["Content-Security-Policy"] + ";"
    for method in (client.get, client.post):
        assert method(LOGIN).status_code == 404
        assert method(CALLBACK).status_code in (404, 405)


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_only_a_post_starts_a_sign_in(client: Client, identity: IdentityProvider, method: str) -> None:
    answer = getattr(client, method)(LOGIN)
    assert answer.status_code in (200, 405)
    assert "socialaccount_states" not in client.session


def test_a_get_shows_a_page_with_the_button(client: Client, identity: IdentityProvider) -> None:
    page = client.get(LOGIN).content.decode()
    assert "<h1>Se connecter avec AgentPass</h1>" in page
    assert '<form method="post">' in page


def test_a_post_without_our_form_starts_nothing(identity: IdentityProvider) -> None:
    assert Client(enforce_csrf_checks=True).post(LOGIN).status_code == 403


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [("/fr/cas/", "/fr/cas/"), ("https://elsewhere.example/", "/fr/compte/"), ("//elsewhere.example", "/fr/compte/")],
)
def test_one_lands_where_one_was_going_on_this_site_only(sign_in: Sign, wanted: str, reached: str) -> None:
    assert sign_in(next=wanted)["Location"] == reached


def test_who_cancels_over_there_reads_what_happened(client: Client, sign_in: Sign) -> None:
    answer = sign_in(accept=False)
    page = client.get(answer["Location"]).content.decode()
    assert "Connexion abandonnée" in page
    assert "/fr/compte/login/" in page
    assert not User.objects.exists()


def test_a_provider_that_is_down_at_the_start_gets_a_page_that_says_so(
    client: Client, identity: IdentityProvider, declare: Callable[..., None]
) -> None:
    declare(server_url=f"http://127.0.0.1:{free_port()}")
    answer = client.post(LOGIN)
    assert answer.status_code == 401
    assert "AgentPass ne répond pas" in answer.content.decode()


def test_a_provider_that_goes_down_in_between_gets_the_same_page(
    client: Client, identity: IdentityProvider, declare: Callable[..., None]
) -> None:
    back = identity.walk(client.post(LOGIN)["Location"]).removeprefix("http://testserver")
    declare(server_url=f"http://127.0.0.1:{free_port()}")
    assert "AgentPass ne répond pas" in client.get(back).content.decode()


@pytest.mark.parametrize("place", ["openid-configuration", "token", "jwks.json", "userinfo"])
@pytest.mark.parametrize("fault", ["fails", "is a page"])
def test_whatever_part_of_a_provider_breaks_a_page_says_what_to_do(
    client: Client, identity: IdentityProvider, place: str, fault: str
) -> None:
    back = identity.walk(client.post(LOGIN)["Location"]).removeprefix("http://testserver")
    identity.say(f"{place} {fault}", email=ADDRESS, email_verified=True)
    answer = client.get(back)
    assert answer.status_code == 401
    assert "Revenir à la connexion" in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?error=server_error", "?error=access_denied&state=x"])
def test_an_answer_to_nothing_gets_a_page(client: Client, identity: IdentityProvider, query: str) -> None:
    answer = client.get(f"{CALLBACK}{query}")
    assert answer.status_code == 401
    assert "Recommencez depuis la page de connexion" in answer.content.decode()


def test_two_answers_at_once_make_one_account_and_a_page(client: Client, sign_in: Sign) -> None:
    with patch("members.oidc.trust.record", side_effect=IntegrityError("the other one was first")):
        answer = sign_in()
    assert answer.status_code == 401
    assert not User.objects.exists()


@pytest.mark.parametrize("language", ["fr/compte", "en/account"])
@pytest.mark.parametrize(
    "path", ["3rdparty/login/cancelled/", "3rdparty/login/error/", "3rdparty/signup/", "3rdparty/"]
)
def test_every_page_opens_in_our_frame(
    client: Client, make_account: Any, identity: IdentityProvider, language: str, path: str
) -> None:
    if path == "3rdparty/":
        client.force_login(make_account())
    answer = client.get(f"/{language}/{path}", follow=True)
    assert answer.status_code in (200, 401)
    assert 'class="skip"' in answer.content.decode()
    assert "<h1>" in answer.content.decode()


def test_the_account_page_shows_the_linked_accounts_only_where_there_are_providers(
    client: Client, make_account: Any, identity: IdentityProvider, settings: Any
) -> None:
    client.force_login(make_account())
    assert "Comptes reliés" in client.get("/fr/compte/").content.decode()
    none = {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": []}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": none}
    assert "Comptes reliés" not in client.get("/fr/compte/").content.decode()


def test_what_goes_wrong_is_logged_without_tokens(
    client: Client, identity: IdentityProvider, sign_in: Sign, caplog: pytest.LogCaptureFixture
) -> None:
    identity.say("audience", email=ADDRESS)
    sign_in()
    assert "sign-in through agent-pass: refused, Unproven: refused token: Audience doesn't match" in caplog.text
    assert "eyJ" not in caplog.text
    assert site_settings.SOCIALACCOUNT_STORE_TOKENS is False
