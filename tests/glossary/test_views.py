"""The glossary as its readers see it."""

import json
import re

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.glossary.conftest import Define


def described(text: str) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_all_terms_are_on_one_page_under_anchors_that_last(client: Client, words: None) -> None:
    text = client.get("/fr/glossaire/").content.decode()
    assert text.index('id="echelle-ouverte"') < text.index('id="ocb"') < text.index('id="tiers-lieu"')
    assert 'href="#lettre-E"' in text and 'id="lettre-E"' in text
    assert "Ce qu’est tiers-lieu." in text
    terms = described(text)["hasDefinedTerm"]
    assert [term["@type"] for term in terms] == ["DefinedTerm"] * 3
    assert "third place" in client.get("/en/glossary/").content.decode()


def test_a_term_has_its_page_in_both_languages(client: Client, words: None) -> None:
    answer = client.get("/fr/glossaire/ocb/")
    text = answer.content.decode()
    assert "<dfn>organisation de base</dfn>" in text
    assert "community-based organisation" in text and "Texte de la coalition" in text
    assert "/fr/cas/?q=organisation%20de%20base" in text
    assert described(text)["alternateName"] == ["OCB"]
    links = {link["code"]: link["url"] for link in answer.context["language_links"]}
    assert links == {"fr": "/fr/glossaire/ocb/", "en": "/en/glossary/ocb/"}
    assert client.get("/en/glossary/ocb/").status_code == 200
    assert client.get("/fr/glossaire/rien/").status_code == 404


def test_an_empty_glossary_says_so_and_reading_is_all_one_may_do(client: Client, db: None) -> None:
    assert "Aucun mot n’est encore défini" in client.get("/fr/glossaire/").content.decode()
    assert client.post("/fr/glossaire/").status_code == 405


def test_it_costs_the_same_queries_with_few_and_many_terms(client: Client, define: Define) -> None:
    def cost() -> int:
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/fr/glossaire/").status_code == 200
        return len(queries)

    define("un")
    cost()
    few = cost()
    for rank in range(30):
        define(f"mot {rank}")
    assert cost() == few <= 10
