"""What a reader's words ask of the index of texts."""

import re
from typing import Any

from django.contrib.postgres.search import SearchQuery

from coalition.core.text import fold

WORD = re.compile(r"[a-z0-9]+")
SHORTEST_PREFIX = 3
MOST_WORDS = 20


def text_query(text: str) -> Any:
    """The tsquery of a reader's words, or None when they hold no letter and no figure.

    Words are folded as the index is ("hopitaux" finds « hôpitaux »), read as French or as English (quotes, "or" and
    minus work), or taken as the beginnings of words, so that "mobil" finds « mobilité ».
    """
    folded = fold(text)
    words = WORD.findall(folded)[:MOST_WORDS]
    if not words:
        return None
    query: Any = SearchQuery(folded, config="french", search_type="websearch")
    query |= SearchQuery(folded, config="english", search_type="websearch")
    plain = not any(sign in folded for sign in '"-')
    if plain and all(len(word) >= SHORTEST_PREFIX for word in words):
        beginnings = " & ".join(f"{word}:*" for word in words)
        query |= SearchQuery(beginnings, config="simple", search_type="raw")
    return query
