"""HTML mails as text."""

import time

import pytest

from coalition.notifications.replies.markup import text_of_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un</p><p>Deux</p>", "Un\n\nDeux"),
        ("<div>Un</div><div><br></div><div>Deux</div>", "Un\n\nDeux"),
        ("Un<br/>Deux", "Un\nDeux"),
        ("<ul><li>un</li><li>deux</li></ul>", "- un\n- deux"),
        ("Un&nbsp;mot &lt;b&gt; &amp; un &eacute;t&eacute;", "Un mot <b> & un été"),
        ("<script>alert(1)</script><style>p{}</style>Un", "Un"),
        ("<blockquote>cité</blockquote>Un", "Un"),
        ("<div class='gmail_quote'><div>cité <div>encore</div></div></div>Un", "Un"),
        ("Un<div id='x_divRplyFwdMsg'>De : …</div>cité", "Un"),
        ('Un<div class="moz-signature">-- <br>Awa</div>', "Un"),
        ("<td>Un</td><td>deux</td>", "Un deux"),
    ],
)
def test_what_was_typed_comes_out_as_text(html: str, text: str) -> None:
    assert text_of_html(html).strip() == text


def test_a_quote_that_never_ends_hides_what_follows_and_nothing_before() -> None:
    assert text_of_html("Un<blockquote>cité").strip() == "Un"


@pytest.mark.parametrize("piece", ["<", "<!--", "<!--a>", "<div>", "<a b=", "<a b='>", "<![", "&", "<p", "</"])
def test_broken_html_is_read_in_a_moment(piece: str) -> None:
    began = time.monotonic()
    assert isinstance(text_of_html(piece * (200_000 // len(piece))), str)
    assert time.monotonic() - began < 8
