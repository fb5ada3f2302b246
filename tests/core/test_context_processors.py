"""What templates know, and that knowing it opens no session."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation

from coalition.core.context_processors import messages, site
from members.models import User

pytestmark = pytest.mark.urls("tests.core.doors")


def request_of(path: str = "/fr/compte/", user: Any = None) -> HttpRequest:
    """A request without a session: reading one would fail."""
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return request


def links(request: HttpRequest, language: str = "fr") -> dict[str, str]:
    """Address by language."""
    with translation.override(language):
        return {link["code"]: link["url"] for link in site(request)["language_links"]}


def test_an_anonymous_reader_has_no_account_and_no_session_is_opened() -> None:
    found = site(request_of())
    assert found["account"] is None
    assert found["account_is_organiser"] is False
    assert messages(request_of()) == {"messages": []}


def test_a_request_the_gate_turned_away_has_no_user_and_still_gets_its_page() -> None:
    assert site(RequestFactory().get("/"))["account"] is None


@pytest.mark.django_db
def test_a_signed_in_reader_is_the_account() -> None:
    ana = User.objects.create_user("ana@ville.example", name="Ana")
    found = site(request_of(user=ana))
    assert found["account"] == ana
    assert found["account_is_organiser"] is False


def test_the_same_page_is_offered_in_each_language() -> None:
    found = links(request_of("/fr/compte/login/?next=/fr/"))
    assert found["fr"] == "/fr/compte/login/?next=/fr/"
    assert found["en"].startswith("/en/")
    assert found["en"].endswith("/login/?next=/fr/")


def test_a_page_without_translation_points_to_the_home_of_that_language() -> None:
    assert links(request_of("/ailleurs/"))["en"] == "/en/"


def test_a_page_may_say_where_its_translation_is() -> None:
    request = request_of("/fr/cas/un/")
    request.translated_urls = {"en": "/en/cases/one/"}  # type: ignore[attr-defined]
    assert links(request)["en"] == "/en/cases/one/"
