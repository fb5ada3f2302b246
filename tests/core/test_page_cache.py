"""Pages are made once for every stranger, never for one, and are forgotten the moment something changes."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from coalition.core import page_cache
from coalition.core.models import PageChange
from coalition.core.page_cache import generation, known_parameters, mark_changed

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.doors")]


@pytest.fixture(autouse=True)
def memory(settings: Any) -> Iterator[None]:
    """A memory for pages, which other tests do without; empty before and after."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": backend, "LOCATION": "tests"}}
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def read(address: str = "/fr/counted/", **options: object) -> str:
    """What a stranger reads there."""
    return Client(**options).get(address).content.decode()  # type: ignore[arg-type]


def test_a_second_stranger_gets_the_page_of_the_first() -> None:
    assert read() == read()


def test_a_change_makes_the_page_anew_on_the_next_request() -> None:
    before = read()
    mark_changed()
    assert read() != before


def test_a_change_that_was_rolled_back_changes_nothing() -> None:
    before = generation()
    with pytest.raises(RuntimeError), transaction.atomic():
        mark_changed()
        raise RuntimeError
    assert generation() == before


def test_parameters_nobody_reads_make_no_second_page() -> None:
    assert read("/fr/counted/?utm_source=x&fbclid=1") == read("/fr/counted/?other=2")


def test_parameters_that_are_read_make_their_own_page_in_any_order() -> None:
    assert read("/fr/counted/?q=eau&page=2") == read("/fr/counted/?page=2&q=eau")
    assert read("/fr/counted/?q=eau") != read("/fr/counted/?q=feu")


def test_known_parameters_keep_every_value() -> None:
    assert known_parameters(QueryDict("stage=idea&x=1&stage=pilot")).getlist("stage") == ["idea", "pilot"]


def test_each_language_has_its_page() -> None:
    assert read("/fr/counted/") != read("/en/counted/")


@pytest.mark.parametrize(
    "header",
    [{"x-forwarded-host": "evil.example"}, {"accept-language": "de"}, {"referer": "https://evil.example/"}],
)
def test_what_a_browser_says_of_itself_does_not_reach_the_page(header: dict[str, str]) -> None:
    assert "evil" not in read(headers=header)
    assert read(headers=header) == read()


def test_a_forged_host_is_refused_and_keeps_nothing() -> None:
    answer = Client(raise_request_exception=False).get("/fr/counted/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil" not in read()


def test_a_cookie_of_another_site_does_not_make_another_page() -> None:
    browser = Client()
    browser.cookies["tracker"] = "abc"
    assert browser.get("/fr/counted/").content.decode() == read()


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME])
def test_who_brings_a_session_is_served_no_shared_page_and_leaves_none(cookie: str) -> None:
    browser = Client()
    browser.cookies[cookie] = "abcdefghijklmnop"
    own = browser.get("/fr/counted/").content.decode()
    assert own != read()
    assert browser.get("/fr/counted/").content.decode() != read()


def test_a_page_that_asks_not_to_be_stored_is_not() -> None:
    assert read("/fr/counted/never/") != read("/fr/counted/never/")


def test_a_page_with_a_form_token_is_made_for_each_reader() -> None:
    assert read("/fr/form/").split()[0] != read("/fr/form/").split()[0]


def test_a_head_request_leaves_no_empty_page_behind() -> None:
    Client().head("/fr/counted/")
    assert read() != ""


def test_an_act_is_never_answered_from_memory() -> None:
    assert Client().post("/fr/counted/").content.decode() != read()


def test_old_marks_are_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "KEPT_CHANGES", 5)
    for _mark in range(20):
        mark_changed()
    assert PageChange.objects.count() <= 10
