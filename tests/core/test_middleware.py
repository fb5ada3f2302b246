"""The input gate, the refusals' pages, and pages that may be shared because nobody is in them."""

from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from coalition.core.middleware import MAX_FILES, MAX_QUERY
from members.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.doors")]

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def client() -> Client:
    """A browser that does not forgive missing form tokens; a server error is an answer, not an exception."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def signed_in() -> Client:
    browser = Client()
    browser.force_login(User.objects.create_user("ana@ville.example", name="Ana"))
    return browser


UNREADABLE = [
    "/fr/page/%00",
    "/fr/page/?q=%00",
    "/fr/page/?%00=1",
    "/fr/page/?q=%ff",
    "/fr/page/?q=%ed%a0%80",
    "/fr/page/?q=%c0%80",
]


@pytest.mark.parametrize("address", UNREADABLE)
def test_an_address_nobody_can_read_gets_a_plain_400(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "<h1>" in answer.content.decode()
    assert not answer.cookies


def test_an_unreadable_address_of_the_api_gets_a_problem_document(client: Client) -> None:
    answer = client.get("/api/v1/problems/hidden/?q=%00")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["status"] == 400


def test_broken_utf_8_in_a_path_is_a_page_that_does_not_exist(client: Client) -> None:
    assert client.get("/fr/page/%ff").status_code in (400, 404)
    assert client.get("/fr/page/%ed%a0%80").status_code in (400, 404)


def test_a_query_longer_than_any_form_makes_is_refused(client: Client) -> None:
    assert client.get("/fr/page/?q=" + "a" * (MAX_QUERY - 2)).status_code == 200
    assert client.get("/fr/page/?q=" + "a" * MAX_QUERY).status_code == 400


def test_accents_in_a_query_pass(client: Client) -> None:
    assert client.get("/fr/page/", {"q": "Évaluation à Lomé « 1 » 🙂"}).status_code == 200


def test_a_session_cookie_with_a_nul_is_refused_not_looked_up(client: Client) -> None:
    answer = client.get("/fr/remember/", headers={"cookie": f'{settings.SESSION_COOKIE_NAME}="aaaaaaaa\\000bbbb"'})
    assert answer.status_code == 400


def test_a_body_larger_than_any_form_gets_413(client: Client) -> None:
    answer = client.post("/fr/form/", "a=" + "b" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE, content_type=FORM)
    assert answer.status_code == 413
    assert "<h1>" in answer.content.decode()


def test_an_announced_length_is_refused_before_anything_is_read(client: Client) -> None:
    for length in (str(MAX_FILES + 1), "9" * 5_000):
        answer = client.post("/fr/form/", "", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=length)
        assert answer.status_code == 413


@pytest.mark.parametrize("length", ["", "-1", "douze", "1e400", "٣"])
def test_a_length_that_is_no_number_breaks_nothing(client: Client, length: str) -> None:
    assert client.post("/fr/form/", "a=b", content_type=FORM, CONTENT_LENGTH=length).status_code in (200, 400, 403)


def test_more_fields_than_any_form_has_gets_413(client: Client) -> None:
    body = "&".join(f"a{number}=b" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    client.get("/fr/form/")
    assert client.post("/fr/form/", body, content_type=FORM).status_code == 413
    assert Client().post("/fr/form/", body, content_type=FORM).status_code == 413


def test_an_oversized_body_to_the_api_gets_a_problem_document(client: Client) -> None:
    answer = client.post(
        "/api/v1/refuse/login/", "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), content_type="application/json"
    )
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")


@pytest.mark.parametrize("charset", ["nope", "utf-16", "utf-7"])
def test_a_body_in_an_unknown_encoding_breaks_nothing(client: Client, charset: str) -> None:
    client.get("/fr/form/")
    answer = client.generic("POST", "/fr/form/", b"a=\xff\xfe", content_type=f"{FORM}; charset={charset}")
    assert answer.status_code in (400, 403)


def test_a_nul_that_reaches_the_database_gets_400() -> None:
    answer = Client(raise_request_exception=False).post("/fr/store/", {"text": "a\x00b"})
    assert answer.status_code == 400


def test_an_unknown_host_gets_400(client: Client) -> None:
    answer = client.get("/fr/page/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.content


@pytest.mark.parametrize(("how", "status"), [("refused", 403), ("hidden", 404), ("conflict", 409)])
def test_each_refusal_has_its_page(client: Client, how: str, status: int) -> None:
    answer = client.get(f"/fr/refuse/{how}/")
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize(("how", "status"), [("login", 401), ("refused", 403), ("hidden", 404), ("conflict", 409)])
def test_each_refusal_of_the_api_has_its_status(client: Client, how: str, status: int) -> None:
    assert client.get(f"/api/v1/refuse/{how}/").status_code == status


def test_what_is_missing_in_the_api_is_missing_there_and_said_as_a_problem(client: Client) -> None:
    for address in ("/api/v1/nothing/", "/api/v1/refuse/hidden/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_an_address_without_language_leads_to_the_one_with_it(client: Client) -> None:
    assert client.get("/page/")["Location"] == "/fr/page/"


def test_who_must_sign_in_comes_back_to_the_page_they_asked_for(client: Client) -> None:
    answer = client.get("/fr/refuse/login/?page=2")
    assert answer.status_code == 302
    assert answer["Location"] == "/fr/compte/login/?next=/fr/refuse/login/%3Fpage%3D2"


def test_an_account_that_is_not_enough_is_told_so_instead_of_being_sent_round_in_circles(signed_in: Client) -> None:
    answer = signed_in.get("/fr/refuse/login/")
    assert answer.status_code == 401
    assert "autre" in answer.content.decode()


def test_who_must_sign_in_to_act_does_not_come_back_to_the_act() -> None:
    assert Client().post("/fr/refuse/login/")["Location"] == "/fr/compte/login/?next=/"


def test_a_hidden_page_looks_like_one_that_never_was(client: Client) -> None:
    hidden = client.get("/fr/refuse/hidden/").content.decode()
    absent = client.get("/fr/refuse/absent/").content.decode()
    assert "refuse/hidden" in hidden
    assert hidden.replace("refuse/hidden", "-") == absent.replace("refuse/absent", "-")


def test_a_refusal_repeats_a_sentence_but_never_the_name_of_a_rule(client: Client) -> None:
    assert "Trop tard." in client.get("/fr/refuse/conflict/Trop tard./").content.decode()
    answer = client.get("/fr/refuse/refused/case.edit/").content.decode()
    assert "case.edit" not in answer.split("<main")[1].split("</main>")[0]


def test_an_anonymous_page_has_no_cookie_no_vary_and_may_be_shared_for_a_second(client: Client) -> None:
    answer = client.get("/fr/page/")
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=1"


@pytest.mark.parametrize("address", ["/fr/form/", "/fr/remember/"])
def test_a_page_made_for_one_reader_is_never_shared(client: Client, address: str) -> None:
    assert client.get(address)["Cache-Control"] == "private, no-store"


def test_what_an_account_sees_is_never_stored(signed_in: Client) -> None:
    assert signed_in.get("/fr/page/")["Cache-Control"] == "private, no-store"


def test_an_error_page_is_not_shared(client: Client) -> None:
    assert "public" not in client.get("/fr/refuse/refused/").get("Cache-Control", "")


def test_the_answer_to_an_act_is_never_stored() -> None:
    assert Client().post("/fr/page/")["Cache-Control"] == "private, no-store"


def test_an_unknown_session_cookie_makes_nobody_of_its_bearer(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "abcdefghijklmnop"
    assert client.get("/fr/page/").status_code == 200


def test_the_session_of_a_suspended_account_opens_nothing(signed_in: Client, django_user_model: Any) -> None:
    django_user_model.objects.update(is_active=False)
    answer = signed_in.get("/admin/door/")
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_sessions_live_in_the_database_so_that_they_outlive_the_broker() -> None:
    assert import_module(settings.SESSION_ENGINE).__name__ == "django.contrib.sessions.backends.db"
