"""Markdown as contributors may write it: a small subset, sanitised twice (no raw HTML parsed, nh3 afterwards)."""

import re
from collections.abc import Iterator, Sequence

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


# Two rare brackets: being punctuation, they leave emphasis and lists around them what they were.
OPENS, CLOSES = "\u2e24", "\u2e25"
_PIECES = re.compile(rf"<[^>]*>|[{OPENS}{CLOSES}]|[^<{OPENS}{CLOSES}]+")


def to_marked_html(source: str, marks: Sequence[tuple[int, int, str]], top: int = 3) -> SafeString:
    """As `to_html`, with passages of the source highlighted: `<mark id="…">`.

    A mark is (start, end, id): offsets of whole words inside one block of the source, an id of letters, figures and
    hyphens. Marks that overlap one before them are left out. A source that holds our two signs is shown without marks.
    """
    kept = _apart(marks)
    if not kept or OPENS in source or CLOSES in source:
        return to_html(source, top)
    pieces, at = [], 0
    for start, end, _name in kept:
        pieces += [source[at:start], OPENS, source[start:end], CLOSES]
        at = end
    html = to_html("".join([*pieces, source[at:]]), top)
    return mark_safe("".join(_highlighted(html, iter([name for *_span, name in kept]))))  # noqa: S308 - clean, see above


def _apart(marks: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for start, end, name in sorted(marks):
        if start < end and (not kept or start >= kept[-1][1]):
            kept.append((start, end, name))
    return kept


def _highlighted(html: str, names: Iterator[str]) -> Iterator[str]:
    """Our signs as elements that never cross another one: closed before each tag, opened again after it."""
    inside, fresh = False, ""
    for piece in _PIECES.findall(html):
        if piece == OPENS:
            inside, fresh = True, next(names, "")
        elif piece == CLOSES:
            inside = False
        elif piece.startswith("<"):
            yield piece.replace(OPENS, "").replace(CLOSES, "")
        elif inside and piece.strip():
            yield f'<mark id="{fresh}">{piece}</mark>' if fresh else f"<mark>{piece}</mark>"
            fresh = ""
        else:
            yield piece
