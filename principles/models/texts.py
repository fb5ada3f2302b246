"""What a version says, and the canonical form that is hashed."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from coalition.core.text import settle_text as settle_text

MAX_TITLE = 160
MAX_TEXT = 20_000
MAX_MOTIVE = 5_000
MIN_MOTIVE = 10
# What a signed text may not hold: controls, halves of characters, and signs that turn the order of reading around.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article as it goes into a version; its place is its rank in the list."""

    key: str
    title_fr: str
    title_en: str
    text_fr: str
    text_en: str


@dataclass(frozen=True, slots=True)
class CharterText:
    """Everything a reader of a version reads, in both languages."""

    title_fr: str
    title_en: str
    preamble_fr: str
    preamble_en: str
    articles: tuple[ArticleText, ...]


def canonical_form(*, slug: str, language: str, number: int, previous: str | None, text: CharterText) -> str:
    """The JSON whose UTF-8 bytes are hashed; `docs/features/charter.md` describes it for whoever checks it.

    Keys sorted, no white space outside strings, characters as they are (no \\u escapes), strings settled by
    `settle_text`. `previous` is the hash of the version before, None for the first.
    """
    document: dict[str, Any] = {
        "articles": [
            {
                "key": article.key,
                "position": position,
                "text": {"en": settle_text(article.text_en), "fr": settle_text(article.text_fr)},
                "title": {"en": settle_text(article.title_en), "fr": settle_text(article.title_fr)},
            }
            for position, article in enumerate(text.articles, start=1)
        ],
        "authentic_language": language,
        "charter": slug,
        "number": number,
        "preamble": {"en": settle_text(text.preamble_en), "fr": settle_text(text.preamble_fr)},
        "previous": previous,
        "title": {"en": settle_text(text.title_en), "fr": settle_text(text.title_fr)},
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(canonical: str) -> str:
    """SHA-256 of the UTF-8 bytes of a canonical form: 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
