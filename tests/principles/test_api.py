import hashlib
import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from principles.actions import accept_amendment
from tests.principles.conftest import ARTICLES, MOTIVE, NOW, World

ROOT = "/api/v1/charter/"


def get(client: Client, address: str = "", status: int = 200) -> Any:
    response = client.get(f"{ROOT}{address}")
    assert response.status_code == status
    return response.json()


def test_the_hash_of_the_current_charter_is_that_of_the_canonical_text_given_with_it(
    client: Client, world: World
) -> None:
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    data = get(client)
    assert hashlib.sha256(data["canonical"].encode("utf-8")).hexdigest() == data["sha256"]
    assert (data["number"], data["previous_sha256"]) == (2, world.first.sha256)


def test_the_canonical_text_can_be_rebuilt_from_the_other_fields(client: Client, world: World) -> None:
    data = get(client, "versions/1/")
    document = {
        "charter": data["charter"],
        "number": data["number"],
        "previous": data["previous_sha256"],
        "authentic_language": data["authentic_language"],
        **{name: data[name] for name in ("title", "preamble", "articles")},
    }
    assert json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == data["canonical"]
    assert [article["key"] for article in data["articles"]] == [article.key for article in ARTICLES]


def test_versions_are_listed_latest_first(client: Client, world: World) -> None:
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    data = get(client, "versions/")
    assert [row["number"] for row in data["results"]] == [2, 1]
    assert data["results"][0]["url"] == "http://testserver/fr/charte/version/2/"


def test_amendments_are_listed_once_proposed_and_never_before(client: Client, world: World) -> None:
    world.draft(title="Canari", text_fr="Canari du texte.", motive="Canari du motif.")
    opened = world.opened()
    assert [row["number"] for row in get(client, "amendments/")["results"]] == [opened.number]
    assert "Canari" not in json.dumps(get(client, "amendments/"))
    detail = get(client, f"amendments/{opened.number}/")
    assert detail["text"] == {"fr": opened.text_fr, "en": opened.text_en}
    assert detail["decision"] is None and "@" not in json.dumps(detail)


def test_a_decided_amendment_carries_its_decision(client: Client, world: World) -> None:
    amendment = world.opened()
    accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW)
    decision = get(client, f"amendments/{amendment.number}/")["decision"]
    assert (decision["outcome"], decision["motive"], decision["version"]) == ("accepted", MOTIVE, 2)


@pytest.mark.parametrize("address", ["versions/9/", "amendments/9/", "versions/99999999999999999999/"])
def test_what_is_not_there_is_a_404_problem(client: Client, world: World, address: str) -> None:
    response = client.get(f"{ROOT}{address}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json" and response.json()["status"] == 404


def test_before_the_first_version_everything_is_a_404_problem(client: Client, db: None) -> None:
    for address in ("", "versions/", "amendments/"):
        assert get(client, address, 404)["status"] == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["", "versions/", "versions/1/", "amendments/"])
def test_nothing_is_written_through_it(client: Client, world: World, method: str, address: str) -> None:
    response = getattr(client, method)(f"{ROOT}{address}", data="{}", content_type="application/json")
    assert response.status_code == 405 and response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["", "versions/", "amendments/?limit=200"])
def test_the_number_of_queries_does_not_follow_the_number_of_amendments(
    client: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    counts = []
    for _round in range(2):
        for _n in range(5):
            world.opened()
        with django_assert_max_num_queries(8) as captured:
            get(client, address)
        counts.append(len(captured))
    assert counts[0] == counts[1]
