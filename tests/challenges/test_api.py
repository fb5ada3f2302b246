"""The read API: public challenges, strict filters, and no response that is not retained and named."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coalition.challenges.actions import answer_response, close_challenge
from coalition.challenges.models import Response
from tests.challenges.conftest import NOW, Make, World

Sent = Callable[..., Response]


def test_public_challenges_are_listed_with_where_they_stand(
    world: World, client: Client, published: Make, draft: Make
) -> None:
    published("Ouvert", closes_at=None)
    draft("Zorglub")
    answer = client.get("/api/v1/challenges/").json()
    assert [one["title"] for one in answer["results"]] == ["Ouvert"]
    assert answer["results"][0]["phase"] == "open"
    assert answer["results"][0]["retained"] == []
    assert client.get("/api/v1/challenges/zorglub/").status_code == 404


def test_retained_responses_are_named_once_concluded_where_they_agreed(
    world: World, client: Client, published: Make, sent: Sent
) -> None:
    challenge = published(closes_at=None)
    response = sent(challenge, "Zorglub vocal.", may_be_named=True)
    address = f"/api/v1/challenges/{challenge.slug}/"
    answer_response(actor=world.editor, response=response, retained=True, reason="Zorglub", based_on=1, now=NOW)
    assert client.get(address).json()["retained"] == []
    close_challenge(actor=world.editor, challenge=challenge, outcome="Décidé.", now=NOW)
    shown = client.get(address)
    assert shown.json()["retained"] == ["lome"]
    assert "Zorglub" not in shown.content.decode()
    Response.objects.update(may_be_named=False)
    assert client.get(address).json()["retained"] == []


def test_a_filter_nobody_offers_is_an_error_and_the_list_costs_the_same_at_any_size(
    world: World, client: Client, published: Make
) -> None:
    assert client.get("/api/v1/challenges/?sought=gold").status_code == 400
    assert client.get("/api/v1/challenges/?colour=red").status_code == 400
    published("Un", closes_at=None)
    counts = []
    for more in (0, 6):
        for number in range(more):
            published(f"Autre {number}", closes_at=None)
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/api/v1/challenges/?sought=solution").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 4
