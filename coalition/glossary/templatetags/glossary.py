"""The first time a page says a word of the glossary, it leads to the definition; without a script, on paper too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from coalition.core.languages import reader_language
from coalition.glossary.models import Term

register = template.Library()
TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?([a-z0-9]+)")
CLOSED = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "dfn", "th", "caption"})
"""Inside these nothing is marked."""
SPACE = "[\\s\u00a0\u202f-]+"
APOSTROPHE = "(?:['’]|&#x27;|&#39;)"
PLACE = "glossary"


@dataclass(slots=True)
class Met:
    """The terms a page may still meet, as one expression a language, and those it has met, in order."""

    terms: list[Term]
    met: dict[str, Term] = field(default_factory=dict)
    _patterns: dict[str, tuple[re.Pattern[str] | None, list[Term]]] = field(default_factory=dict)

    def pattern(self, language: str) -> tuple[re.Pattern[str] | None, list[Term]]:
        """One expression with a group for each term, and the terms by their group; made once a language."""
        if language not in self._patterns:
            pairs = [(name, term) for term in self.terms for name in term.names_in(language)]
            pairs.sort(key=lambda pair: -len(pair[0]))
            named = "|".join(f"({_expression(name)})" for name, _term in pairs)
            found = re.compile(rf"(?<![\w-])(?:{named})(?![\w-])", re.IGNORECASE) if pairs else None
            self._patterns[language] = (found, [term for _name, term in pairs])
        return self._patterns[language]


def _expression(name: str) -> str:
    """A name as a text may write it: any space, any apostrophe, words in the plural; an acronym as it stands."""
    words = re.split(r"[\s\u00a0\u202f-]+", name.strip())
    if name.isupper():
        return f"(?-i:{SPACE.join(map(re.escape, words))})"
    plural = (re.escape(word) + ("" if word.endswith(("s", "x")) or len(word) < 4 else "[sx]?") for word in words)
    return re.sub(r"['’]", lambda _sign: APOSTROPHE, SPACE.join(plural))


def _state(context: Context) -> Met:
    """Kept while one page is rendered; the terms are read once, when the first text asks. One query."""
    kept = context.render_context
    if PLACE not in kept:
        kept[PLACE] = Met(list(Term.objects.all()))
    state: Met = kept[PLACE]
    return state


def mark_terms(html: str, state: Met, language: str) -> str:
    """`html` (sanitised) with each term not met yet linked where it is first said; headings, links, code untouched."""
    pattern, terms = state.pattern(language)
    if pattern is None:
        return html
    closed, parts = 0, []
    for part in TAG.split(html):
        name = NAME.match(part)
        if name is not None:
            closed += _depth(part) if name[1] in CLOSED else 0
        elif not closed:
            part = pattern.sub(lambda found: _linked(found, terms, state), part)
        parts.append(part)
    return "".join(parts)


def _depth(tag: str) -> int:
    return -1 if tag.startswith("</") else 0 if tag.endswith("/>") else 1


def _linked(found: re.Match[str], terms: list[Term], state: Met) -> str:
    term = terms[(found.lastindex or 1) - 1]
    if term.slug in state.met:
        return found[0]
    state.met[term.slug] = term
    said = mark_safe(found[0])  # noqa: S308 - a piece of HTML that was safe on entry
    return format_html('<dfn><a href="{}">{}</a></dfn>', term.get_absolute_url(), said)


@register.simple_tag(takes_context=True)
def gloss(context: Context, html: Any, language: str = "") -> SafeString | str:
    """`{% gloss section.html "fr" %}`: safe HTML of a text in that language (the reader's by default), terms linked.

    Each term once a page, whatever the number of texts. What is not marked safe comes back as it is, to be escaped.
    """
    if not isinstance(html, SafeString) or not html:
        return html
    return mark_safe(mark_terms(html, _state(context), language or reader_language()))  # noqa: S308 - safe on entry


@register.inclusion_tag("glossary/met.html", takes_context=True)
def glossary_met(context: Context) -> dict[str, Iterable[Term]]:
    """The terms the texts above have met, with their definitions: what paper needs, since it follows no link."""
    state = context.render_context.get(PLACE)
    return {"terms": list(state.met.values()) if isinstance(state, Met) else []}
