"""What a term says of itself."""

from django.utils.translation import override

from coalition.core.page_cache import generation
from coalition.core.synonyms import load_synonyms
from coalition.glossary.models import Term, synonym_groups
from tests.glossary.conftest import Define


def test_a_term_speaks_the_readers_language(words: None) -> None:
    term = Term.objects.get(slug="ocb")
    assert (str(term), term.other_label, term.synonyms, term.letter) == (
        "organisation de base", "community-based organisation", [], "O",
    )  # fmt: skip
    with override("en"):
        assert (term.label, term.synonyms, term.letter) == ("community-based organisation", ["CBO"], "C")
        assert term.get_absolute_url() == "/en/glossary/ocb/"
    assert term.names_in("en") == ["community-based organisation", "CBO", "OCB"]


def test_a_new_term_gets_an_address_nobody_has_and_keeps_it(define: Define) -> None:
    first = Term.objects.create(term_fr="Été indien", term_en="x", definition_fr="x", definition_en="x")
    second = Term.objects.create(term_fr="Été-indien", term_en="x", definition_fr="x", definition_en="x")
    assert (first.slug, second.slug) == ("ete-indien", "ete-indien-2")
    first.term_fr = "Autre nom"
    first.save()
    assert first.slug == "ete-indien"


def test_each_change_makes_kept_pages_forgotten(define: Define) -> None:
    seen = {generation()}
    term = define("mot")
    seen.add(generation())
    term.save()
    seen.add(generation())
    term.delete()
    seen.add(generation())
    assert len(seen) == 4


def test_its_names_are_synonyms_for_every_search(words: None) -> None:
    assert ["organisation de base", "community-based organisation", "OCB", "CBO"] in synonym_groups()
    length, others = load_synonyms().find(["ocb"])
    assert length == 1
    assert ("community", "based", "organisation") in others
