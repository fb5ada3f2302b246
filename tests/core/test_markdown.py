"""Contributors write Markdown; no reader's browser ever runs what they wrote."""

import time
from html.parser import HTMLParser

import pytest

from coalition.core.markdown import ALLOWED_TAGS, to_html, to_inline_html, to_marked_html

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    '<a href="https://example.org" onclick="alert(1)">x</a>',
    "<svg/onload=alert(1)>",
    "<iframe src=//example.org></iframe>",
    "![x](https://example.org/pixel.png)",
    "<style>*{display:none}</style>",
    '<div style="position:fixed">x</div>',
    '[x](https://example.org "onmouseover=alert(1)")',
    "<https://example.org/<script>alert(1)</script>>",
    "`<script>alert(1)</script>`",
    "[x]: javascript:alert(1)\n\n[x]",
]


class Tags(HTMLParser):
    """Collects the tags and attributes a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_hostile_survives(source: str) -> None:
    browser = Tags()
    browser.feed(to_html(source))
    for tag, attributes in browser.seen:
        assert tag in ALLOWED_TAGS
        assert set(attributes) <= {"href", "rel", "start"}
        assert not attributes.get("href") or attributes["href"].startswith(("https://", "http://", "mailto:"))


def test_paragraphs_lists_emphasis_and_links_come_through() -> None:
    html = to_html("Un **essai** :\n\n- *un*\n- [deux](https://example.org/)\n")
    assert "<strong>essai</strong>" in html
    assert "<li><em>un</em></li>" in html
    assert '<a href="https://example.org/" rel="nofollow noopener">deux</a>' in html


def test_headings_start_at_the_third_level() -> None:
    html = to_html("# Un\n\n## Deux\n\n### Trois\n\n#### Quatre\n")
    assert html.count("<h3>") == 3
    assert html.count("<h4>") == 1
    assert "<h1" not in html
    assert "<h2" not in html


def test_an_ordered_list_keeps_its_first_number() -> None:
    assert '<ol start="4">' in to_html("4. quatre\n5. cinq\n")


def test_no_text_gives_no_html() -> None:
    assert to_html("") == ""


def test_the_tags_of_the_text_are_shown_not_lost() -> None:
    assert "&lt;b&gt;" in to_html("le signe <b>gras</b>")


def test_what_nests_without_end_is_read_in_bounded_time() -> None:
    begun = time.perf_counter()
    assert "x" in to_html("[" * 5_000 + "x")
    to_html(">" * 5_000 + " x")
    to_html("*a " * 5_000)
    assert time.perf_counter() - begun < 5


def test_a_sentence_stands_without_the_paragraph_around_it_and_is_as_safe() -> None:
    assert to_inline_html("Un **mot** <b>x</b>.") == "Un <strong>mot</strong> &lt;b&gt;x&lt;/b&gt;."
    assert to_inline_html("Un.\n\nDeux.") == "<p>Un.</p>\n<p>Deux.</p>"


@pytest.mark.parametrize(
    ("source", "passage", "expected"),
    [
        ("Une phrase. Une autre.", "Une autre.", '<p>Une phrase. <mark id="p1">Une autre.</mark></p>\n'),
        ("- un ;\n- deux.", "deux.", '<ul>\n<li>un ;</li>\n<li><mark id="p1">deux.</mark></li>\n</ul>\n'),
        ("## Titre", "Titre", '<h3><mark id="p1">Titre</mark></h3>\n'),
        ("**A b. C** d.", "C** d.", '<p><strong>A b. <mark id="p1">C</mark></strong><mark> d.</mark></p>\n'),
        ("Vu _ici_ là.", "Vu _ici_ là.", '<p><mark id="p1">Vu </mark><em><mark>ici</mark></em><mark> là.</mark></p>\n'),
        ("_Tout._ Fin.", "_Tout._", '<p><em><mark id="p1">Tout.</mark></em> Fin.</p>\n'),
        ("A <b>x</b> & y.", "A <b>x</b> & y.", '<p><mark id="p1">A &lt;b&gt;x&lt;/b&gt; &amp; y.</mark></p>\n'),
    ],
)  # fmt: skip
def test_a_passage_is_marked_without_breaking_what_surrounds_it(source: str, passage: str, expected: str) -> None:
    start = source.index(passage)
    assert to_marked_html(source, [(start, start + len(passage), "p1")]) == expected


def test_marks_that_overlap_or_cannot_be_drawn_are_left_out() -> None:
    assert to_marked_html("Une phrase.", [(0, 11, "a"), (4, 11, "b")]) == '<p><mark id="a">Une phrase.</mark></p>\n'
    assert to_marked_html("Une ⸤phrase⸥.", [(0, 3, "a")]) == "<p>Une ⸤phrase⸥.</p>\n"
    assert to_marked_html("Une phrase.", []) == "<p>Une phrase.</p>\n"
