"""Text as machines compare it."""

import unicodedata

from anyascii import anyascii


def fold(text: str) -> str:
    """Lower-case ASCII form of `text` without accents or doubled spaces: "Évaluation  à Lomé" -> "evaluation a lome".

    Index and query are folded alike, because the bundled PostgreSQL has no unaccent.
    """
    return " ".join(anyascii(unicodedata.normalize("NFC", text)).lower().split())


def one_line(text: str) -> str:
    """`text` with control characters and line breaks turned into single spaces (for subjects, labels, headers)."""
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())
