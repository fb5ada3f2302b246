"""Text as machines compare it."""

import unicodedata

from anyascii import anyascii

HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
JOINERS = "\u200c\u200d"


def fold(text: str) -> str:
    """Lower-case ASCII form of `text` without accents or doubled spaces: "Évaluation  à Lomé" -> "evaluation a lome".

    Index and query are folded alike, because the bundled PostgreSQL has no unaccent.
    """
    return " ".join(anyascii(unicodedata.normalize("NFC", text)).lower().split())


def one_line(text: str) -> str:
    """`text` with control characters and line breaks turned into single spaces (for subjects, labels, headers)."""
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())


def has_hidden_characters(text: str) -> bool:
    """Whether a line holds what nobody sees: controls, line breaks, marks that turn writing around, unassigned.

    The two joiners that Persian and the scripts of India need are let through.
    """
    return any(unicodedata.category(c) in HIDDEN and c not in JOINERS for c in text)
