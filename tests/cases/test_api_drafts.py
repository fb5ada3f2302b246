"""The write API: a program drafts for its organisation, never further."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cases.actions import publish_case, save_case
from cases.models import CasePage
from coalition.core.models import AuditLine
from coalition.notifications.models import Event
from members.actions.tokens import create_token, revoke_token
from members.models import Affiliation, OrganisationToken
from tests.cases.conftest import Make, World

LIST = "/api/v1/cases/"
CASE = {
    "external_id": "obs-42",
    "language": "fr",
    "title": "Prendre son tour par SMS",
    "summary": "Un message remplace la file.",
    "stage": "pilot",
    "country": "TG",
    "city": "Lomé",
    "started_on": "2024-03-12",
    "instruments": [],
    "indicators": [{"label": "Attente", "unit": "min", "baseline": "62", "value": "15,5"}],
}
Ask = Callable[..., HttpResponse]


@pytest.fixture
def token(world: World) -> tuple[OrganisationToken, str]:
    return create_token(actor=world.editor, organisation=world.city, name="Observatoire", days=90, now=timezone.now())


@pytest.fixture
def ask(token: tuple[OrganisationToken, str]) -> Ask:
    """A request with the token of Rennes, in JSON."""

    def send(method: str, address: str, body: Any = None, *, secret: str = token[1], **headers: str) -> HttpResponse:
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {
            "authorization": f"Bearer {secret}",
            **{name.replace("_", "-"): text for name, text in headers.items()},
        }
        client = Client(raise_request_exception=False, headers=named, enforce_csrf_checks=True)
        return client.generic(method, address, data, content_type="application/json")  # type: ignore[return-value]

    return send


def body(answer: HttpResponse) -> Any:
    return json.loads(answer.content)


def place(page_id: int) -> str:
    return f"{LIST}drafts/{page_id}/"


def test_a_program_creates_a_draft_that_nobody_else_sees(world: World, ask: Ask, client: Client) -> None:
    made = ask("POST", LIST, CASE)
    assert made.status_code == 201, made.content
    draft = body(made)
    assert (draft["state"], draft["city"], draft["started_on"]) == ("draft", "Lomé", "2024-03-12")
    assert draft["indicators"][0]["value"] == "15.5"
    page = CasePage.objects.get(pk=draft["id"])
    assert (page.organisation, page.live) == (world.city, False)
    assert made["Location"].endswith(place(page.pk))
    assert client.get(LIST).json()["count"] == 0


def test_the_log_names_the_organisation_the_token_and_the_person(
    world: World, ask: Ask, token: tuple[OrganisationToken, str]
) -> None:
    ask("POST", LIST, CASE)
    line = AuditLine.objects.get(action="case.create")
    assert line.actor == world.editor
    assert (line.data["organisation"], line.data["token"], line.data["token_name"]) == (
        world.city.pk, token[0].pk, "Observatoire",
    )  # fmt: skip
    token[0].refresh_from_db()
    assert token[0].last_used_at is not None


def test_the_same_identifier_twice_makes_one_draft(world: World, ask: Ask) -> None:
    first, again = ask("POST", LIST, CASE), ask("POST", LIST, CASE)
    assert (again.status_code, body(again)["id"]) == (200, body(first)["id"])
    other = ask("POST", LIST, {**CASE, "title": "Un autre titre"})
    assert other.status_code == 409
    assert body(other)["current"]["title"] == CASE["title"]
    assert CasePage.objects.count() == 1


def test_the_same_idempotency_key_twice_makes_one_draft(world: World, ask: Ask) -> None:
    words = {name: value for name, value in CASE.items() if name != "external_id"}
    first = ask("POST", LIST, words, Idempotency_Key="nuit-du-12")
    again = ask("POST", LIST, words, Idempotency_Key="nuit-du-12")
    assert (first.status_code, again.status_code) == (201, 200)
    assert CasePage.objects.count() == 1


def test_two_cities_may_use_the_same_identifier(world: World, ask: Ask) -> None:
    _token, theirs = create_token(
        actor=world.stranger, organisation=world.other_city, name="Ailleurs", days=30, now=timezone.now()
    )
    ask("POST", LIST, CASE)
    assert ask("POST", LIST, CASE, secret=theirs).status_code == 201
    assert CasePage.objects.filter(external_id="obs-42").count() == 2


def test_a_draft_is_changed_by_whoever_read_its_latest_words(world: World, ask: Ask) -> None:
    draft = body(ask("POST", LIST, CASE))
    saved = ask("PATCH", place(draft["id"]), {"failed": "Les SMS coûtent.", "based_on": draft["based_on"]})
    assert saved.status_code == 200
    assert (body(saved)["failed"], body(saved)["city"]) == ("Les SMS coûtent.", "Lomé")
    etag = saved["ETag"]
    whole = ask("PUT", place(draft["id"]), {"title": "Tout redit"}, If_Match=etag)
    assert whole.status_code == 200
    assert (body(whole)["title"], body(whole)["city"], body(whole)["indicators"]) == ("Tout redit", "", [])


def test_words_saved_meanwhile_are_shown_and_nothing_is_written(world: World, ask: Ask) -> None:
    draft = body(ask("POST", LIST, CASE))
    page = CasePage.objects.get(pk=draft["id"])
    save_case(
        actor=world.editor, page=page, content={"title": "D’une collègue"}, based_on=draft["based_on"],
        now=timezone.now(),
    )  # fmt: skip
    late = ask("PATCH", place(page.pk), {"title": "D’un programme", "based_on": draft["based_on"]})
    assert (late.status_code, body(late)["current"]["title"]) == (409, "D’une collègue")
    matched = ask("PATCH", place(page.pk), {"title": "D’un programme"}, If_Match=f'"{draft["based_on"]}"')
    assert (matched.status_code, body(matched)["current"]["title"]) == (412, "D’une collègue")
    assert ask("PATCH", place(page.pk), {"title": "Sans lire"}).status_code == 428
    assert CasePage.objects.get(pk=page.pk).latest_words().title == "D’une collègue"


def test_sending_a_draft_tells_the_organisers_once(world: World, ask: Ask) -> None:
    draft = body(ask("POST", LIST, CASE))
    sent = ask("POST", place(draft["id"]) + "submit/")
    assert (sent.status_code, body(sent)["state"]) == (200, "submitted")
    assert Event.objects.filter(kind="case.submitted").count() == 1
    again = ask("POST", place(draft["id"]) + "submit/")
    assert again.status_code == 409
    still = ask("PATCH", place(draft["id"]), {"title": "Trop tard", "based_on": draft["based_on"]})
    assert still.status_code == 409


def test_a_draft_without_summary_is_not_sent_and_says_which_field(world: World, ask: Ask) -> None:
    draft = body(ask("POST", LIST, {"title": "Un titre"}))
    answer = ask("POST", place(draft["id"]) + "submit/")
    assert answer.status_code == 400
    assert "summary" in body(answer)["detail"]


def test_the_desk_of_the_organisation_is_listed_and_no_other(world: World, ask: Ask, draft: Make) -> None:
    draft("À Rennes")
    draft("À Lomé", organisation=world.other_city)
    listed = body(ask("GET", f"{LIST}drafts/"))
    assert [case["title"] for case in listed["results"]] == ["À Rennes"]


@pytest.mark.parametrize("method", ["GET", "PATCH", "PUT"])
def test_the_case_of_another_city_is_not_there(world: World, ask: Ask, draft: Make, method: str) -> None:
    page = draft("À Lomé", organisation=world.other_city)
    assert ask(method, place(page.pk), {"title": "x", "based_on": 1}).status_code == 404
    assert ask("POST", place(page.pk) + "submit/").status_code == 404
    assert ask(method, place(999_999_999_999_999_999), {"title": "x", "based_on": 1}).status_code == 404


def test_the_token_of_an_organiser_writes_for_its_organisation_only(world: World, ask: Ask, draft: Make) -> None:
    _token, secret = create_token(
        actor=world.organiser, organisation=world.city, name="Équipe", days=30, now=timezone.now()
    )
    page = draft("À Lomé", organisation=world.other_city)
    assert ask("GET", place(page.pk), secret=secret).status_code == 404
    assert ask("POST", LIST, CASE, secret=secret).status_code == 201


def test_the_token_of_a_representative_writes_drafts(world: World, ask: Ask) -> None:
    _token, secret = create_token(
        actor=world.representative, organisation=world.city, name="Mairie", days=30, now=timezone.now()
    )
    assert ask("POST", LIST, CASE, secret=secret).status_code == 201


def test_a_token_that_no_longer_works_opens_nothing(
    world: World, ask: Ask, token: tuple[OrganisationToken, str]
) -> None:
    assert ask("GET", f"{LIST}drafts/", secret="coal_forged").status_code == 401
    OrganisationToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ask("GET", f"{LIST}drafts/").status_code == 401
    OrganisationToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert ask("GET", f"{LIST}drafts/").status_code == 200
    revoke_token(actor=world.editor, token=token[0], now=timezone.now())
    refused = ask("GET", f"{LIST}drafts/")
    assert refused.status_code == 401
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["WWW-Authenticate"].startswith("Bearer")


def test_a_token_goes_with_the_role_of_the_person_behind_it(world: World, ask: Ask) -> None:
    Affiliation.objects.filter(account=world.editor).update(ended_on="2025-01-02")
    assert ask("POST", LIST, CASE).status_code == 401
    assert not CasePage.objects.exists()


def test_a_token_goes_with_the_account_behind_it(world: World, ask: Ask) -> None:
    world.editor.is_active = False
    world.editor.save()
    assert ask("GET", f"{LIST}drafts/").status_code == 401


def test_the_session_of_a_browser_opens_nothing(world: World, signed_in: Callable[..., Client]) -> None:
    browser = signed_in(world.editor)
    answer = browser.post(LIST, json.dumps(CASE), content_type="application/json")
    assert answer.status_code == 403
    assert browser.get(f"{LIST}drafts/").status_code == 403
    assert Client().post(LIST, json.dumps(CASE), content_type="application/json").status_code == 401
    assert not CasePage.objects.exists()


def test_reading_needs_no_token_and_asks_none(client: Client, world: World, published: Make) -> None:
    published("Public")
    answer = client.get(LIST, headers={"authorization": "Bearer forged"})
    assert (answer.status_code, answer.json()["count"]) == (200, 1)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"title": "nul\x00"}, "title"),
        ({"title": "\ud800"}, "title"),
        ({"title": "a", "stage": "jamais"}, "stage"),
        ({"title": "a", "stage": None}, "stage"),
        ({"title": "a", "domain": "inconnu"}, "domain"),
        ({"title": "a", "instruments": ["inconnu"]}, "instruments"),
        ({"title": "a", "instruments": 3}, "instruments"),
        ({"title": "a", "country": "ZZ"}, "country"),
        ({"title": "a", "latitude": "1e999", "longitude": 1}, "latitude"),
        ({"title": "a", "latitude": 91, "longitude": 1}, "latitude"),
        ({"title": "a", "latitude": 12}, "longitude"),
        ({"title": "a", "started_on": "2024-13-01"}, "started_on"),
        ({"title": "a", "started_on": "2024-02-02", "ended_on": "2024-02-01"}, "ended_on"),
        ({"title": "a", "person_days": -3}, "person_days"),
        ({"title": "a", "person_days": 2.5}, "person_days"),
        ({"title": "a", "ongoing": "peut-être"}, "ongoing"),
        ({"title": "a", "website": "javascript:alert(1)"}, "website"),
        ({"title": "a", "context": "x" * 20_001}, "context"),
        ({"title": "a", "partners": "x"}, ""),
        ({"title": "a", "partners": [3]}, "partners"),
        ({"title": "a", "partners": [{"name": "P", "secret": 1}]}, "partners"),
        ({"title": "a", "partners": [{"role": "sans nom"}]}, "partners"),
        ({"title": "a", "indicators": [{"label": "L", "value": "1e50"}]}, "indicators"),
        ({"title": "a", "indicators": [{"label": "L", "value": "1"}] * 41}, "indicators"),
        ({"title": "a", "evidence": [{"title": "T", "url": "ftp://x"}]}, "evidence"),
        ({"title": "a", "pictures": []}, "pictures"),
        ({"title": "a", "live": True}, "live"),
        ({"title": "a", "organisation": 1}, "organisation"),
        ({"title": "a", "language": "xx"}, "language"),
        ({"title": "a", "external_id": "x" * 121}, "external_id"),
        ({"title": "a", "external_id": {"a": 1}}, "external_id"),
    ],
)
def test_what_cannot_be_kept_is_told_by_field(world: World, ask: Ask, words: dict[str, Any], field: str) -> None:
    answer = ask("POST", LIST, words)
    if not field:
        assert answer.status_code == 201
        return
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert field in body(answer)["detail"]
    assert not CasePage.objects.exists()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"3", 400),
        (b"\xff\xfe", 400),
        (b"[" * 200_000, 400),
        (b'{"title": ' + b"9" * 10_000 + b"}", 400),
        (b'{"title": "' + b"x" * (2 * 1024 * 1024) + b'"}', 413),
    ],
)
def test_a_body_that_is_no_case_is_refused(world: World, ask: Ask, sent: bytes, status: int) -> None:
    assert ask("POST", LIST, sent).status_code == status
    assert not CasePage.objects.exists()


def test_the_sentences_are_in_the_language_of_the_request(world: World, ask: Ask) -> None:
    french = body(ask("POST", LIST, {"title": "", "stage": "x"}, Accept_Language="fr"))["detail"]
    assert french["title"] == ["Cette réponse est nécessaire."]


def test_a_public_case_gets_new_words_that_readers_do_not_see(world: World, ask: Ask, published: Make) -> None:
    page = published("Public")
    draft = body(ask("GET", place(page.pk)))
    ask("PATCH", place(page.pk), {"title": "Nouveau", "based_on": draft["based_on"]})
    assert body(ask("GET", LIST))["results"][0]["title"] == "Public"
    publish_case(actor=world.organiser, page=CasePage.objects.get(pk=page.pk), now=timezone.now())
    assert body(ask("GET", LIST))["results"][0]["title"] == "Nouveau"


def test_a_token_that_asks_too_often_is_told_to_wait(world: World, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("members.adapters.TokenThrottle.rate", "2/min")
    answers = [ask("GET", f"{LIST}drafts/") for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0


def test_pictures_stay_when_the_whole_text_is_said_again(world: World, ask: Ask) -> None:
    draft = body(ask("POST", LIST, CASE))
    assert draft["pictures"] == []
    again = ask("PUT", place(draft["id"]), {"title": "Redit", "based_on": draft["based_on"]})
    assert body(again)["pictures"] == []
