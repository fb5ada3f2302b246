"""A browser that opened an account is known again; the cookie that says so is of no use to anybody else."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from coalition.core.devices import (
    LIFETIME,
    MOST,
    cookie_name,
    device_of,
    device_words,
    is_known_device,
    remember_device,
)

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


def account(pk: int = 1) -> Any:
    return SimpleNamespace(pk=pk)


def request(cookie: str = "", agent: str = FIREFOX) -> Any:
    made = RequestFactory().get("/", headers={"user-agent": agent})
    made.COOKIES[cookie_name()] = cookie
    return made


def remembered(*accounts: Any, agent: str = FIREFOX) -> str:
    cookie = ""
    for one in accounts:
        response = HttpResponse()
        remember_device(request(cookie, agent), response, one)
        cookie = response.cookies[cookie_name()].value
    return cookie


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        (CHROME, "Chrome, Windows"),
        (SAFARI, "Safari, iOS"),
        (CHROME + " Edg/140.0", "Edge, Windows"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_by_family_alone(agent: str, words: str) -> None:
    assert device_words(agent) == words
    assert device_of(request(agent=agent)) == words


def test_a_browser_knows_the_accounts_it_opened_and_no_other() -> None:
    cookie = remembered(account(1), account(2))
    assert is_known_device(request(cookie), account(1)) and is_known_device(request(cookie), account(2))
    assert not is_known_device(request(cookie), account(3))
    assert not is_known_device(request(), account(1))


def test_a_newer_release_is_the_same_device_another_browser_is_not() -> None:
    cookie = remembered(account())
    assert is_known_device(request(cookie, FIREFOX.replace("140", "141")), account())
    assert not is_known_device(request(cookie, CHROME), account())


@pytest.mark.parametrize("cookie", ["", "x", "x:y:z", "WzFd:1:zz"])
def test_a_cookie_that_is_not_ours_says_nothing(cookie: str) -> None:
    assert not is_known_device(request(cookie), account())


def test_a_cookie_too_old_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = remembered(account())
    monkeypatch.setattr("django.core.signing.time.time", lambda: 4_000_000_000.0)
    assert not is_known_device(request(cookie), account())


def test_the_oldest_account_makes_room() -> None:
    cookie = remembered(*(account(pk) for pk in range(MOST + 1)))
    assert not is_known_device(request(cookie), account(0))
    assert is_known_device(request(cookie), account(MOST))


def test_no_script_reads_it_and_over_https_it_is_bound_to_the_host(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    response = HttpResponse()
    remember_device(request(), response, account())
    kept = response.cookies["__Host-appareil"]
    assert kept["httponly"] and kept["secure"] and kept["samesite"] == "Lax" and kept["max-age"] == LIFETIME
    assert kept["path"] == "/" and not kept["domain"]
