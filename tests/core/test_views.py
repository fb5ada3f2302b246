"""Views of no app: forms whose token is missing, demands Django cannot read, towns proposed while one writes."""

import pytest
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from coalition.core.page_cache import is_shareable
from coalition.core.views import bad_request
from members.models import User

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


def test_towns_are_proposed_while_one_writes_without_any_query() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = Client().get(reverse("places"), {"country": "FR", "city": "ren"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Rennes, Bretagne" in page
    assert page.count('type="radio"') <= 11, "ten towns at most, and none of these"
    assert "10 villes proposées" in page
    assert len(queries) == 0


def test_towns_have_their_english_names_on_the_english_site() -> None:
    with translation.override("en"):
        address = reverse("places")
    page = Client().get(address, {"country": "GB", "city": "londres"}).content.decode()
    assert "London, England" in page


def test_the_same_towns_are_proposed_to_everybody_and_kept_for_a_day() -> None:
    account = User.objects.create_user("ana@example.org", "a-long-passphrase")
    browser = Client()
    browser.force_login(account)
    answers = [client.get(reverse("places"), {"country": "GB", "city": "Londr"}) for client in (Client(), browser)]
    assert answers[0].content == answers[1].content
    for answer in answers:
        assert answer["Cache-Control"] == "public, max-age=86400"
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


def test_what_is_typed_does_not_push_pages_out_of_the_memory_of_pages() -> None:
    assert is_shareable(RequestFactory().get("/fr/page/"))
    for address in ("/fr/lieux/", "/en/places/"):
        assert not is_shareable(RequestFactory().get(address, {"country": "FR", "city": "ren"}))


@pytest.mark.parametrize(
    "query", [{}, {"country": "FR"}, {"country": "ZZ", "city": "Paris"}, {"country": "FR", "city": "x" * 3000}]
)
def test_where_no_town_is_found_nothing_is_proposed(query: dict[str, str]) -> None:
    answer = Client().get(reverse("places"), query)
    assert answer.status_code == 200
    assert 'type="radio"' not in answer.content.decode()


def test_a_name_with_markup_is_shown_as_text() -> None:
    page = Client().get(reverse("places"), {"country": "FR", "city": 'ren"><script>'}).content.decode()
    assert "<script" not in page
