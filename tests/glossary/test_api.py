"""The glossary for machines."""

from django.test import Client


def test_terms_are_given_in_both_languages(client: Client, words: None) -> None:
    answer = client.get("/api/v1/glossary/").json()
    assert [term["slug"] for term in answer["results"]] == ["echelle-ouverte", "ocb", "tiers-lieu"]
    term = client.get("/api/v1/glossary/ocb/").json()
    assert (term["acronym"], term["term_en"], term["synonyms_en"]) == ("OCB", "community-based organisation", ["CBO"])
    assert term["url"].endswith("/glossaire/ocb/")
    assert client.get("/api/v1/glossary/rien/").status_code == 404
    assert client.post("/api/v1/glossary/").status_code == 405
    assert "glossary" in client.get("/api/v1/").json()
