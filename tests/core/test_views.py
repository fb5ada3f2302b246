"""Views of no app: forms whose token is missing, demands Django cannot read."""

import pytest
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.test import Client, RequestFactory

from coalition.core.views import bad_request

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.doors")]


def test_a_form_without_its_token_is_refused_with_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/fr/form/", {"name": "Ana"})
    assert answer.status_code == 403
    assert "rechargez" in answer.content.decode()


def test_a_form_from_another_site_is_refused() -> None:
    browser = Client(enforce_csrf_checks=True)
    token = browser.get("/fr/form/").content.decode().split()[0]
    here = {"csrfmiddlewaretoken": token}
    assert browser.post("/fr/form/", here).status_code == 200
    assert browser.post("/fr/form/", here, headers={"origin": "https://evil.example"}).status_code == 403


@pytest.mark.parametrize(
    ("error", "status"), [(RequestDataTooBig(), 413), (TooManyFieldsSent(), 413), (BadRequest(), 400)]
)
def test_what_django_cannot_read_gets_a_plain_page(error: Exception, status: int) -> None:
    answer = bad_request(RequestFactory().get("/fr/form/"), error)
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()
