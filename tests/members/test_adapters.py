"""The doors: logging in, limits that hold without Valkey, answers that tell nothing, the admin's second factor."""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse
from django.utils import translation

from coalition.notifications.models import Delivery
from members.adapters import SecondFactorAdapter
from members.models import User
from tests.members.conftest import PASSWORD

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
LOGIN = "/fr/compte/login/"
RESET = "/fr/compte/password/reset/"
SIGNUP = "/fr/compte/signup/"
CODE = "/fr/compte/login/code/"


@pytest.fixture(autouse=True)
def valkey_is_away() -> Iterator[None]:
    """Any attempt to reach the broker fails the test: the doors must hold without it."""
    with patch("redis.connection.AbstractConnection.connect", side_effect=AssertionError("broker asked")):
        yield


@pytest.fixture(autouse=True)
def mail_leaves_by_the_outbox(settings: Any) -> None:
    """As in production; the test runner puts a backend of its own in the way."""
    settings.EMAIL_BACKEND = "coalition.notifications.backends.OutboxBackend"


def try_password(client: Client, email: str, password: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password})


def current_code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_a_person_signs_up_confirms_by_post_and_logs_in(client: Client) -> None:
    data = {"email": "Nouvelle@Example.org", "name": "Awa", "password1": PASSWORD}
    assert client.post(SIGNUP, data).status_code == 302
    raw = Delivery.objects.get().raw or ""
    link = re.search(r"(/fr/compte/confirm-email/[^/]+/)", raw)
    assert link is not None
    assert "Confirmez votre adresse" in raw
    assert client.get(link[1]).status_code == 200
    assert not EmailAddress.objects.get().verified
    client.post(link[1])
    assert EmailAddress.objects.get().verified
    account = User.objects.get()
    assert (account.email, account.name, account.language) == ("nouvelle@example.org", "Awa", "fr")
    response = try_password(Client(), "nouvelle@example.org", PASSWORD)
    assert (response.status_code, response["Location"]) == (302, "/fr/compte/")


def test_sixty_wrong_passwords_are_blocked_by_the_sixth(client: Client, make_account: Make) -> None:
    account = make_account()
    tried = 0
    with patch("django.contrib.auth.base_user.AbstractBaseUser.check_password", return_value=False) as check:
        for number in range(60):
            try_password(client, account.email, f"faux-{number}")
        tried = check.call_count
    assert tried <= 10
    assert try_password(client, account.email, PASSWORD).status_code != 302


def test_a_forged_forwarding_header_does_not_reset_the_limit(make_account: Make) -> None:
    account, statuses = make_account(), []
    for number in range(40):
        client = Client(HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
        statuses.append(try_password(client, f"inconnue{number}@example.org", "faux").status_code)
    assert 429 in statuses
    assert try_password(Client(), account.email, PASSWORD).status_code == 429


def test_sixty_reset_requests_send_five_mails_at_most(make_account: Make) -> None:
    account = make_account()
    for _number in range(60):
        Client().post(RESET, {"email": account.email})
    assert 1 <= Delivery.objects.filter(address=account.email).count() <= 5


@pytest.mark.parametrize(
    ("url", "data"),
    [(RESET, {}), (CODE, {}), (SIGNUP, {"name": "Awa", "password1": PASSWORD})],
    ids=["reset", "code", "signup"],
)
def test_known_and_unknown_addresses_get_the_same_answer(make_account: Make, url: str, data: dict[str, str]) -> None:
    known = make_account().email
    answers = []
    for address in (known, "personne-connue@example.org"):
        client = Client()
        first = client.post(url, {"email": address, **data})
        page = client.get(first["Location"]) if first.status_code == 302 else first
        words = re.sub(r'value="[^"]{40,}"', "", page.content.decode().replace(address, "@"))
        answers.append((first.status_code, first.headers.get("Location"), page.status_code, words))
        assert Delivery.objects.filter(address=address).count() == 1
    assert answers[0] == answers[1]


def test_a_wrong_login_takes_as_long_for_an_unknown_address(make_account: Make, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    account = make_account()

    def seconds(address: str) -> float:
        start = time.perf_counter()
        try_password(Client(REMOTE_ADDR=f"10.1.{len(address)}.9"), address, "faux")
        return time.perf_counter() - start

    seconds(account.email)
    known = statistics.median(seconds(account.email) for _ in range(4))
    unknown = statistics.median(seconds(f"inconnue-{n}@example.org") for n in range(4))
    assert unknown > known / 3


def test_a_code_by_mail_logs_in(client: Client, make_account: Make) -> None:
    account = make_account()
    assert client.post(CODE, {"email": account.email}).status_code == 302
    code = re.search(r"\\n\\n([A-Z0-9]{3,}-?[A-Z0-9]{3,})\\n", Delivery.objects.get().raw or "")
    assert code is not None
    response = client.post("/fr/compte/login/code/confirm/", {"code": code[1]})
    assert response["Location"] == "/fr/compte/"


def test_mails_of_the_account_are_words_and_html_in_the_language_of_the_page(
    client: Client, make_account: Make
) -> None:
    account = make_account()
    client.post(RESET, {"email": account.email})
    raw = Delivery.objects.get().raw or ""
    assert "text/html" in raw
    assert "password/reset/key" in raw
    assert "[testserver]" not in raw


def test_a_suspended_account_is_nobody_at_the_next_click(client: Client, make_account: Make) -> None:
    account = make_account()
    client.force_login(account)
    assert client.get("/fr/compte/").status_code == 200
    User.objects.filter(pk=account.pk).update(is_active=False)
    assert client.get("/fr/compte/").status_code == 302


@pytest.mark.parametrize("door", ["/admin/login/", "/fr/_util/login/"])
def test_both_wagtail_logins_lead_to_ours(client: Client, make_account: Make, door: str) -> None:
    account = make_account()
    for response in (
        client.get(f"{door}?next=/admin/"),
        client.post(door, {"username": account.email, "password": PASSWORD}),
    ):
        assert response.status_code == 302
        assert "/compte/login/" in response["Location"]
    assert "_auth_user_id" not in client.session


def test_the_admin_wants_an_organiser_with_a_second_factor(
    client: Client, make_account: Make, make_organiser: Make
) -> None:
    assert "/compte/login/" in client.get("/admin/")["Location"]
    for account in (
        make_account(),
        make_organiser(second_factor=False),
        make_account(is_superuser=True, is_staff=True),
    ):
        client.force_login(account)
        refusal = client.get("/admin/")
        assert refusal.status_code == 403
        assert "double authentification" in refusal.content.decode()
    client.force_login(make_organiser(is_superuser=True))
    response = client.get("/admin/")
    assert response.status_code == 200
    assert "'unsafe-inline'" in response["Content-Security-Policy"]


def test_logging_in_asks_an_organiser_for_the_code(client: Client, make_organiser: Make) -> None:
    organiser = make_organiser(second_factor=False)
    secret = "JBSWY3DPEHPK3PXP"
    Authenticator.objects.create(
        user=organiser, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(secret)}
    )
    response = try_password(client, organiser.email, PASSWORD)
    assert response["Location"] == "/fr/compte/2fa/authenticate/"
    page = client.get(response["Location"]).content.decode()
    assert "Second facteur" in page
    assert client.get("/fr/compte/").status_code == 302
    assert client.post(response["Location"], {"code": "000000"}).status_code == 200
    assert client.post(response["Location"], {"code": current_code(secret)}).status_code == 302
    assert client.get("/fr/compte/").status_code == 200


def test_the_session_changes_at_login_and_at_logout(client: Client, make_account: Make) -> None:
    account = make_account()
    client.get(LOGIN)
    try_password(client, account.email, PASSWORD)
    inside = client.session.session_key
    assert client.post("/fr/compte/logout/")["Location"] == "/fr/"
    assert client.session.session_key != inside
    assert client.get("/fr/compte/").status_code == 302


def test_the_authenticator_shows_the_address(make_account: Make) -> None:
    account = make_account()
    assert SecondFactorAdapter().get_totp_label(account) == account.email


@pytest.mark.parametrize("field", ["login", "password"])
@pytest.mark.parametrize("value", ["a\x00b@example.org", "x" * 5000])
def test_bad_input_at_the_login_comes_back_with_a_sentence(client: Client, field: str, value: str) -> None:
    response = client.post(LOGIN, {"login": "a@example.org", "password": "faux", field: value})
    assert response.status_code == 200
    assert "à revoir" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "", "email/", "password/change/", "logout/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/",
        "sessions/", "login/", "signup/", "password/reset/", "login/code/", "reauthenticate/", "confirm-email/",
        "inactive/", "password/reset/done/", "password/reset/key/1-x/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_account_page_opens_in_our_frame(client: Client, make_account: Make, path: str, language: str) -> None:
    account = make_account()
    if not path.startswith(("login", "signup", "password/reset", "inactive", "confirm")):
        try_password(client, account.email, PASSWORD)
    response = client.get(
        f"/{language}/compte/{path}" if language == "fr" else f"/en/{account_prefix()}{path}", follow=True
    )
    assert response.status_code == 200
    page = response.content.decode()
    assert 'class="skip"' in page
    assert "<span>testserver" not in page
    assert "<h1>" in page
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*(?:src=|type=\"application/))", page)


def account_prefix() -> str:
    with translation.override("en"):
        return reverse("account_overview").removeprefix("/en/")
