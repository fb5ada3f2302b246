"""A reader traces a sentence, compares two versions and reads what happened, in a constant number of queries."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from principles.actions import accept_amendment, draft_version, publish_draft_version
from principles.actions.charter import publish_version
from principles.models import ArticleText, Charter, CharterText, Decision, Version
from tests.principles.conftest import MOTIVE, NOW, World


def adopted(world: World, text: str, days: int = 1) -> None:
    amendment = world.opened(text_fr=text, text_en=f"{text} (en)", title=f"Titre {days}")
    accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW + timedelta(days=days))


def test_each_sentence_leads_to_who_made_it_and_to_the_sentence_itself(client: Client, world: World) -> None:
    adopted(world, "Les données sont ouvertes à la collectivité à sa demande. Chaque mois.")
    html = client.get("/fr/charte/version/2/origines/donnees/").content.decode()
    assert 'id="donnees-2"' in html and 'href="#origine-2"' in html and 'id="origine-2"' in html
    assert world.city.name in html and MOTIVE in html and "Titre 1" in html
    assert "C’est le premier texte" in html
    whole = client.get("/fr/charte/version/2/origines/").content.decode()
    assert "Garder un guichet humain" in whole and 'id="preambule"' in whole
    assert client.get("/fr/charte/version/2/origines/absent/").status_code == 404
    assert "every month" not in client.get("/en/charter/version/1/origins/donnees/").content.decode()


def test_the_program_gets_the_same_as_the_reader(client: Client, world: World) -> None:
    adopted(world, "Les données sont ouvertes à la collectivité à sa demande. Chaque mois.")
    data = client.get("/api/v1/charter/versions/2/origins/donnees/").json()
    assert [(one["text"], one["made"]) for one in data["sentences"]][1:] == [
        ("Les données sont ouvertes à la collectivité à sa demande.", 1),
        ("Chaque mois.", 2),
    ]
    assert data["versions"][1]["who"] == world.city.name and data["versions"][1]["decision_motive"] == MOTIVE
    english = client.get("/api/v1/charter/versions/2/origins/?language=en").json()
    assert (english["language"], english["sha256"]) == ("en", Version.objects.get(number=2).sha256)
    assert client.get("/api/v1/charter/versions/2/origins/absent/").status_code == 404
    compared = client.get("/api/v1/charter/versions/1/compare/2/").json()
    assert [one["state"] for one in compared["articles"]] == ["same", "same", "changed"]
    assert [one["kind"] for one in client.get("/api/v1/charter/timeline/").json()["results"]][:2] == [
        "version",
        "accepted",
    ]


def test_two_versions_are_chosen_from_a_form_and_what_moved_is_said_in_words(client: Client, world: World) -> None:
    first, second, third = world.first.text().articles
    text = CharterText(
        "Charte", "Charter", "Nous.", "We.", (third, first, ArticleText("neuf", "Neuf", "New", "N.", "N."))
    )
    assert second
    draft = draft_version(actor=world.organiser, coalition=world.coalition, text=text, now=NOW)
    publish_draft_version(actor=world.organiser, draft=draft, motive=MOTIVE, now=NOW)
    chosen = client.get("/fr/charte/comparer/?old=1&new=2")
    assert chosen["Location"] == "/fr/charte/comparer/1/2/"
    html = client.get(chosen["Location"]).content.decode()
    assert "ajouté, article 3" in html and "retiré, c’était l’article 2" in html
    assert "déplacé de la place 3 à la place 1" in html or "déplacé de la place 1 à la place 2" in html
    assert "supprimé" in html and "<del>" in html
    for asked in ("", "?old=1&new=1", "?old=x&new=²", "?old=9&new=1"):
        assert client.get(f"/fr/charte/comparer/{asked}").status_code == 200
    assert "différentes" in client.get("/fr/charte/comparer/?old=1&new=1").content.decode()


def test_the_story_of_the_charter_is_on_one_page(client: Client, world: World) -> None:
    adopted(world, "Un texte.")
    world.opened("guichet", title="Encore ouvert")
    html = client.get("/fr/charte/chronologie/").content.decode()
    assert "Encore ouvert" in html and "par l’amendement nº" in html and "5 moments" in html


PAGES = (
    "version/{n}/origines/",
    "version/{n}/origines/a7/",
    "comparer/1/{n}/",
    "chronologie/",
    "version/{n}/fichiers/",
)
PAGES += ("version/{n}/fichiers/akoma-ntoso/avec-opinions/", "comparer/")


@pytest.mark.parametrize("versions", [3, 60])
def test_a_long_charter_costs_no_more_queries_than_a_short_one(client: Client, world: World, versions: int) -> None:
    charter = Charter.objects.get(pk=world.charter.pk)
    amendments = [world.opened(text_fr=f"Texte {n}.", text_en=f"Text {n}.") for n in range(2)]
    articles = [ArticleText(f"a{n}", f"Titre {n}", f"Title {n}", f"Phrase {n}. Suite.", "S.") for n in range(60)]
    for number in range(2, versions + 1):
        articles[number % 60] = ArticleText(f"a{number % 60}", "T", "T", f"Phrase neuve {number}. Suite.", "S.")
        text = CharterText("C", "C", "P.", "P.", tuple(articles))
        version = publish_version(charter=charter, text=text, previous=charter.in_force, actor=world.organiser, now=NOW)
        if number <= 3:
            amendments[number - 2].__class__.objects.filter(pk=amendments[number - 2].pk).update(
                state="accepted", decided_at=NOW
            )
            Decision.objects.create(
                amendment=amendments[number - 2], outcome="accepted", motive=MOTIVE, decided_by=world.organiser,
                decided_at=NOW, version=version,
            )  # fmt: skip
    counts = {}
    for page in PAGES:
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/fr/charte/{page.format(n=versions)}").status_code == 200
        counts[page] = len(queries)
    assert max(counts.values()) <= 10, counts
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/api/v1/charter/versions/{versions}/origins/").status_code == 200
    assert len(queries) <= 10
