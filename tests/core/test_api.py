"""The API says no in one form, whatever said it, and never serves more than a page."""

import pytest
from django.test import Client, RequestFactory
from rest_framework.request import Request

from coalition.core.api import Pages

pytestmark = pytest.mark.urls("tests.core.doors")


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ("login", 401),
        ("refused", 403),
        ("hidden", 404),
        ("conflict", 409),
        ("denied", 403),
        ("invalid", 400),
        ("throttled", 429),
    ],
)
@pytest.mark.django_db
def test_every_error_is_a_problem_document(how: str, status: int) -> None:
    answer = Client().get(f"/api/v1/problems/{how}/")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert answer.json()["title"]


@pytest.mark.django_db
def test_a_problem_keeps_its_details_and_its_headers() -> None:
    assert Client().get("/api/v1/problems/invalid/").json()["detail"] == {"limit": ["no"]}
    assert Client().get("/api/v1/problems/throttled/")["Retry-After"] == "7"


@pytest.mark.django_db
def test_the_api_never_tells_which_rule_refused() -> None:
    assert set(Client().get("/api/v1/problems/hidden/").json()) == {"type", "title", "status"}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.django_db
def test_a_method_an_endpoint_does_not_have_is_a_405_problem(method: str) -> None:
    answer = getattr(Client(), method)("/api/v1/problems/hidden/", "{", content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")


def page_of(query: str, rows: int = 1_000) -> list[int]:
    """What a list of `rows` numbers gives for this query."""
    return list(Pages().paginate_queryset(list(range(rows)), Request(RequestFactory().get(f"/?{query}"))) or [])


def test_a_page_has_fifty_rows_unless_asked_and_never_more_than_two_hundred() -> None:
    assert len(page_of("")) == 50
    assert len(page_of("limit=10")) == 10
    assert len(page_of("limit=100000")) == 200


@pytest.mark.parametrize("number", ["-1", "0", "douze", "1e400", "NaN", "9" * 30, "9" * 5_000, ""])
def test_a_limit_or_an_offset_nobody_can_mean_breaks_nothing(number: str) -> None:
    assert len(page_of(f"limit={number}")) <= 200
    assert len(page_of(f"offset={number}")) <= 50


def test_an_offset_fits_what_postgresql_can_count() -> None:
    assert Pages().get_offset(Request(RequestFactory().get("/?offset=" + "9" * 30))) == 2_000_000_000
