"""A word of the glossary leads to its definition the first time a page says it, and only there."""

from typing import Any

from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import mark_safe
from django.utils.translation import override

from coalition.glossary.models import Term
from coalition.glossary.templatetags.glossary import Met, mark_terms
from tests.glossary.conftest import Define

LINK = '<dfn><a href="/fr/glossaire/{slug}/">{said}</a></dfn>'


def marked(html: str, language: str = "fr") -> str:
    return mark_terms(html, Met(list(Term.objects.all())), language)


def link(slug: str, said: str) -> str:
    return LINK.format(slug=slug, said=said)


def render(source: str, **context: Any) -> str:
    return Template("{% load glossary %}" + source).render(Context(context))


def test_the_first_occurrence_is_linked_whatever_its_number_its_spaces_and_its_case(words: None) -> None:
    assert marked("<p>Les Tiers lieux et un tiers-lieu.</p>") == (
        f"<p>Les {link('tiers-lieu', 'Tiers lieux')} et un tiers-lieu.</p>"
    )
    linked = link("echelle-ouverte", "échelles\u00a0ouvertes")
    assert marked("<p>Deux échelles\u00a0ouvertes</p>") == f"<p>Deux {linked}</p>"


def test_an_acronym_is_an_acronym_only_in_capitals_and_a_word_is_whole(words: None) -> None:
    assert marked("<p>L’OCB du lieu</p>") == f"<p>L’{link('ocb', 'OCB')} du lieu</p>"
    assert marked("<p>un ocb, des fablabiens, pseudo-fablab</p>") == "<p>un ocb, des fablabiens, pseudo-fablab</p>"


def test_a_synonym_leads_to_the_same_term_and_counts_as_its_occurrence(words: None) -> None:
    assert marked("<p>Un fablab, un tiers-lieu</p>") == f"<p>Un {link('tiers-lieu', 'fablab')}, un tiers-lieu</p>"


def test_headings_links_code_and_attributes_are_left_alone(words: None) -> None:
    html = '<h3>Un fablab</h3><p><a href="/fablab/">fablab</a> <code>fablab</code></p><pre>fablab</pre><hr>'
    assert marked(html) == html
    assert marked(html + "<p>fablab</p>").endswith(f"<p>{link('tiers-lieu', 'fablab')}</p>")


def test_a_text_is_read_in_its_own_language(words: None) -> None:
    assert marked("<p>A third place</p>") == "<p>A third place</p>"
    assert "/glossaire/tiers-lieu/" in marked("<p>A third place</p>", "en")
    with override("en"):
        assert "/en/glossary/tiers-lieu/" in marked("<p>Un fablab</p>", "fr")


def test_a_page_of_several_texts_links_a_term_once_and_defines_it_at_its_end(words: None) -> None:
    texts = {"one": mark_safe("<p>Un fablab.</p>"), "two": mark_safe("<p>Un fablab et une OCB.</p>")}
    with CaptureQueriesContext(connection) as queries:
        page = render('{% gloss one %}{% gloss two "fr" %}{% glossary_met %}', **texts)
    assert len(queries) == 1
    assert page.count("<dfn>") == 2
    assert (
        page.index("Mots expliqués")
        < page.index("Ce qu’est tiers-lieu.")
        < page.index("Ce qu’est organisation de base.")
    )


def test_what_is_not_safe_stays_to_be_escaped_and_nothing_met_says_nothing(words: None) -> None:
    assert render("{% gloss text %}", text="<b>fablab</b>") == "&lt;b&gt;fablab&lt;/b&gt;"
    assert render("{% gloss text %}{% glossary_met %}", text=mark_safe("<p>Rien.</p>")).strip() == "<p>Rien.</p>"


def test_without_terms_nothing_is_marked(define: Define) -> None:
    assert marked("<p>fablab</p>") == "<p>fablab</p>"
