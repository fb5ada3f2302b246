"""A part of a page kept in memory: neither worked out nor written again until something public changes."""

import hashlib
from typing import Any

from django import template
from django.core.cache import caches
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString

from coalition.core.languages import reader_language

register = template.Library()
LIFETIME = 600
"""Seconds; a part that nobody asks for any more makes room."""


class KeptNode(template.Node):
    """Writes its block with the mapping that `lazy` makes, or gives back what the block said before."""

    child_nodelists = ("nodelist",)

    def __init__(self, lazy: FilterExpression, key: list[FilterExpression], nodelist: NodeList) -> None:
        self.lazy = lazy
        self.key = key
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """Calls `lazy` only where nothing is in memory. Readers whose pages are not shared get no memory."""
        generation = getattr(context.get("request"), "page_generation", None)
        if generation is None:
            return self._written(context)
        named = [str(part.resolve(context)) for part in self.key]
        asked = repr((self.lazy.token, generation, reader_language(), *named))
        key = f"part.{hashlib.sha256(asked.encode()).hexdigest()}"
        kept: SafeString | None = caches["parts"].get(key)
        if kept is None:
            kept = self._written(context)
            caches["parts"].set(key, kept, LIFETIME)
        return kept

    def _written(self, context: template.Context) -> SafeString:
        values: dict[str, Any] = self.lazy.resolve(context)
        with context.push(**values):
            return self.nodelist.render(context)


@register.tag
def keep(parser: Parser, token: Token) -> KeptNode:
    """`{% keep atlas selection.query %}…{% endkeep %}`: the block sees what the mapping made by `atlas` holds.

    `atlas`: a variable without arguments to call, which is called only when the block has to be written. What follows
    it tells this block from others of the same kind. Nothing in it may depend on who reads: the language, what follows
    `atlas` and the generation of the pages are all that tells one text from another.
    """
    _name, lazy, *key = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeptNode(parser.compile_filter(lazy), [parser.compile_filter(part) for part in key], nodelist)
