"""The read API of cases."""

import pytest
from django.test import Client

from cases.actions import translate_case
from tests.cases.conftest import NOW, Make, World


def test_the_list_answers_the_same_filters_as_the_page(client: Client, published: Make) -> None:
    published("Le vélo", stage="pilot")
    published("Le bus", stage="stopped", city="Évry")
    assert [case["title"] for case in client.get("/api/v1/cases/?q=velo").json()["results"]] == ["Le vélo"]
    assert client.get("/api/v1/cases/?stage=stopped&city=evry").json()["count"] == 1
    assert client.get("/api/v1/cases/?limit=1&sort=title").json()["results"][0]["title"] == "Le bus"


@pytest.mark.parametrize(
    "query",
    [
        "secret=1",
        "stage=nope",
        "sort=owner",
        "country=ZZ",
        "language=xx",
        "ordering=organisation__state",
        "expand=page",
    ],
)
def test_what_is_not_offered_is_refused_not_ignored(client: Client, world: World, query: str) -> None:
    answer = client.get(f"/api/v1/cases/?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_a_case_comes_whole_with_its_source_in_the_language_asked(
    client: Client, world: World, published: Make
) -> None:
    page = published("Un tour", context="Le *contexte*.", source_title="Rapport", source_licence="CC BY 4.0")
    body = client.get(f"/api/v1/cases/{page.number}/").json()
    assert body["sections"] == {"context": "Le *contexte*."}
    assert body["source"]["licence"] == "CC BY 4.0"
    assert body["organisation"] == {"name": "Rennes", "slug": "rennes"}
    assert client.get(f"/api/v1/cases/{page.number}/?language=en").json()["language"] == "fr"
    translate_case(actor=None, page=page, language="en", now=NOW).latest_revision.publish()
    assert client.get(f"/api/v1/cases/{page.number}/?language=en").json()["language"] == "en"


def test_a_draft_is_served_to_nobody(client: Client, draft: Make) -> None:
    page = draft()
    assert client.get(f"/api/v1/cases/{page.number}/").status_code == 404
    assert client.get("/api/v1/cases/").json()["count"] == 0


def test_an_unpublished_revision_of_a_public_case_is_not_served(client: Client, published: Make) -> None:
    page = published("Public", context="Ancien")
    words = page.latest_words()
    words.context = "Nouveau"
    words.save_revision()
    assert client.get(f"/api/v1/cases/{page.number}/").json()["sections"] == {"context": "Ancien"}


def test_nothing_is_written_here(client: Client, published: Make) -> None:
    page = published()
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(f"/api/v1/cases/{page.number}/").status_code in (401, 403, 405)
