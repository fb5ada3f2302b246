"""The page of an organisation's tokens."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.enums import Role
from members.models import Organisation, OrganisationToken
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
SECRET = re.compile(rb"coal_[\w-]{43}")


@pytest.fixture
def city(make_organisation: Make) -> Organisation:
    organisation: Organisation = make_organisation()
    return organisation


@pytest.fixture
def browser(city: Organisation, make_representative: Make) -> Client:
    client = Client()
    client.force_login(make_representative(city, role=Role.EDITOR))
    return client


def test_the_secret_is_shown_once_and_kept_by_no_cache(city: Organisation, browser: Client) -> None:
    page = reverse("tokens", args=[city.slug])
    made = browser.post(page, {"name": "Observatoire", "days": "90"})
    assert made.status_code == 201
    assert len(set(SECRET.findall(made.content))) == 1
    assert "no-store" in made["Cache-Control"]
    again = browser.get(page)
    assert not SECRET.search(again.content)
    assert "Observatoire" in again.content.decode()


def test_what_is_wrong_comes_back_with_what_was_typed(city: Organisation, browser: Client) -> None:
    answer = browser.post(reverse("tokens", args=[city.slug]), {"name": "", "days": "4000"})
    assert answer.status_code == 200
    assert "Deux réponses" in answer.content.decode() or "2 réponses" in answer.content.decode()
    assert not OrganisationToken.objects.exists()


def test_a_token_is_taken_back_and_says_so(city: Organisation, browser: Client) -> None:
    browser.post(reverse("tokens", args=[city.slug]), {"name": "Observatoire", "days": "90"})
    token = OrganisationToken.objects.get()
    answer = browser.post(reverse("token_revoke", args=[city.slug, token.pk]), follow=True)
    assert "Retiré" in answer.content.decode()
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert browser.post(reverse("token_revoke", args=[city.slug, token.pk])).status_code == 409


def test_the_token_of_another_organisation_is_not_there(
    city: Organisation, browser: Client, make_organisation: Make
) -> None:
    other = make_organisation()
    token = OrganisationToken.objects.create(
        organisation=other, name="Ailleurs", digest="d" * 64, created_at=NOW, expires_at=NOW
    )
    assert browser.post(reverse("token_revoke", args=[city.slug, token.pk])).status_code == 404
    assert browser.get(reverse("tokens", args=[other.slug])).status_code == 403


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_asks_as_many_questions_whatever_the_number_of_tokens(
    city: Organisation, browser: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    for _rank in range(count):
        browser.post(reverse("tokens", args=[city.slug]), {"name": "Observatoire", "days": "90"})
    with django_assert_max_num_queries(20):
        browser.get(reverse("tokens", args=[city.slug]))
