"""Markdown as contributors may write it: a small subset, sanitised twice (no raw HTML parsed, nh3 afterwards)."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TEXT = "p ul ol li strong em a blockquote code br hr"
HEADINGS = "h2 h3 h4 h5 h6"
TABLES = "table thead tbody tr th td"
ALLOWED_TAGS = set(f"{TEXT} {HEADINGS} {TABLES}".split())
_HEADING = re.compile(r"<(/?)h([1-6])>")
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
_parser.enable("table").disable(["image", "html_block", "html_inline"])


def to_html(source: str, top: int = 3) -> SafeString:
    """Safe HTML of a Markdown text without headings above level `top` (3 below a section, 2 on a page of text).

    Links are http, https or mailto only and carry `rel="nofollow noopener"`.
    """
    html = _HEADING.sub(lambda tag: f"<{tag[1]}h{max(int(tag[2]), top)}>", _parser.render(source or ""))
    clean = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(clean)  # noqa: S308 - sanitised by nh3 on the line above


def to_inline_html(source: str) -> SafeString:
    """Safe HTML of one sentence, without the paragraph around it; several blocks stay blocks."""
    html = to_html(source).strip()
    alone = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    return mark_safe(html[3:-4] if alone else html)  # noqa: S308 - sanitised by to_html, one tag taken off
